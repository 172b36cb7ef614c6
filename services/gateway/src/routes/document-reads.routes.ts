import type { BytesReply, ListRequest, SortValues } from '@ortoo/shared/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { TProperties } from 'typebox';
import type { Format } from '../formats/format.ts';
import { sendDocument } from '../http/answers.ts';
import { createFieldCheck } from '../http/fields.ts';
import { sendPage } from '../http/list-page.ts';
import { aDocument, aList, alsoAs, answers, moved, notModified } from '../openapi/answers.ts';
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
import { configOf, formatOf, typeOf, viewIn } from './document-formats.ts';
import { type DocumentResource, type DocumentTools, type ItemResource, refOf, viewOf } from './document-resource.ts';
import { embed, parseDocuments, requireAffordable } from './inclusions.ts';

/** Which part of documents a reader wants, and what beside them. */
type Shape = { fields?: string[]; include?: string[] };

/** What the owner picks: beside what was asked for, whole, the members that name what is to be embedded. */
function pickedByOwner(
  { fields: names, include = [] }: Shape,
  { inclusions = {} }: ItemResource,
): { fields?: string[] } {
  if (!names) return {};
  if (include.length === 0) return { fields: names };
  const naming = include.flatMap((name) => inclusions[name]?.member ?? []);
  return { fields: [...new Set([...names.map((name) => name.split('.')[0] ?? name), ...naming])] };
}

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

/** An owner's answer in the format that the caller asked for; that of JSON with what it is to embed. */
async function inFormat(
  request: FastifyRequest,
  reply: FastifyReply,
  { resource, format, found }: { resource: ItemResource; format: Format | undefined; found: BytesReply },
): Promise<BytesReply> {
  if (!format) return withIncluded(request, resource, found);
  reply.type(typeOf(format));
  const [document = {}] = parseDocuments(found);
  return { body: format.item(document, request.origin()), meta: found.meta };
}

/** GET of one document, by id or slug: the owner's bytes, passed on untouched unless they are to be changed. */
export function registerItem(app: FastifyInstance, resource: ItemResource): void {
  const { plural, tag, idText, one, component, shapes, inclusions = {}, formats, calls } = resource;
  const requireFields = createFieldCheck(shapes.view);
  const schema = {
    tags: [tag],
    operationId: `get${component}`,
    summary: `Read ${one}`,
    security: [{}, { key: [] }],
    params: idParameter(idText),
    querystring: queryOf({ fields, ...includeOf(Object.keys(inclusions)), lang }),
    headers: headersOf(ifNoneMatch),
    response: answers(
      {
        200: alsoAs(aDocument(component), formats),
        304: notModified,
        308: moved,
      },
      ['UNAUTHENTICATED', 'NOT_FOUND'],
    ),
  };
  app.get(`/v1/${plural}/:id`, { schema, ...configOf(resource) }, async (request, reply) => {
    const shape = request.query as Shape;
    requireFields(shape.fields);
    const format = formatOf(request, resource);
    const found = await calls.get(request.context(), {
      ref: refOf(request, resource),
      view: viewIn(request, resource, format),
      lang: request.lang,
      ...pickedByOwner(shape, resource),
    });
    return found.meta.movedTo === undefined
      ? sendDocument(request, reply, await inFormat(request, reply, { resource, format, found }))
      : sendMoved(request, reply, { plural, slug: found.meta.movedTo });
  });
}

