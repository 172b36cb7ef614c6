import type { Bus, Endpoints } from '@ortoo/shared/bus';
import { type Clock, type Logger, typeIds } from '@ortoo/shared/kernel';
import type { Mongo, Relay } from '@ortoo/shared/outbox';
import type { createCalendarEvents } from '../calendar-events/calendar-events.ts';
import type { KnownCategories } from '../categories/known-categories.follower.ts';
import { createEventImport } from './event-import.ts';
import { createImportActions } from './import.actions.ts';
import { importEndpoints } from './import.endpoints.ts';
import { createImportStore } from './import.store.ts';
import { createImportRun } from './import-run.ts';
import { createImportsWorker } from './imports.worker.ts';

type Deps = {
  mongo: Mongo;
  bus: Pick<Bus, 'leases' | 'uploads'>;
  relay: Relay;
  events: ReturnType<typeof createCalendarEvents>;
  categories: KnownCategories;
  clock: Clock;
  log: Logger;
};

/** Imports of what news owns: what is called, and what runs. A kind more is a line here. */
export function createImports({ mongo, bus, relay, events, categories, clock, log }: Deps) {
  const { uploads, leases } = bus;
  const store = createImportStore({ mongo, clock });
  const { store: eventStore, actions, companies } = events;
  const event = createEventImport({ events: eventStore, actions, companies, categories, clock, ids: typeIds });
  const kinds = { event };
  const runs = { event: createImportRun({ store, kind: event, uploads, clock, log }) };
  const offered = ({ kind, mediaType }: { kind: keyof typeof kinds; mediaType: string }) =>
    mediaType in kinds[kind].readers;
  const worker = createImportsWorker({ imports: store, runs, relay, leases, clock, log });
  const endpoints: Endpoints = importEndpoints(createImportActions({ imports: store, offered, relay, clock }));
  return {
    endpoints,
    start: async () => {
      await store.ensureIndexes();
      await worker.start();
    },
    stop: () => worker.stop(),
  };
}
