import type { Bus } from '@ortoo/shared/bus';
import type { CompanyMerge } from '@ortoo/shared/contracts';
import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import { sendWritten } from '../http/answers.ts';
import { parseIfMatch } from '../http/entity-tag.ts';
import { requireBody } from '../http/json-body.ts';
import { aMovedDocument, answers } from '../openapi/answers.ts';
import { ref } from '../openapi/components.ts';
import { headersOf, idempotencyKey, idParameter, lang, optionalIfMatch, queryOf } from '../openapi/parameters.ts';
import { needsScope } from '../plugins/auth.plugin.ts';
import { MOVE_CODES } from './document-moves.routes.ts';
import { type DocumentResource, refOf, viewOf } from './document-resource.ts';

/** POST of a merge: the copy is archived, and reads of it are led to the company that stays. */
export function registerMerge(app: FastifyInstance, bus: Pick<Bus, 'callBytes'>, resource: DocumentResource): void {
  const { plural, tag, component, idText, scopes } = resource;
  const schema = {
    tags: [tag],
    operationId: `merge${component}`,
    summary: 'Merge a copy of a company into the company',
    description:
      'The copy is archived with `mergedInto`; its GET answers 308 to the company that stays, its slugs and ids in other ' +
      'systems lead there, and its offerings become offerings of that one. `unarchive` takes the merge of the company back; its ' +
      'offerings stay where they went, until an editor gives each its company again.',
    security: [{ key: [scopes.publish] }],
    params: idParameter(idText),
    querystring: queryOf({ lang }),
    headers: headersOf({ ...optionalIfMatch, ...idempotencyKey }),
    body: ref('CompanyMerge'),
    response: answers({ 200: aMovedDocument(component) }, [
      ...MOVE_CODES,
      'PAYLOAD_TOO_LARGE',
      'UNSUPPORTED_MEDIA_TYPE',
    ]),
  };
  app.route({
    method: 'POST',
    url: `/v1/${plural}/:id/merge`,
    schema,
    onRequest: needsScope(scopes.publish),
    preValidation: requireBody,
    preHandler: async (request) => {
      parseIfMatch(request.headers['if-match']);
      refOf(request, resource);
    },
    handler: async (request, reply) => {
      const v = parseIfMatch(request.headers['if-match']);
      const { requestKey } = request.effect;
      const merged = await bus.callBytes(request.context(), 'rpc.catalog.company.merge', {
        id: refOf(request, resource),
        ...(request.body as Static<typeof CompanyMerge>),
        lang: request.lang,
        view: viewOf(request, resource), // a key that only publishes does not see private contacts
        ...(v === undefined ? {} : { v }),
        ...(requestKey === undefined ? {} : { requestKey }),
      });
      return sendWritten(request, reply, merged);
    },
  });
}
