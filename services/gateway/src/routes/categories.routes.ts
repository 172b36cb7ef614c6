import type { Bus } from '@ortoo/shared/bus';
import { Category, CategoryEdit, CategoryInput, type CreateRequest } from '@ortoo/shared/contracts';
import type { Context } from '@ortoo/shared/kernel';
import type { FastifyInstance } from 'fastify';
import { listAllCategories } from '../categories/category-codes.ts';
import { sendList } from '../http/answers.ts';
import { createFieldCheck } from '../http/fields.ts';
import { joinItems } from '../http/list-page.ts';
import { aList, answers, notModified } from '../openapi/answers.ts';
import { fields, headersOf, ifNoneMatch, lang, queryOf, waitFor } from '../openapi/parameters.ts';
import { registerItem } from './document-reads.routes.ts';
import { type DocumentTools, type ItemResource, viewOf } from './document-resource.ts';
import { registerRevisions } from './document-revisions.routes.ts';
import { registerCreate, registerPatch, registerRemove } from './document-writes.routes.ts';
import type { Inclusion } from './inclusions.ts';

/**
 * `/v1/categories`: the portal's 26, owned by catalog, which can be renamed and described, and their sub-categories,
 * which can be made and deleted too. The id of one is the code that its maker chose.
 */
export function categoryRoutes(
  app: FastifyInstance,
  bus: Pick<Bus, 'call' | 'callBytes'>,
  tools: Pick<DocumentTools, 'cursors'>,
): void {
  const resource: ItemResource = {
    kind: 'category',
    plural: 'categories',
    tag: 'Categories',
    idText: 'Code of a category.',
    scopes: { write: 'catalog:write', publish: 'catalog:publish' },
    shapes: { view: Category, input: CategoryEdit },
    component: 'Category',
    calls: {
      get: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.category.get', request),
      change: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.category.change', request),
      revisions: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.category.revisions', request),
      revision: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.category.revision', request),
      restore: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.category.restore', request),
    },
  };
  registerWholeList(app, bus, resource);
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
    idOf,
    getMany: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.category.getMany', request),
  };
}

function registerWholeList(app: FastifyInstance, bus: Pick<Bus, 'callBytes'>, resource: ItemResource): void {
  const requireFields = createFieldCheck(resource.shapes.view);
  const schema = {
    tags: [resource.tag],
    operationId: 'listCategories',
    summary: 'List all categories',
    description: 'All, in the order of the portal, sub-categories after their parent; without pages.',
    security: [{}, { key: [] }],
    querystring: queryOf({ fields, waitFor, lang }),
    headers: headersOf(ifNoneMatch),
    response: answers({ 200: aList(`${resource.component}List`), 304: notModified }, ['UNAUTHENTICATED']),
  };
  app.get('/v1/categories', { schema }, async (request, reply) => {
    const { fields: picked } = request.query as { fields?: string[] };
    requireFields(picked);
    const list = bus.callBytes.bind(bus, request.context(), 'rpc.catalog.category.list');
    const pages = await listAllCategories((_ctx, page) => list(page), request.context(), {
      view: viewOf(request, resource),
      lang: request.lang,
      ...(picked ? { fields: picked } : {}),
    });
    return sendList(request, reply, joinItems(pages));
  });
}