/** `below` is what follows the slug in the path, e.g. `/offerings`. */
function sendMoved(
  request: FastifyRequest,
  reply: FastifyReply,
  { plural, slug, below = '' }: { plural: string; slug: string; below?: string },
): FastifyReply {
  const query = request.url.indexOf('?');
  const rest = query < 0 ? '' : request.url.slice(query);
  return reply
    .code(308)
    .header('location', `/v1/${plural}/${encodeURIComponent(slug)}${below}${rest}`)
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

/** GET of a list: filters, order, pages. */
export function registerList(app: FastifyInstance, resource: DocumentResource, tools: DocumentTools): void {
  const { plural, tag, filter } = resource;
  const url = `/v1/${plural}`;
  const schema = {
    operationId: `list${tag}`,
    summary: `List ${plural}`,
    ...describeList(resource, filter.properties),
    response: answers({ 200: aListOf(resource), 304: notModified }, ['UNAUTHENTICATED', 'FORBIDDEN']),
  };
  const send = createListSender(resource, tools);
  app.get(url, { schema, ...configOf(resource) }, (request, reply) => send(request, reply, { route: url, within: {} }));
}

/** The document that a list is about, and the filter by which the list names it. */
type About = {
  about: Pick<ItemResource, 'kind' | 'plural' | 'idText' | 'one' | 'scopes'> & {
    calls: Pick<ItemResource['calls'], 'get'>;
  };
  member: string;
};

/** GET of what belongs to one document, by its id or slug: the list by one filter more. 404 where it may not be seen. */
export function registerListAbout(
  app: FastifyInstance,
  resource: DocumentResource,
  tools: DocumentTools,
  { about, member }: About,
): void {
  const { plural, tag, filter } = resource;
  const { [member]: _given, ...others } = filter.properties;
  const schema = {
    operationId: `list${tag}Of${about.kind[0]?.toUpperCase()}${about.kind.slice(1)}`,
    summary: `List ${plural} of ${about.one}`,
    params: idParameter(about.idText),
    ...describeList(resource, others),
    response: answers({ 200: aListOf(resource), 304: notModified, 308: moved }, [
      'UNAUTHENTICATED',
      'FORBIDDEN',
      'NOT_FOUND',
    ]),
  };
  const send = createListSender(resource, tools);
  app.get(`/v1/${about.plural}/:id/${plural}`, { schema, ...configOf(resource) }, async (request, reply) => {
    const { meta } = await about.calls.get(request.context(), {
      ref: refOf(request, about),
      view: viewOf(request, about),
      lang: request.lang,
      fields: ['id'],
    });
    if (meta.movedTo !== undefined)
      return sendMoved(request, reply, { plural: about.plural, slug: meta.movedTo, below: `/${plural}` });
    const within = { [member]: [meta.id] };
    return send(request, reply, { route: `/v1/${about.plural}/{id}/${plural}`, within });
  });
}

const aListOf = ({ component, formats }: DocumentResource) => alsoAs(aList(`${component}List`), formats);

/** What the document says alike of each list of one kind. */
function describeList({ tag, inclusions = {}, sorts }: DocumentResource, filters: TProperties) {
  return {
    tags: [tag],
    description: 'Filters that repeat mean any of.',
    security: [{}, { key: [] }],
    querystring: queryOf({
      ...filters,
      sort: sortOf(sorts),
      limit,
      cursor,
      total,
      fields,
      ...includeOf(Object.keys(inclusions)),
      waitFor,
      lang,
    }),
    headers: headersOf(ifNoneMatch),
  };
}

/** Answers a list. The owner's bytes are spliced into the page, unread unless something is to be embedded. */
function createListSender(resource: DocumentResource, { cursors, categoryCodes }: DocumentTools) {
  const requireFields = createFieldCheck(resource.shapes.view);
  return async (
    request: FastifyRequest,
    reply: FastifyReply,
    { route, within }: { route: string; within: Record<string, unknown> },
  ): Promise<FastifyReply> => {
    const {
      limit: size = LIMIT_DEFAULT,
      cursor: from,
      total: isTotalWanted,
      sort,
      lang: _lang,
      waitFor: _known,
      fields: picked,
      include,
      ...given
    } = request.query as ListQuery;
    requireFields(picked);
    if (include) requireAffordable(size, include);
    const format = formatOf(request, resource);
    const view = viewIn(request, resource, format);
    if (view === 'public') refuseHidden(request, resource, given);
    await categoryCodes.require(request.context(), given.category);
    const filters = { ...given, ...within };
    const scope = { route, filters, sort, view };
    const page = await resource.calls.list(request.context(), {
      filter: filters as never,
      limit: size,
      view,
      lang: request.lang,
      ...(sort ? { sort } : {}),
      ...(isTotalWanted ? { isTotalWanted } : {}),
      ...pickedByOwner({ ...(picked ? { fields: picked } : {}), ...(include ? { include } : {}) }, resource),
      ...(from === undefined ? {} : { after: cursors.open(scope, from) as SortValues }),
    } satisfies ListRequest<never>);
    const paging = { cursors, scope, limit: size };
    if (!format) return sendPage(request, reply, await withIncluded(request, resource, page), paging);
    const write = writerOf(format, request);
    return sendPage(request, reply.type(typeOf(format)), page, { ...paging, write });
  };
}

/** How a page of a list is written in a format. */
function writerOf(format: Format, request: FastifyRequest) {
  const origin = request.origin();
  return (found: BytesReply) => {
    const { total: counted } = found.meta;
    const items = parseDocuments(found);
    const page = {
      items,
      url: `${origin}${request.url}`,
      ...(counted === undefined ? {} : { total: Number(counted) }),
    };
    return format.list(page, origin);
  };
}

/** The public sees what is published; to ask for more takes the scope that shows it. */
function refuseHidden(
  request: FastifyRequest,
  { scopes, staffFilters = [] }: DocumentResource,
  given: Pick<ListQuery, 'status'>,
): void {
  const isHidden = given.status?.some((status) => status !== 'published') || staffFilters.some((name) => name in given);
  if (isHidden) requireScope(request, scopes.write);
}
