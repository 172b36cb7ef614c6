import type { CalendarEventState, Change, SortValues } from '@ortoo/shared/contracts';
import { AppError, type Clock, type Context, type Logger, serviceContext } from '@ortoo/shared/kernel';
import { actorName, type Stored } from '@ortoo/shared/outbox';
import { withDates } from './calendar-event.actions.ts';
import { followCompanies, moveWindow } from './calendar-event.rules.ts';
import type { CalendarEventStore } from './calendar-event.store.ts';
import type { EventCompanies } from './event-companies.client.ts';
import type { EventDates } from './event-dates.store.ts';

const DEADLINE_MS = 10_000;
/** Events that are looked at at a time. */
const BATCH = 50;

type UpkeepDeps = {
  events: CalendarEventStore;
  dates: EventDates;
  companies: EventCompanies;
  clock: Clock;
  log: Logger;
};
export type EventUpkeep = ReturnType<typeof createEventUpkeep>;

/**
 * Keeps right what events hold of other things: the dates of what was written, their companies where these are merged,
 * what the public sees of them, and the window of dates. Each is decided on as it is now, whatever is repeated, late or crosses.
 */
export function createEventUpkeep({ events, dates, companies, clock, log }: UpkeepDeps) {
  const written = withDates(events, dates);
  const begin = (): Context => serviceContext({ log, service: 'news', clock, forMs: DEADLINE_MS });

  /** What was deleted meanwhile needs nothing. */
  async function decideOn(
    ctx: Context,
    { id, type }: { id: string; type: string },
    decide: (state: CalendarEventState) => CalendarEventState,
  ): Promise<void> {
    await written.change(ctx, { id, type, decide }).catch((error: unknown) => {
      if (!(error instanceof AppError && error.code === 'NOT_FOUND')) throw error;
    });
  }

  async function bringCompanies(ctx: Context, { id, state }: Stored<CalendarEventState>): Promise<void> {
    if (state.companyIds.length === 0) return;
    const seen = await companies.seen(ctx, state.companyIds);
    const decide = (current: CalendarEventState) =>
      followCompanies(current, seen, { now: clock.now(), actorId: actorName(ctx) });
    if (decide(state) === state) return;
    await decideOn(ctx, { id, type: 'companies-followed' }, decide);
  }

  /** Dates that a crash kept from being written, then the companies. */
  async function checkEvents(changes: Change[], signal: AbortSignal): Promise<void> {
    if (changes.length === 0) return;
    const ids = changes.map(({ data }) => data.id);
    const done = await dates.doneVersions(begin(), ids);
    for (const { id, v, live } of changes.map(({ data }) => data)) {
      signal.throwIfAborted();
      const ctx = begin();
      const isDone = (done.get(id) ?? 0) >= v;
      const event = live ? await events.find(ctx, id) : undefined;
      if (!event && !isDone && !live) await dates.drop(ctx, { id, v });
      if (!event) continue;
      if (!isDone) await dates.keep(ctx, event);
      await bringCompanies(ctx, event);
    }
  }

  async function checkCompany(companyId: string, signal: AbortSignal): Promise<void> {
    let after: SortValues | undefined;
    do {
      const page = await events.naming(begin(), { companyId, limit: BATCH, after });
      for (const event of page.items) {
        signal.throwIfAborted();
        await bringCompanies(begin(), event);
      }
      after = page.next;
    } while (after);
  }

  return {
    /** What follows from changes of events and companies. Throws what stores and the catalog throw. */
    async apply(changes: Change[], signal: AbortSignal): Promise<void> {
      await checkEvents(
        changes.filter(({ data }) => data.kind === 'event'),
        signal,
      );
      // Nothing can have named a company before its first version.
      const ofCompanies = changes.filter(({ data }) => data.kind === 'company' && data.v > 1);
      for (const { data } of ofCompanies) await checkCompany(data.id, signal);
    },

    /** Moves the windows that have to move; answers how many were. */
    async moveWindows(signal: AbortSignal): Promise<number> {
      let moved = 0;
      for (;;) {
        const ctx = begin();
        const now = clock.now();
        const ids = await events.overdue(ctx, { now, limit: BATCH });
        for (const id of ids) {
          signal.throwIfAborted();
          await decideOn(begin(), { id, type: 'window-moved' }, (state) => moveWindow(state, now));
        }
        moved += ids.length;
        if (ids.length < BATCH) return moved;
      }
    },
  };
}
