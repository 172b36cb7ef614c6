import { AppError } from '@ortoo/shared/kernel';
import type { FastifyInstance } from 'fastify';
import { noStore } from '../http/answers.ts';
import { requireBody } from '../http/json-body.ts';
import { answers } from '../openapi/answers.ts';
import { ref } from '../openapi/components.ts';
import { headersOf, idempotencyKey, queryOf } from '../openapi/parameters.ts';
import type { Click } from '../query-log/query-log.rules.ts';
import type { QueryLog } from '../query-log/query-log.worker.ts';

/** `/v1/search/clicks`: what was opened of what a search found, from anybody; for the query log alone. */
export function searchClickRoutes(app: FastifyInstance, queryLog: Pick<QueryLog, 'click'> | undefined): void {
  const schema = {
    tags: ['Search'],
    operationId: 'noteSearchClick',
    summary: 'Tell what was opened',
    description:
      'Where a query log is kept, searches answer a `queryId`; a click names it. Nothing is kept of who clicks, and a ' +
      'document counts once a search.',
    security: [{}, { key: [] }],
    querystring: queryOf({}),
    headers: headersOf(idempotencyKey),
    body: ref('SearchClick'),
    response: answers({ 204: { type: 'null', description: 'It is noted.' } }, [
      'UNAUTHENTICATED',
      'NOT_FOUND',
      'CONFLICT',
      'PAYLOAD_TOO_LARGE',
      'UNSUPPORTED_MEDIA_TYPE',
      'UNPROCESSABLE',
    ]),
  };
  app.post('/v1/search/clicks', { schema, preValidation: requireBody }, async (request, reply) => {
    if (!queryLog) throw AppError.notFound('query-log.off', 'No query log is kept here.');
    await queryLog.click(request.body as Click);
    return noStore(reply).code(204).send();
  });
}
