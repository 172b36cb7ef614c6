import {
  CalendarEventInput,
  type CalendarEventState,
  createParser,
  type RuleFault,
  touch,
  writeWithFreeSlug,
} from '@ortoo/shared/contracts';
import { AppError, type Clock, type Context, type Ids } from '@ortoo/shared/kernel';
import { actorName, type Stored } from '@ortoo/shared/outbox';
import type { CalendarEventActions } from '../calendar-events/calendar-event.actions.ts';
import { openEvent, reviseEvent } from '../calendar-events/calendar-event.rules.ts';
import type { CalendarEventStore } from '../calendar-events/calendar-event.store.ts';
import type { EventCompanies } from '../calendar-events/event-companies.client.ts';
import { companiesIn } from '../calendar-events/event-companies.rules.ts';
import type { KnownCategories } from '../categories/known-categories.follower.ts';
import type { FileEvent } from './file-event.rules.ts';
import type { ImportKind, Plan, WrittenRow } from './import-kind.ts';
import { inputOf, patchOf } from './imported-event.rules.ts';
import { readCalendar } from './read-calendar.ts';

type Deps = {
  /** The store whose writes are followed by the dates. */
  events: CalendarEventStore;
  actions: Pick<CalendarEventActions, 'restore' | 'remove'>;
  companies: EventCompanies;
  categories: Pick<KnownCategories, 'known'>;
  clock: Clock;
  ids: Ids;
};

const parseInput = createParser(CalendarEventInput, 'event.invalid');
/** Faults of a row; anything else is nobody's row's. */
const ofTheRow = new Set(['VALIDATION_FAILED', 'PAYLOAD_TOO_LARGE', 'UNPROCESSABLE']);

/** Calendar events from calendars, matched by UID. The organiser counts the changes: SEQUENCE is the file's. */
export function createEventImport({ events, actions, companies, categories, clock, ids }: Deps): ImportKind<FileEvent> {
  async function judgingOf(ctx: Context, body: object, id: string) {
    const named = companiesIn(body as Pick<CalendarEventInput, 'organiser'>);
    const [knownCategories, seen] = await Promise.all([categories.known(ctx), companies.seen(ctx, named)]);
    return { stamp: { now: clock.now(), actorId: actorName(ctx) }, knownCategories, id, companies: seen };
  }

  /** The first state of an event. Throws VALIDATION_FAILED. */
  async function opening(ctx: Context, file: FileEvent, id: string) {
    const input = parseInput(inputOf(file, await categories.known(ctx)));
    const judging = await judgingOf(ctx, input, id);
    return (suffix: string): CalendarEventState => ({
      ...openEvent(input, { ...judging, suffix }),
      sequence: file.sequence,
    });
  }

  /** The state after a calendar; itself when that says nothing new, or less than is known. Throws VALIDATION_FAILED. */
  async function revising(ctx: Context, file: FileEvent, id: string) {
    const known = await categories.known(ctx);
    const judging = await judgingOf(ctx, inputOf(file, known), id);
    return (state: CalendarEventState, suffix: string): CalendarEventState => {
      if (file.sequence < state.sequence) return state;
      const body = patchOf(file, state, known);
      const revised = reviseEvent(state, { mode: 'merge', body }, { ...judging, suffix });
      if (revised === state && file.sequence === state.sequence) return state;
      return touch(state, { ...revised, sequence: file.sequence }, judging.stamp);
    };
  }

  async function decide(ctx: Context, file: FileEvent): Promise<Plan> {
    const faults = [...file.faults, ...(file.uid === undefined ? [uidMissing] : [])];
    if (faults.length > 0) return { type: 'rejected', faults };
    const found = await events.findByKey(ctx, `uid:${file.uid}`);
    if (!found) {
      const id = ids.next('event');
      const open = await opening(ctx, file, id);
      open('');
      return { type: 'create', id };
    }
    const { id, v, state } = found;
    const revise = await revising(ctx, file, id);
    return revise(state, '') === state ? { type: 'unchanged', id } : { type: 'update', id, v };
  }

  return {
    readers: { 'text/calendar': readCalendar },
    plan: async (ctx, file) => {
      try {
        return await decide(ctx, file);
      } catch (error) {
        return rejection(error);
      }
    },
    write: async (ctx, { plan, item, requestKey }) => {
      const { id } = plan;
      if (plan.type === 'create') {
        const open = await opening(ctx, item, id);
        const create = (suffix: string) => events.create(ctx, { id, state: open(suffix), requestKey });
        return summary(await writeWithFreeSlug(id, create), 1);
      }
      const { v } = plan;
      const revise = await revising(ctx, item, id);
      const change = (suffix: string) =>
        events.change(ctx, { id, v, type: 'imported', decide: (state) => revise(state, suffix), requestKey });
      return summary(await writeWithFreeSlug(id, change), v + 1);
    },
    takeBack: async (ctx, { type, written, requestKey }) => {
      const found = await events.find(ctx, written.id);
      if (!found) return type === 'create' ? written : undefined;
      const { id, state } = found;
      // Edited since: the old version is refused, unless it was this very undo that wrote the new one.
      const v = state.updatedAt === written.updatedAt ? found.v : written.v;
      try {
        if (type === 'create') return { ...written, ...(await actions.remove(ctx, { id, v, requestKey })) };
        const restored = await actions.restore(ctx, { id, v, revision: written.v - 1, lang: 'en', requestKey });
        return summary(restored, restored.v);
      } catch (error) {
        if (AppError.from(error).code === 'VERSION_MISMATCH') return undefined;
        throw error;
      }
    },
  };
}

const uidMissing: RuleFault = {
  pointer: '/uid',
  message: 'is missing',
  expected: 'a UID, by which the event is known the next time',
  reason: 'import.uid-missing',
};

/** A repeat finds what others may have made of it meanwhile: then nobody can tell when it was last edited by us. */
function summary({ id, v, state }: Stored<CalendarEventState>, expected: number): WrittenRow {
  return v === expected ? { id, v, updatedAt: state.updatedAt } : { id, v: expected, updatedAt: '' };
}

/** A row that our rules refuse; throws what is not the row's fault. */
function rejection(error: unknown): Plan {
  if (!(error instanceof AppError) || !ofTheRow.has(error.code)) throw error;
  const { reason, message, details } = error;
  const faults = details?.errors ?? [{ pointer: '', message }];
  return { type: 'rejected', faults: faults.map((fault) => ({ ...fault, reason })) };
}
