import type { Bus } from '@ortoo/shared/bus';
import type { Logger } from '@ortoo/shared/kernel';
import type { StoreDeps } from '@ortoo/shared/outbox';
import type { KnownCategories } from '../categories/known-categories.follower.ts';
import { createCalendarEventActions, withDates } from './calendar-event.actions.ts';
import { createCalendarEventStore } from './calendar-event.store.ts';
import { createEventCompanies } from './event-companies.client.ts';
import { createEventDates } from './event-dates.store.ts';
import { createEventFollower } from './event-upkeep.follower.ts';
import { createEventUpkeep } from './event-upkeep.ts';
import { createEventWindowWorker } from './event-window.worker.ts';

type Wiring = StoreDeps & { bus: Bus; categories: KnownCategories; log: Logger };

/** Calendar events with what keeps their dates and companies right; part of news. */
export function createCalendarEvents({ mongo, relay, bus, categories, clock, log }: Wiring) {
  const events = createCalendarEventStore({ mongo, relay, clock });
  const dates = createEventDates({ mongo, clock });
  const companies = createEventCompanies(bus);
  const actions = createCalendarEventActions({ events, dates, companies, categories, clock });
  const upkeep = createEventUpkeep({ events, dates, companies, clock, log });
  const parts = [createEventFollower({ bus, upkeep, log }), createEventWindowWorker({ upkeep, log })];

  return {
    actions,
    /** What writes of other parts of news need: they are followed by the dates at once. */
    store: withDates(events, dates),
    companies,
    async ensureIndexes(): Promise<void> {
      await events.ensureIndexes();
      await dates.ensureIndexes();
    },
    async start(): Promise<void> {
      for (const part of parts) await part.start();
    },
    async stop(): Promise<void> {
      for (const part of parts.toReversed()) await part.stop();
    },
  };
}
