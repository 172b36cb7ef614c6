import type { Bus } from '@ortoo/shared/bus';
import type { FastifyInstance } from 'fastify';
import { answers, json } from '../openapi/answers.ts';
import { idParameter, lang, queryOf } from '../openapi/parameters.ts';
import { needsScope } from '../plugins/auth.plugin.ts';
import { type DocumentResource, refOf } from './document-resource.ts';

/** GET of the companies that may be the same as one, for editors. */
export function registerDuplicates(app: FastifyInstance, bus: Pick<Bus, 'call'>, resource: DocumentResource): void {
  const { plural, tag, idText, scopes } = resource;
  const schema = {
    tags: [tag],
    operationId: 'listPossibleDuplicates',
    summary: 'List the companies that may be the same as one',
    description:
      'By name in any spelling, phone, and website; the surest first, at most five. Copies that were merged are left out.',
    security: [{ key: [scopes.write] }],
    params: idParameter(idText),
    querystring: queryOf({ lang }),
    response: answers({ 200: json('PossibleDuplicates', 'The companies.') }, [
      'UNAUTHENTICATED',
      'FORBIDDEN',
      'NOT_FOUND',
    ]),
  };
  app.get(`/v1/${plural}/:id/duplicates`, { schema, onRequest: needsScope(scopes.write) }, async (request) =>
    bus.call(request.context(), 'rpc.catalog.company.duplicates', {
      ref: refOf(request, resource),
      lang: request.lang,
    }),
  );
}
