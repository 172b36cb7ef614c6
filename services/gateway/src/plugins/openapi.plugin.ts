import { hash } from 'node:crypto';
import swagger from '@fastify/swagger';
import scalar from '@scalar/fastify-api-reference';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { sendList } from '../http/answers.ts';
import { components } from '../openapi/components.ts';

const tagTexts = {
  Categories: 'The 26 categories of the portal, in its order.',
  Companies: 'The directory of companies.',
  Offerings: 'Products and services that companies offer.',
  Articles: 'Industry news.',
  Feeds: 'What is new, for readers of RSS, Atom and JSON Feed, and where everything is, for crawlers.',
  Events: 'What takes place when, with every date of a series.',
  Inquiries: 'What somebody asks of a company or about an article or event; sent by anybody, read by staff.',
  'Source feeds': 'Feeds of others that the desk reads; their items become drafts.',
  Imports: 'Many documents at once, from a file; with a report of each row, and a way back.',
  Search: 'Everything that can be found, over all kinds.',
  Pipeline: 'How far every change is, and what an operator may have done about it.',
  Health: 'Whether the gateway and what it needs are well.',
  Problems: 'What each error means and what to do.',
  Description: 'This API in its own words.',
};

/**
 * The OpenAPI document, made from the schemas that check requests, at `/openapi.json`, and its pages at `/docs`: all
 * served from here, nothing is fetched from elsewhere.
 */
export const openapiPlugin = fp(
  async (app: FastifyInstance, { version }: { version: string }) => {
    for (const schema of Object.values(components)) app.addSchema(schema);
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Ortoo',
          version,
          description:
            'Companies, industry news and their categories of a Mongolian business portal: read, write and search.',
          license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
        },
        servers: [{ url: '/' }],
        components: {
          securitySchemes: {
            key: {
              type: 'http',
              scheme: 'bearer',
              bearerFormat: 'ok_live_<id>_<secret>_<crc>',
              description: 'A key of ours.',
            },
          },
        },
        security: [{}],
        tags: Object.entries(tagTexts).map(([name, description]) => ({ name, description })),
      },
      convertConstToEnum: false,
      refResolver: {
        buildLocalReference: ({ $id }, _baseUri, _fragment, i) => (typeof $id === 'string' ? $id : `schema-${i}`),
      },
    });
    registerDocument(app);
    await app.register(docs);
  },
  { name: 'openapi' },
);

/** The script changes with the gateway's version only, and weighs megabytes. */
const SCRIPT_CACHING = 'public, max-age=3600';

function registerDocument(app: FastifyInstance): void {
  let bytes: Buffer | undefined;
  const schema = {
    tags: ['Description'],
    operationId: 'getOpenApi',
    summary: 'This document',
    response: { 200: { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: { type: 'object' } } } } },
  };
  app.get('/openapi.json', { schema }, async (request, reply) => {
    bytes ??= Buffer.from(JSON.stringify(app.swagger()));
    reply.header('cache-control', 'public, max-age=0, must-revalidate');
    return sendList(request, reply, bytes);
  });
}

/** The pages run one script of ours and one line that starts it; the policy names that line by its hash. */
async function docs(app: FastifyInstance): Promise<void> {
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.url.endsWith('.js')) reply.header('cache-control', SCRIPT_CACHING);
    if (typeof payload === 'string' && payload.startsWith('<!doctype html>'))
      reply.header('content-security-policy', policyOf(payload));
    return payload;
  });
  await app.register(scalar, {
    routePrefix: '/docs',
    configuration: {
      url: '/openapi.json',
      pageTitle: 'Ortoo API',
      withDefaultFonts: false,
      telemetry: false,
      hideClientButton: true,
    },
  });
}

function policyOf(page: string): string {
  const inline = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, script = '']) => `'sha256-${hash('sha256', script, 'base64')}'`,
  );
  return [
    "default-src 'none'",
    `script-src 'self' ${inline.join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
