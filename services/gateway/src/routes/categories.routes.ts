import type { Bus } from '@ortoo/shared/bus';
import {
  type BytesReply,
  Category,
  CategoryEdit,
  CategoryInput,
  type CreateRequest,
  pickFields,
} from '@ortoo/shared/contracts';
import type { Context } from '@ortoo/shared/kernel';
import type { FastifyInstance } from 'fastify';
import { listAllCategories } from '../categories/category-codes.ts';
import type { CategoryCounts, Counts } from '../categories/category-counts.client.ts';
import { sendList } from '../http/answers.ts';
import { createFieldCheck } from '../http/fields.ts';
import { joinItems } from '../http/list-page.ts';
import { aList, answers, notModified } from '../openapi/answers.ts';
import { fields, headersOf, ifNoneMatch, lang, queryOf, waitFor } from '../openapi/parameters.ts';
import { registerItem } from './document-reads.routes.ts';
import { type DocumentTools, type ItemResource, viewOf } from './document-resource.ts';
import { registerRevisions } from './document-revisions.routes.ts';
import { registerCreate, registerPatch, registerRemove } from './document-writes.routes.ts';
import { type Inclusion, parseDocuments } from './inclusions.ts';

type Tools = Pick<DocumentTools, 'cursors'> & { counts: CategoryCounts };

/**
 * `/v1/categories`: the portal's 26, owned by catalog, which can be renamed and described, and their sub-categories,
 * which can be made and deleted too. The id of one is the code that its maker chose.
 */
export function categoryRoutes(app: FastifyInstance, bus: Pick<Bus, 'call' | 'callBytes'>, tools: Tools): void {
  const resource: ItemResource = {
    kind: 'category',
    plural: 'categories',
    tag: 'Categories',
    idText: 'Code of a category.',
    one: 'a category',
    scopes: { write: 'catalog:write', publish: 'catalog:publish' },
    shapes: { view: Category, input: CategoryEdit },
    component: 'Category',
    calls: {
      get: async (ctx, request) => {
        const asking = showsCounts(request.fields) ? tools.counts.current(ctx) : undefined;
        const found = await bus.callBytes(ctx, 'rpc.catalog.category.get', request);
        return withCounts(found, await asking, request.fields);
      },
      change: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.category.change', request),
      revisions: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.category.revisions', request),
      revision: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.category.revision', request),
      restore: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.category.restore', request),
    },
  };
  registerWholeList(app, bus, { ...tools, resource });
  registerItem(app, resource);
  registerCreate(app, {
    ...resource,
    shapes: { view: Category, input: CategoryInput },
    calls: { ...resource.calls, create: (ctx, request) => createSubCategory(bus, ctx, request) },
  });
  registerPatch(app, resource);
  registerRevisions(app, resource, tools);
  registerRemove(app, {
    ...resource,
    calls: { ...resource.calls, remove: (ctx, request) => bus.call(ctx, 'rpc.catalog.category.remove', request) },
  });
}

function createSubCategory(bus: Pick<Bus, 'callBytes'>, ctx: Context, request: CreateRequest<CategoryInput>) {
  return bus.callBytes(ctx, 'rpc.catalog.category.create', { ...request, id: request.input.id });
}

/** A document's first category, for `include=category`. */
export function categoryInclusion(bus: Pick<Bus, 'callBytes'>, idOf: Inclusion['idOf']): Inclusion {
  return {
    view: 'Category',
    scope: 'catalog:write',
    member: 'categories',
    idOf,
    getMany: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.category.getMany', request),
  };
}

/** Counts are of what the public sees and cost a question to search: who picks other members does not pay for them. */
function showsCounts(picked: readonly string[] | undefined): boolean {
  return picked?.some((name) => name === 'counts' || name.startsWith('counts.')) ?? true;
}

/** Categories as their owner shows them, with their counts; untouched when there are none to show. */
function withCounts(reply: BytesReply, counts: Counts | undefined, picked: string[] | undefined): BytesReply {
  if (!counts) return reply;
  const none = { companies: 0, offerings: 0, articles: 0, events: 0 };
  const shown = parseDocuments(reply).map((category) =>
    pickFields({ ...category, counts: counts[String(category.id)] ?? none }, picked),
  );
  const isOne = reply.meta.v !== undefined;
  return { ...reply, body: JSON.stringify(isOne ? shown[0] : shown) };
}

type WholeList = { counts: CategoryCounts; resource: ItemResource };

function registerWholeList(app: FastifyInstance, bus: Pick<Bus, 'callBytes'>, { counts, resource }: WholeList): void {
  const requireFields = createFieldCheck(resource.shapes.view);
  const schema = {
    tags: [resource.tag],
    operationId: 'listCategories',
    summary: 'List all categories',
    description:
      'All, in the order of the portal, sub-categories after their parent; without pages. With `waitFor`, `counts` know those writes.',
    security: [{}, { key: [] }],
    querystring: queryOf({ fields, waitFor, lang }),
    headers: headersOf(ifNoneMatch),
    response: answers({ 200: aList(`${resource.component}List`), 304: notModified }, ['UNAUTHENTICATED']),
  };
  app.get('/v1/categories', { schema }, async (request, reply) => {
    const { fields: picked, waitFor: tokens } = request.query as { fields?: string[]; waitFor?: string[] };
    requireFields(picked);
    const asking = showsCounts(picked) ? counts.current(request.context(), tokens) : undefined;
    const list = bus.callBytes.bind(bus, request.context(), 'rpc.catalog.category.list');
    const pages = await listAllCategories((_ctx, page) => list(page), request.context(), {
      view: viewOf(request, resource),
      lang: request.lang,
      ...(picked ? { fields: picked } : {}),
    });
    const found = await asking;
    return sendList(request, reply, joinItems(pages.map((page) => withCounts(page, found, picked))));
  });
}
