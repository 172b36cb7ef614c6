import type { Bus } from '@ortoo/shared/bus';
import { CalendarEvent, CalendarEventInput, EventFilter, eventSorts } from '@ortoo/shared/contracts';
import type { FastifyInstance } from 'fastify';
import { eventIcal } from '../formats/event-ical.ts';
import { eventJsonLd } from '../formats/event-json-ld.ts';
import { categoryInclusion } from './categories.routes.ts';
import { companyInclusion, companyResource } from './companies.routes.ts';
import { registerDocument } from './document.routes.ts';
import { registerListAbout } from './document-reads.routes.ts';
import type { DocumentResource, DocumentTools } from './document-resource.ts';

/** `/v1/events` and `/v1/companies/{id}/events`: what takes place when, owned by news. */
export function eventRoutes(app: FastifyInstance, bus: Pick<Bus, 'call' | 'callBytes'>, tools: DocumentTools): void {
  const resource = eventResource(bus);
  registerDocument(app, resource, tools);
  registerListAbout(app, resource, tools, { about: companyResource(bus), member: 'companyId' });
}

/** Calendar events as a resource: also what `/calendar` is made of. */
export function eventResource(bus: Pick<Bus, 'call' | 'callBytes'>): DocumentResource {
  return {
    kind: 'event',
    plural: 'events',
    tag: 'Events',
    idText: 'Id or slug of an event.',
    one: 'an event',
    scopes: { write: 'news:write', publish: 'news:publish' },
    shapes: { view: CalendarEvent, input: CalendarEventInput },
    component: 'CalendarEvent',
    filter: EventFilter,
    sorts: eventSorts,
    formats: [eventJsonLd, eventIcal],
    inclusions: {
      company: companyInclusion(bus, ({ organiser }) => (organiser as { companyId?: string } | undefined)?.companyId),
      category: categoryInclusion(bus, ({ categories }) => (categories as string[] | undefined)?.[0]),
    },
    calls: {
      get: (ctx, request) => bus.callBytes(ctx, 'rpc.news.event.get', request),
      list: (ctx, request) => bus.callBytes(ctx, 'rpc.news.event.list', request),
      create: (ctx, request) => bus.callBytes(ctx, 'rpc.news.event.create', request),
      change: (ctx, request) => bus.callBytes(ctx, 'rpc.news.event.change', request),
      revisions: (ctx, request) => bus.callBytes(ctx, 'rpc.news.event.revisions', request),
      revision: (ctx, request) => bus.callBytes(ctx, 'rpc.news.event.revision', request),
      restore: (ctx, request) => bus.callBytes(ctx, 'rpc.news.event.restore', request),
      move: (ctx, request) => bus.callBytes(ctx, 'rpc.news.event.move', request),
      remove: (ctx, request) => bus.call(ctx, 'rpc.news.event.remove', request),
    },
  };
}
