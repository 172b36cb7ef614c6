import {
  CalendarEvent,
  CalendarEventInput,
  type CalendarEventState,
  type EventFilter,
  type ListRequest,
} from '@ortoo/shared/contracts';
import type { Clock, Context } from '@ortoo/shared/kernel';
import { createDocumentActions, createRevisionActions, type Stored } from '@ortoo/shared/outbox';
import type { KnownCategories } from '../categories/known-categories.follower.ts';
import { openEvent, reviseEvent } from './calendar-event.rules.ts';
import type { CalendarEventStore } from './calendar-event.store.ts';
import type { EventCompanies } from './event-companies.client.ts';
import { companiesIn } from './event-companies.rules.ts';
import type { EventDates } from './event-dates.store.ts';
import { listOccurrences } from './event-occurrences.ts';
import { readRange } from './event-range.rules.ts';

type EventDeps = {
  events: CalendarEventStore;
  dates: EventDates;
  companies: EventCompanies;
  categories: KnownCategories;
  clock: Clock;
};
export type CalendarEventActions = ReturnType<typeof createCalendarEventActions>;

/** What can be done with calendar events. */
export function createCalendarEventActions({ events, dates, companies, categories, clock }: EventDeps) {
  const documents = createDocumentActions({
    kind: 'event',
    store: withDates(events, dates),
    clock,
    open: openEvent,
    revise: reviseEvent,
    knownCategories: (ctx) => categories.known(ctx),
    lookUp: async (ctx, body, id) => ({ id, companies: await companies.seen(ctx, companiesIn(namingIn(body))) }),
  });

  return {
    ...documents,
    ...createRevisionActions({
      kind: 'event',
      store: events,
      shapes: { view: CalendarEvent, input: CalendarEventInput },
      change: documents.change,
    }),

    /** Events, or with `from` or `to` their dates. Throws what `readRange`, `listOccurrences` and categories throw. */
    list: async (ctx: Context, request: ListRequest<EventFilter>) => {
      const { category, ...filter } = request.filter;
      const widened = category ? { ...filter, category: await categories.withChildren(ctx, category) } : filter;
      const range = readRange(widened, clock.now());
      const asked = { ...request, filter: widened };
      return range
        ? await listOccurrences({ events, dates }, ctx, { request: asked, range })
        : await events.list(ctx, asked);
    },
  };
}

/** The store whose writes are followed by the dates at once, so that who wrote finds them. */
export function withDates(events: CalendarEventStore, dates: EventDates): CalendarEventStore {
  /** It is written: where the dates cannot be had now, the follower of changes makes them. */
  const settle = async (ctx: Context, id: string, work: () => Promise<void>) =>
    work().catch((error: unknown) => ctx.log.warn({ err: error, id }, 'the dates of an event follow later'));
  const keep = async (ctx: Context, event: Stored<CalendarEventState>) => {
    await settle(ctx, event.id, () => dates.keep(ctx, event));
    return event;
  };
  return {
    ...events,
    create: async (ctx, options) => keep(ctx, await events.create(ctx, options)),
    change: async (ctx, options) => keep(ctx, await events.change(ctx, options)),
    remove: async (ctx, options) => {
      const tombstone = await events.remove(ctx, options);
      await settle(ctx, tombstone.id, () => dates.drop(ctx, tombstone));
      return tombstone;
    },
  };
}

/** The companies that an unchecked body names, as far as it has the form. */
function namingIn(body: { organiser?: unknown; exhibitors?: unknown }) {
  const { organiser, exhibitors } = body;
  return {
    ...(hasCompany(organiser) ? { organiser } : {}),
    ...(Array.isArray(exhibitors) ? { exhibitors: exhibitors.filter(hasCompany) } : {}),
  };
}

function hasCompany(value: unknown): value is { companyId: string } {
  return typeof value === 'object' && value !== null && 'companyId' in value && typeof value.companyId === 'string';
}
