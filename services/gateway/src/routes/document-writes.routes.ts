import { dropReadOnly, isRecord } from '@ortoo/shared/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendWritten } from '../http/answers.ts';
import { requireIfMatch } from '../http/entity-tag.ts';
import { missingBody } from '../http/json-body.ts';
import { aCreatedDocument, answers, aWrittenDocument, deleted } from '../openapi/answers.ts';
import { ref } from '../openapi/components.ts';
import { headersOf, idempotencyKey, idParameter, ifMatch, lang, queryOf } from '../openapi/parameters.ts';
import { needsScope, requireScope } from '../plugins/auth.plugin.ts';
import { type DocumentResource, refOf } from './document-resource.ts';

type Body = Record<string, unknown>;

const WRITE_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'CONFLICT',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
] as const;
const CHANGE_CODES = [...WRITE_CODES, 'NOT_FOUND', 'VERSION_MISMATCH', 'PRECONDITION_REQUIRED'] as const;

/** POST of a new document. A status above draft takes the publish scope. */
export function registerCreate(app: FastifyInstance, resource: DocumentResource): void {
  const { kind, plural, tag, components, scopes, calls } = resource;
  const { create } = calls;
  if (!create || !components.input) return;
  const schema = {
    tags: [tag],
    operationId: `create${components.view}`,
    summary: `Create one of ${plural}`,
    security: [{ key: [scopes.write] }],
    querystring: queryOf({ lang }),
    headers: headersOf(idempotencyKey),
    body: ref(components.input),
    response: answers({ 201: aCreatedDocument(components.view) }, [...WRITE_CODES, 'UNPROCESSABLE']),
  };
  app.route({
    method: 'POST',
    url: `/v1/${plural}`,
    schema,
    config: { idPrefix: kind },
    onRequest: needsScope(scopes.write),
    preValidation: readBody(resource),
    preHandler: async (request) => {
      const { status } = request.body as Body;
      if (status !== undefined && status !== 'draft') requireScope(request, scopes.publish);
    },
    handler: async (request, reply) => {
      const input = request.body as never;
      const created = await create(request.context(), { ...request.effect, input, lang: request.lang });
      reply.code(201).header('location', `/v1/${plural}/${created.meta.id}`);
      return sendWritten(request, reply, created);
    },
  });
}

/** PUT and PATCH of the version that If-Match names. */
export function registerChanges(app: FastifyInstance, resource: DocumentResource): void {
  const { plural, tag, components, scopes, calls } = resource;
  const shared = {
    tags: [tag],
    security: [{ key: [scopes.write] }],
    params: idParameter(resource.idText),
    querystring: queryOf({ lang }),
    headers: headersOf(ifMatch),
    response: answers({ 200: aWrittenDocument(components.view) }, [...CHANGE_CODES]),
  };
  const ways = [
    {
      method: 'PUT',
      mode: 'replace',
      call: calls.replace,
      body: components.replacement,
      more: { operationId: `replace${components.view}`, summary: `Replace one of ${plural}` },
    },
    {
      method: 'PATCH',
      mode: 'merge',
      call: calls.merge,
      body: components.patch,
      more: {
        operationId: `change${components.view}`,
        summary: `Change one of ${plural}`,
        consumes: ['application/merge-patch+json', 'application/json'],
      },
    },
  ] as const;
  for (const { method, mode, call, body, more } of ways) {
    if (!call || !body) continue;
    app.route({
      method,
      url: `/v1/${plural}/:id`,
      schema: { ...shared, ...more, body: ref(body) },
      onRequest: needsScope(scopes.write),
      preValidation: readBody(resource),
      handler: async (request, reply) => {
        const v = requireIfMatch(request.headers['if-match']);
        const id = refOf(request, resource);
        return sendWritten(
          request,
          reply,
          await call(request.context(), { id, v, mode, body: request.body as Body, lang: request.lang }),
        );
      },
    });
  }
}

/** DELETE of the version that If-Match names. */
export function registerRemove(app: FastifyInstance, resource: DocumentResource): void {
  const { plural, tag, components, scopes, calls } = resource;
  const { remove } = calls;
  if (!remove) return;
  const schema = {
    tags: [tag],
    operationId: `delete${components.view}`,
    summary: `Delete one of ${plural}`,
    security: [{ key: [scopes.write] }],
    params: idParameter(resource.idText),
    querystring: queryOf({}),
    headers: headersOf(ifMatch),
    response: answers({ 204: deleted }, [...CHANGE_CODES]),
  };
  app.delete(`/v1/${plural}/:id`, { schema, onRequest: needsScope(scopes.write) }, async (request, reply) => {
    const v = requireIfMatch(request.headers['if-match']);
    const removed = await remove(request.context(), { id: refOf(request, resource), v });
    return reply
      .code(204)
      .removeHeader('content-language')
      .header('ortoo-version', `${removed.id}:${removed.v}`)
      .send();
  });
}

/** Members that only the server sets are passed over before the body is checked, so that what was read can be sent. */
function readBody({ shapes }: DocumentResource) {
  return async (request: FastifyRequest): Promise<void> => {
    if (request.body === undefined) throw missingBody();
    if (!isRecord(request.body)) return;
    const { included: _included, ...body } = dropReadOnly(request.body, shapes);
    request.body = body;
  };
}
