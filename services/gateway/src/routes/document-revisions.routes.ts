import { type BytesReply, diffDocuments, escapePointer, nearestName } from '@ortoo/shared/contracts';
import { AppError } from '@ortoo/shared/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendDocument, sendList, sendWritten } from '../http/answers.ts';
import { requireIfMatch } from '../http/entity-tag.ts';
import { requireBody } from '../http/json-body.ts';
import { sendPage } from '../http/list-page.ts';
import { aList, aMovedDocument, answers, documentHeaders, notModified } from '../openapi/answers.ts';
import { ref } from '../openapi/components.ts';
import {
  cursor,
  headersOf,
  idempotencyKey,
  idParameter,
  ifMatch,
  ifNoneMatch,
  LIMIT_DEFAULT,
  lang,
  limit,
  queryOf,
} from '../openapi/parameters.ts';
import { against, revisionFilters, versionParameters } from '../openapi/revisions.ts';
import { needsScope } from '../plugins/auth.plugin.ts';
import { type DocumentTools, type ItemResource, refOf } from './document-resource.ts';
import { parseDocuments } from './inclusions.ts';

type Tools = Pick<DocumentTools, 'cursors'>;

/** The past of a document: its versions, each as it was, what lies between two, and the way back to one. */
export function registerRevisions(app: FastifyInstance, resource: ItemResource, tools: Tools): void {
  registerRevisionList(app, resource, tools);
  registerRevision(app, resource);
  registerRestore(app, resource);
}

type ListQuery = { limit?: number; cursor?: string; field?: string[]; actor?: string[] };

