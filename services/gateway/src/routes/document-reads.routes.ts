import type { BytesReply, ListRequest, SortValues } from '@ortoo/shared/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendDocument, sendList } from '../http/answers.ts';
import { createFieldCheck } from '../http/fields.ts';
import { nextAddress, spliceList } from '../http/list-page.ts';
import { aDocument, aList, answers, moved, notModified } from '../openapi/answers.ts';
import {
  cursor,
  fields,
  headersOf,
  idParameter,
  ifNoneMatch,
  includeOf,
  LIMIT_DEFAULT,
  lang,
  limit,
  queryOf,
  sortOf,
  total,
  waitFor,
} from '../openapi/parameters.ts';
import { mayUse, requireScope } from '../plugins/auth.plugin.ts';
import { type DocumentResource, type DocumentTools, type ItemResource, refOf, viewOf } from './document-resource.ts';
import { embed, parseDocuments, requireAffordable } from './inclusions.ts';

/** Which part of documents a reader wants, and what beside them. */
type Shape = { fields?: string[]; include?: string[] };

/** What the owner picks; with something to embed the gateway picks, since what is embedded hangs on unpicked members. */
const pickedByOwner = ({ fields: names, include }: Shape) => (names && !include ? { fields: names } : {});

/** An owner's answer with what it names embedded; untouched when nothing is to be. */
async function withIncluded(
  request: FastifyRequest,
  { inclusions = {} }: ItemResource,
  { body, meta }: BytesReply,
): Promise<BytesReply> {
  const { fields: picked, include: names } = request.query as Shape;
  if (!names) return { body, meta };
  const isOne = meta.v !== undefined;
  const shown = await embed(request.context(), parseDocuments({ body, meta }), {
    inclusions,
    names,
    fields: picked,
    lang: request.lang,
    viewOf: (scope) => (mayUse(request, scope) ? 'staff' : 'public'),
  });
  return { body: JSON.stringify(isOne ? shown[0] : shown), meta };
}

/** GET of one document, by id or slug: the owner's bytes, passed on untouched unless something is to be embedded. */
export function registerItem(app: FastifyInstance, resource: ItemResource): void {
  const { plural, tag, idText, component, shapes, inclusions = {}, calls } = resource;
  const requireFields = createFieldCheck(shapes.view);
  const schema = {
    tags: [tag],
    operationId: `get${component}`,
    summary: `Read one of ${plural}`,
    security: [{}, { key: [] }],
    params: idParameter(idText),
    querystring: queryOf({ fields, ...includeOf(Object.keys(inclusions)), lang }),
    headers: headersOf(ifNoneMatch),
    response: answers({ 200: aDocument(component), 304: notModified, 308: moved }, ['UNAUTHENTICATED', 'NOT_FOUND']),
  };
  app.get(`/v1/${plural}/:id`, { schema }, async (request, reply) => {
    const shape = request.query as Shape;
    requireFields(shape.fields);
    const found = await calls.get(request.context(), {
      ref: refOf(request, resource),
      view: viewOf(request, resource),
      lang: request.lang,
      ...pickedByOwner(shape),
    });
    return found.meta.movedTo === undefined
      ? sendDocument(request, reply, await withIncluded(request, resource, found))
      : sendMoved(request, reply, plural, found.meta.movedTo);
  });
}

function sendMoved(request: FastifyRequest, reply: FastifyReply, plural: string, slug: string): FastifyReply {
  const query = request.url.indexOf('?');
  return reply
    .code(308)
    .header('location', `/v1/${plural}/${encodeURIComponent(slug)}${query < 0 ? '' : request.url.slice(query)}`)
    .send();
}

type ListQuery = Shape & {
  limit?: number;
  cursor?: string;
  total?: boolean;
  sort?: string[];
  lang?: string;
  waitFor?: string[];
  status?: string[];
  category?: string[];
};

/** GET of a list: filters, order, pages. The owner's bytes are spliced into the page, unread unless something is to be embedded. */
export function registerList(
  app: FastifyInstance,
  resource: DocumentResource,
  { cursors, categoryCodes }: DocumentTools,
): void {
  const { plural, tag, component, shapes, inclusions = {}, filter, sorts, calls } = resource;
  const requireFields = createFieldCheck(shapes.view);
  const shaping = { fields, ...includeOf(Object.keys(inclusions)) };
  const schema = {
    tags: [tag],
    operationId: `list${tag}`,
    summary: `List ${plural}`,
    description: 'Filters that repeat mean any of.',
    security: [{}, { key: [] }],
    querystring: queryOf({
      ...filter.properties,
      sort: sortOf(sorts),
      limit,
      cursor,
      total,
      ...shaping,
      waitFor,
      lang,
    }),
    headers: headersOf(ifNoneMatch),
    response: answers({ 200: aList(`${component}List`), 304: notModified }, ['UNAUTHENTICATED', 'FORBIDDEN']),
  };
  app.get(`/v1/${plural}`, { schema }, async (request, reply) => {
    const {
      limit: size = LIMIT_DEFAULT,
      cursor: from,
      total: isTotalWanted,
      sort,
      lang: _lang,
      waitFor: _known,
      fields: picked,
      include,
      ...filters
    } = request.query as ListQuery;
    requireFields(picked);
    if (include) requireAffordable(size, include);
    const view = viewOf(request, resource);
    if (view === 'public') refuseHidden(request, resource, filters.status);
    await categoryCodes.require(request.context(), filters.category);
    const scope = { route: `/v1/${plural}`, filters, sort, view };
    const page = await calls.list(request.context(), {
      filter: filters as never,
      limit: size,
      view,
      lang: request.lang,
      ...(sort ? { sort } : {}),
      ...(isTotalWanted ? { isTotalWanted } : {}),
      ...pickedByOwner({ ...(picked ? { fields: picked } : {}), ...(include ? { include } : {}) }),
      ...(from === undefined ? {} : { after: cursors.open(scope, from) as SortValues }),
    } satisfies ListRequest<never>);
    const next =
      page.meta.next === undefined ? null : nextAddress(request.url, cursors.seal(scope, JSON.parse(page.meta.next)));
    if (next) reply.header('link', `<${next}>; rel="next"`);
    return sendList(request, reply, spliceList(await withIncluded(request, resource, page), { next, limit: size }));
  });
}

/** The public sees what is published; to ask for more takes the scope that shows it. */
function refuseHidden(request: FastifyRequest, { scopes }: DocumentResource, statuses: string[] | undefined): void {
  if (statuses?.some((status) => status !== 'published')) requireScope(request, scopes.write);
}
