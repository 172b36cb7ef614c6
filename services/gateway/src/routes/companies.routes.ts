import type { Bus } from '@ortoo/shared/bus';
import { Company, CompanyFilter, CompanyInput, companySorts } from '@ortoo/shared/contracts';
import type { FastifyInstance } from 'fastify';
import { companyGeoJson } from '../formats/company-geo-json.ts';
import { companyJsonLd } from '../formats/company-json-ld.ts';
import { categoryInclusion } from './categories.routes.ts';
import { registerMerge } from './company-merge.routes.ts';
import { registerDocument } from './document.routes.ts';
import { registerDuplicates } from './document-duplicates.routes.ts';
import type { DocumentResource, DocumentTools } from './document-resource.ts';
import type { Inclusion } from './inclusions.ts';

/** `/v1/companies`: the directory, owned by catalog. */
export function companyRoutes(app: FastifyInstance, bus: Pick<Bus, 'call' | 'callBytes'>, tools: DocumentTools): void {
  const resource = companyResource(bus);
  registerDocument(app, resource, tools);
  registerMerge(app, bus, resource);
  registerDuplicates(app, resource, {
    words: {
      operationId: 'listPossibleDuplicates',
      summary: 'List the companies that may be the same as one',
      description:
        'By name in any spelling, phone, and website; the surest first, at most five. Copies that were merged are left out.',
    },
    component: 'PossibleDuplicates',
    ask: (ctx, request) => bus.call(ctx, 'rpc.catalog.company.duplicates', request),
  });
}

/** What the routes of companies, and of what belongs to one, are built from. */
export function companyResource(bus: Pick<Bus, 'call' | 'callBytes'>): DocumentResource {
  return {
    kind: 'company',
    plural: 'companies',
    tag: 'Companies',
    idText: 'Id or slug of a company.',
    one: 'a company',
    scopes: { write: 'catalog:write', publish: 'catalog:publish' },
    shapes: { view: Company, input: CompanyInput },
    component: 'Company',
    filter: CompanyFilter,
    sorts: companySorts,
    formats: [companyJsonLd, companyGeoJson],
    inclusions: {
      category: categoryInclusion(bus, ({ categories }) => (categories as { primary?: string } | undefined)?.primary),
    },
    calls: {
      get: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.company.get', request),
      list: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.company.list', request),
      create: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.company.create', request),
      change: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.company.change', request),
      revisions: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.company.revisions', request),
      revision: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.company.revision', request),
      restore: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.company.restore', request),
      move: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.company.move', request),
      remove: (ctx, request) => bus.call(ctx, 'rpc.catalog.company.remove', request),
    },
  };
}

/** The company that a document names, for `include=company`. */
export function companyInclusion(bus: Pick<Bus, 'callBytes'>, idOf: Inclusion['idOf']): Inclusion {
  return {
    view: 'Company',
    scope: 'catalog:write',
    member: 'companyId',
    idOf,
    getMany: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.company.getMany', request),
  };
}
