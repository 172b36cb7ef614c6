import type { Bus } from '@ortoo/shared/bus';
import { Offering, OfferingFilter, OfferingInput, offeringSorts } from '@ortoo/shared/contracts';
import type { FastifyInstance } from 'fastify';
import { offeringJsonLd } from '../formats/offering-json-ld.ts';
import { categoryInclusion } from './categories.routes.ts';
import { companyInclusion, companyResource } from './companies.routes.ts';
import { registerDocument } from './document.routes.ts';
import { registerListAbout } from './document-reads.routes.ts';
import type { DocumentResource, DocumentTools } from './document-resource.ts';

/** `/v1/offerings` and `/v1/companies/{id}/offerings`: products and services of companies, owned by catalog. */
export function offeringRoutes(app: FastifyInstance, bus: Pick<Bus, 'call' | 'callBytes'>, tools: DocumentTools): void {
  const resource = offeringResource(bus);
  registerDocument(app, resource, tools);
  registerListAbout(app, resource, tools, { about: companyResource(bus), member: 'companyId' });
}

/** What the routes of offerings are built from. */
export function offeringResource(bus: Pick<Bus, 'call' | 'callBytes'>): DocumentResource {
  return {
    kind: 'offering',
    plural: 'offerings',
    tag: 'Offerings',
    idText: 'Id or slug of an offering.',
    one: 'an offering',
    scopes: { write: 'catalog:write', publish: 'catalog:publish' },
    shapes: { view: Offering, input: OfferingInput },
    component: 'Offering',
    filter: OfferingFilter,
    sorts: offeringSorts,
    formats: [offeringJsonLd],
    inclusions: {
      company: companyInclusion(bus, ({ companyId }) => companyId as string | undefined),
      category: categoryInclusion(bus, ({ categories }) => (categories as { primary?: string } | undefined)?.primary),
    },
    calls: {
      get: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.offering.get', request),
      list: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.offering.list', request),
      create: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.offering.create', request),
      change: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.offering.change', request),
      revisions: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.offering.revisions', request),
      revision: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.offering.revision', request),
      restore: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.offering.restore', request),
      move: (ctx, request) => bus.callBytes(ctx, 'rpc.catalog.offering.move', request),
      remove: (ctx, request) => bus.call(ctx, 'rpc.catalog.offering.remove', request),
    },
  };
}
