import type { FastifyInstance } from 'fastify';
import { chooseMediaType, JSON_MEDIA_TYPE } from '../http/media-types.ts';
import { addVary } from '../http/vary.ts';

const CACHING = 'public, max-age=3600';

/** `/`: who types the bare address is led to the pages of the API; a program that asks for JSON is told where things are. */
export function rootRoutes(app: FastifyInstance, { version }: { version: string }): void {
  const links = {
    docs: '/docs',
    openapi: '/openapi.json',
    problems: '/problems',
    health: '/health',
    search: '/v1/search',
    categories: '/v1/categories',
    companies: '/v1/companies',
    offerings: '/v1/offerings',
    articles: '/v1/articles',
    events: '/v1/events',
  };
  app.get('/', { schema }, async (request, reply) => {
    addVary(reply, 'Accept');
    reply.header('cache-control', CACHING);
    const chosen = chooseMediaType(request.headers.accept, ['text/html', JSON_MEDIA_TYPE]);
    if (chosen === JSON_MEDIA_TYPE) return { name: 'Ortoo', version, links };
    return reply.code(302).header('location', links.docs).send();
  });
}

const schema = {
  tags: ['Description'],
  operationId: 'getRoot',
  summary: 'Where things are',
  response: {
    200: {
      description: 'Where things are, when Accept prefers JSON to HTML.',
      content: { [JSON_MEDIA_TYPE]: { schema: { type: 'object' } } },
    },
    302: {
      type: 'null',
      description: 'The pages that describe the API.',
      headers: { Location: { type: 'string', description: '`/docs`.' } },
    },
  },
};
