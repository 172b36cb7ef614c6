import { dropReadOnly, isRecord } from '@ortoo/shared/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendWritten } from '../http/answers.ts';
import { requireIfMatch } from '../http/entity-tag.ts';
import { requireBody } from '../http/json-body.ts';
import { aCreatedDocument, answers, aWrittenDocument, deleted } from '../openapi/answers.ts';
import { ref } from '../openapi/components.ts';
import { headersOf, idempotencyKey, idParameter, ifMatch, lang, queryOf } from '../openapi/parameters.ts';
import { needsScope, requireScope } from '../plugins/auth.plugin.ts';
import { type Creatable, type ItemResource, type Removable, refOf } from './document-resource.ts';

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
export function registerCreate(app: FastifyInstance, resource: Creatable): void {
  const { kind, plural, tag, one, component, scopes, calls } = resource;
  const schema = {
    tags: [tag],
    operationId: `create${component}`,
    summary: `Create ${one}`,
    security: [{ key: [scopes.write] }],
    querystring: queryOf({ lang }),
    headers: headersOf(idempotencyKey),
    body: ref(`${component}Input`),
    response: answers({ 201: aCreatedDocument(component) }, [...WRITE_CODES, 'UNPROCESSABLE']),
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
      const created = await calls.create(request.context(), { ...request.effect, input, lang: request.lang });
      reply.code(201).header('location', `/v1/${plural}/${created.meta.id}`);
      return sendWritten(request, reply, created);
    },
  });
}

/** PUT of the version that If-Match names. */
export function registerReplace(app: FastifyInstance, resource: ItemResource): void {
  const { one, component } = resource;
  registerChange(app, resource, {
    method: 'PUT',
    mode: 'replace',
    body: `${component}Replacement`,
    words: { operationId: `replace${component}`, summary: `Replace ${one}` },
  });
}

/** PATCH of the version that If-Match names. */
export function registerPatch(app: FastifyInstance, resource: ItemResource): void {
  const { one, component } = resource;
  registerChange(app, resource, {
    method: 'PATCH',
    mode: 'merge',
    body: `${component}Patch`,
    words: {
      operationId: `change${component}`,
      summary: `Change ${one}`,
      consumes: ['application/merge-patch+json', 'application/json'],
    },
  });
}

type Way = { method: 'PUT' | 'PATCH'; mode: 'replace' | 'merge'; body: string; words: object };

function registerChange(app: FastifyInstance, resource: ItemResource, { method, mode, body, words }: Way): void {
  const { plural, tag, component, scopes, calls } = resource;
  const schema = {
    tags: [tag],
    security: [{ key: [scopes.write] }],
    params: idParameter(resource.idText),
    querystring: queryOf({ lang }),
    headers: headersOf(ifMatch),
    response: answers({ 200: aWrittenDocument(component) }, [...CHANGE_CODES]),
    ...words,
    body: ref(body),
  };
  app.route({
    method,
    url: `/v1/${plural}/:id`,
    schema,
    onRequest: needsScope(scopes.write),
    preValidation: readBody(resource),
    handler: async (request, reply) => {
      const v = requireIfMatch(request.headers['if-match']);
      const id = refOf(request, resource);
      const edit = { mode, body: request.body as Body, lang: request.lang };
      return sendWritten(request, reply, await calls.change(request.context(), { id, v, ...edit }));
    },
  });
}

/** DELETE of the version that If-Match names. */
export function registerRemove(app: FastifyInstance, resource: Removable): void {
  const { plural, tag, one, component, scopes, calls } = resource;
  const schema = {
    tags: [tag],
    operationId: `delete${component}`,
    summary: `Delete ${one}`,
    security: [{ key: [scopes.write] }],
    params: idParameter(resource.idText),
    querystring: queryOf({}),
    headers: headersOf(ifMatch),
    response: answers({ 204: deleted }, [...CHANGE_CODES]),
  };
  app.delete(`/v1/${plural}/:id`, { schema, onRequest: needsScope(scopes.write) }, async (request, reply) => {
    const v = requireIfMatch(request.headers['if-match']);
    const removed = await calls.remove(request.context(), { id: refOf(request, resource), v });
    return reply
      .code(204)
      .removeHeader('content-language')
      .header('ortoo-version', `${removed.id}:${removed.v}`)
      .send();
  });
}

/** Members that only the server sets are passed over before the body is checked, so that what was read can be sent. */
export function readBody({ shapes }: Pick<ItemResource, 'shapes'>) {
  return async (request: FastifyRequest): Promise<void> => {
    await requireBody(request);
    if (!isRecord(request.body)) return;
    const { included: _included, ...body } = dropReadOnly(request.body, shapes);
    request.body = body;
  };
}
