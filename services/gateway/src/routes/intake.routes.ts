import type { Bus } from '@ortoo/shared/bus';
import { type ExtractRequest, INTAKE_BYTES_MAX } from '@ortoo/shared/contracts';
import type { FastifyInstance } from 'fastify';
import { sendBytes, sendWritten, toBuffer } from '../http/answers.ts';
import { requireBody } from '../http/json-body.ts';
import { aCreatedDocument, answers, json } from '../openapi/answers.ts';
import { ref } from '../openapi/components.ts';
import { headersOf, idempotencyKey, lang, queryOf } from '../openapi/parameters.ts';
import { needsScope } from '../plugins/auth.plugin.ts';

const CODES = ['UNAUTHENTICATED', 'FORBIDDEN', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'UNPROCESSABLE'] as const;

/** `/v1/articles/extract` and `/ingest`: raw text or HTML of a page in, what it says out. */
export function intakeRoutes(app: FastifyInstance, bus: Pick<Bus, 'callBytes'>): void {
  const common = {
    bodyLimit: INTAKE_BYTES_MAX,
    onRequest: needsScope('news:write'),
    preValidation: requireBody,
  };
  const described = { tags: ['Articles'], security: [{ key: ['news:write'] }], body: ref('ExtractRequest') };
  app.route({
    ...common,
    method: 'POST',
    url: '/v1/articles/extract',
    config: { isRead: true },
    schema: {
      ...described,
      operationId: 'extractArticle',
      summary: 'Read a raw page and store nothing',
      querystring: queryOf({}),
      response: answers({ 200: json('Extraction', 'What the page says.') }, [...CODES]),
    },
    handler: async (request, reply) => {
      const found = await bus.callBytes(request.context(), 'rpc.news.article.extract', request.body as ExtractRequest);
      return sendBytes(reply, toBuffer(found.body));
    },
  });
  app.route({
    ...common,
    method: 'POST',
    url: '/v1/articles/ingest',
    config: { idPrefix: 'article' },
    schema: {
      ...described,
      operationId: 'ingestArticle',
      summary: 'Read a raw page and store it as a draft',
      querystring: queryOf({ lang }),
      headers: headersOf(idempotencyKey),
      response: answers({ 201: aCreatedDocument('IngestedArticle') }, [...CODES, 'CONFLICT']),
    },
    handler: async (request, reply) => {
      const made = await bus.callBytes(request.context(), 'rpc.news.article.ingest', {
        ...request.effect,
        input: request.body as ExtractRequest,
        lang: request.lang,
      });
      reply.code(201).header('location', `/v1/articles/${made.meta.id}`);
      return sendWritten(request, reply, made);
    },
  });
}