function registerRevisionList(app: FastifyInstance, resource: ItemResource, { cursors }: Tools): void {
  const { plural, tag, component, scopes, idText, one, calls } = resource;
  const readPointers = createPointerReader(resource);
  const route = `/v1/${plural}/:id/revisions`;
  const schema = {
    tags: [tag],
    operationId: `list${component}Revisions`,
    summary: `List the versions of ${one}`,
    description:
      'What was done at each version, by whom, when and to which members; the newest first. The newest 1,000 are kept. ' +
      'A deleted document is named by its id, as long as its tombstone stays (30 days).',
    security: [{ key: [scopes.write] }],
    params: idParameter(idText),
    querystring: queryOf({ ...revisionFilters, limit, cursor }),
    headers: headersOf(ifNoneMatch),
    response: answers({ 200: aList('RevisionList'), 304: notModified }, ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND']),
  };
  app.get(route, { schema, onRequest: needsScope(scopes.write) }, async (request, reply) => {
    const { limit: size = LIMIT_DEFAULT, cursor: from, field, actor: actors } = request.query as ListQuery;
    const named = { ref: refOf(request, resource), ...readPointers(field), ...(actors ? { actors } : {}) };
    const scope = { route, ...named };
    const page = await calls.revisions(request.context(), {
      ...named,
      limit: size,
      ...(from === undefined ? {} : { before: cursors.open(scope, from) as number }),
    });
    return sendPage(request, reply, page, { cursors, scope, limit: size });
  });
}

/** The document as it was, or with `against` what leads there from another version. */
function registerRevision(app: FastifyInstance, resource: ItemResource): void {
  const { plural, tag, component, scopes, idText, one, calls } = resource;
  const aDocumentOrDiff = {
    description: 'The document as it was, or with `against` what has changed.',
    headers: documentHeaders,
    content: { 'application/json': { schema: { anyOf: [ref(component), ref('RevisionDiff')] } } },
  };
  const schema = {
    tags: [tag],
    operationId: `get${component}Revision`,
    summary: `Read ${one} as it was`,
    description:
      'The whole document as it was at version `v`. With `against` instead what leads to it from that version, place by ' +
      'place, as deep as can be told: the rows, done in their order, make one document out of the other but for `v` and ' +
      '`display`.',
    security: [{ key: [scopes.write] }],
    params: versionParameters(idText),
    querystring: queryOf({ against, lang }),
    headers: headersOf(ifNoneMatch),
    response: answers({ 200: aDocumentOrDiff, 304: notModified }, [
      'UNAUTHENTICATED',
      'FORBIDDEN',
      'NOT_FOUND',
      'GONE',
    ]),
  };
  const url = `/v1/${plural}/:id/revisions/:v`;
  app.get(url, { schema, onRequest: needsScope(scopes.write) }, async (request, reply) => {
    const { against: from } = request.query as { against?: number };
    const to = versionOf(request);
    const read = (v: number) =>
      calls.revision(request.context(), { ref: refOf(request, resource), v, lang: request.lang });
    if (from === undefined) return sendDocument(request, reply, await read(to));
    const [before, after] = await Promise.all([read(from), read(to)]);
    const diff = diffDocuments(comparable(before), comparable(after));
    return sendList(request, reply, Buffer.from(JSON.stringify({ from, to, diff })));
  });
}

/** POST of the version that shall be again, on top of the one that If-Match names. */
function registerRestore(app: FastifyInstance, resource: ItemResource): void {
  const { plural, tag, component, scopes, idText, one, calls } = resource;
  const schema = {
    tags: [tag],
    operationId: `restore${component}`,
    summary: `Restore an earlier version of ${one}`,
    description:
      'Makes a new version with all that callers had set at version `v`, by the rules of today: a category that is gone ' +
      'since is a 400, a number that another document has since a 409. Status and publication stay as they are now. A ' +
      'slug follows the name again unless it is set by hand; one that was set by hand at `v` comes back, and the present ' +
      'one redirects. Restoring what is there already makes no version.',
    security: [{ key: [scopes.write] }],
    params: idParameter(idText),
    querystring: queryOf({ lang }),
    headers: headersOf({ ...ifMatch, ...idempotencyKey }),
    body: ref('Restoration'),
    response: answers({ 200: aMovedDocument(component) }, [
      'UNAUTHENTICATED',
      'FORBIDDEN',
      'NOT_FOUND',
      'CONFLICT',
      'GONE',
      'VERSION_MISMATCH',
      'PAYLOAD_TOO_LARGE',
      'UNSUPPORTED_MEDIA_TYPE',
      'UNPROCESSABLE',
      'PRECONDITION_REQUIRED',
    ]),
  };
  app.route({
    method: 'POST',
    url: `/v1/${plural}/:id/restore`,
    schema,
    onRequest: needsScope(scopes.write),
    preValidation: requireBody,
    preHandler: async (request) => {
      requireIfMatch(request.headers['if-match']);
      refOf(request, resource);
    },
    handler: async (request, reply) => {
      const { v: revision } = request.body as { v: number };
      const { requestKey } = request.effect;
      const restored = await calls.restore(request.context(), {
        id: refOf(request, resource),
        v: requireIfMatch(request.headers['if-match']),
        revision,
        lang: request.lang,
        ...(requestKey === undefined ? {} : { requestKey }),
      });
      return sendWritten(request, reply, restored);
    },
  });
}

/** The version in the path. Throws NOT_FOUND for what can be none. */
function versionOf(request: FastifyRequest): number {
  const { v } = request.params as { v: string };
  if (/^[1-9]\d{0,14}$/.test(v)) return Number(v);
  throw AppError.notFound('revision.not-found', 'There is no such version.');
}

/** What a document says, without what tells the version and the language of the reader. */
function comparable(reply: BytesReply): object {
  const [{ v: _v, display: _display, ...said } = {}] = parseDocuments(reply);
  return said;
}

/** RFC 6901, but for the whole document. */
const POINTER = /^(?:\/(?:[^~/]|~[01])*)+$/;

/** Makes the reader of `field=`. Throws VALIDATION_FAILED for a member that the kind has not, with the nearest it has. */
function createPointerReader({ shapes }: ItemResource) {
  const known = Object.keys(shapes.view.properties);
  return (names: string[] | undefined): { fields?: string[] } => {
    if (names === undefined) return {};
    const fields = names.map((name) =>
      name.startsWith('/') ? name : `/${name.split('.').map(escapePointer).join('/')}`,
    );
    const faults = fields.flatMap((pointer, place) => {
      const member = pointer.split('/')[1] ?? '';
      if (known.includes(member) && POINTER.test(pointer)) return [];
      const nearest = nearestName(member, known);
      const message = `is not a known member${nearest ? `; did you mean ${nearest}?` : ''}`;
      return [{ pointer: `/field/${place}`, message, expected: 'a JSON pointer or the name of a member' }];
    });
    if (faults.length > 0) throw AppError.invalid('request.parameter-invalid', faults);
    return { fields };
  };
}
