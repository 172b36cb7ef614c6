import { isRecord, moves } from '@ortoo/shared/contracts';
import { AppError } from '@ortoo/shared/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendWritten } from '../http/answers.ts';
import { parseIfMatch } from '../http/entity-tag.ts';
import { aMovedDocument, answers } from '../openapi/answers.ts';
import { headersOf, idempotencyKey, idParameter, lang, optionalIfMatch, queryOf } from '../openapi/parameters.ts';
import { needsScope } from '../plugins/auth.plugin.ts';
import { type DocumentResource, refOf, viewOf } from './document-resource.ts';

/** POST of a move in the workflow; If-Match is honoured when it is given. */
export function registerMoves(app: FastifyInstance, resource: DocumentResource): void {
  const { plural, tag, component, scopes, calls } = resource;
  for (const move of moves) {
    const schema = {
      tags: [tag],
      operationId: `${move}${component}`,
      summary: `${move === 'publish' ? 'Publish' : 'Unpublish'} one of ${plural}`,
      security: [{ key: [scopes.publish] }],
      params: idParameter(resource.idText),
      querystring: queryOf({ lang }),
      headers: headersOf({ ...optionalIfMatch, ...idempotencyKey }),
      response: answers({ 200: aMovedDocument(component) }, [
        'UNAUTHENTICATED',
        'FORBIDDEN',
        'NOT_FOUND',
        'CONFLICT',
        'VERSION_MISMATCH',
        'UNPROCESSABLE',
      ]),
    };
    app.route({
      method: 'POST',
      url: `/v1/${plural}/:id/${move}`,
      schema,
      onRequest: needsScope(scopes.publish),
      preHandler: async (request) => {
        refuseBody(request);
        parseIfMatch(request.headers['if-match']);
        refOf(request, resource);
      },
      handler: async (request, reply) => {
        const v = parseIfMatch(request.headers['if-match']);
        const { requestKey } = request.effect;
        const written = await calls.move(request.context(), {
          id: refOf(request, resource),
          move,
          lang: request.lang,
          view: viewOf(request, resource), // a key that only publishes does not see private contacts
          ...(v === undefined ? {} : { v }),
          ...(requestKey === undefined ? {} : { requestKey }),
        });
        return sendWritten(request, reply, written);
      },
    });
  }
}

function refuseBody({ body }: FastifyRequest): void {
  if (body === undefined || (isRecord(body) && Object.keys(body).length === 0)) return;
  throw AppError.invalid('request.body-unexpected', {
    pointer: '',
    message: 'a move takes no body',
    expected: 'no body',
  });
}
