import type { CalendarEventState, EventFilter, Occurrence, Presentation, SortValues } from '@ortoo/shared/contracts';
import {
  AppError,
  type Clock,
  type Context,
  type Instant,
  remainingMs,
  shiftInstant,
  toInstant,
} from '@ortoo/shared/kernel';
import { anyOf, createDatabaseGuard, type Filter, type Mongo, type Stored } from '@ortoo/shared/outbox';
import type { Range } from './event-range.rules.ts';
import { DAYS_MAX, dayToMs, shiftDay } from './event-time.rules.ts';

/** One date of an event, with what lists are filtered by; a copy of the event at version `v`. */
type DateRow = {
  /** `<event>/<start>`. */
  _id: string;
  eventId: string;
  v: number;
  startAt: Instant;
  endAt: Instant;
  occurrence: Occurrence;
  visible: boolean;
  region?: string;
  externalIds: string[];
} & Pick<
  CalendarEventState,
  'status' | 'updatedAt' | 'eventKind' | 'eventStatus' | 'companyIds' | 'shownCompanyIds'
> & { categories: string[] };

/** The newest version of an event whose dates were begun, and were done. */
type Head = { _id: string; v: number; doneV?: number };

export type EventDate = Pick<DateRow, 'eventId' | 'v' | 'occurrence'> & { sortValues: SortValues };
export type DatesQuery = {
  filter: EventFilter;
  range: Range;
  view: Presentation['view'];
  isDescending: boolean;
  limit: number;
  after?: SortValues | undefined;
};

const STATEMENT_MAX_MS = 10_000;
/** No date lasts longer: the days of the longest, and one for clocks that are changed in it. */
const LONGEST_MS = (DAYS_MAX + 1) * 86_400_000;
const DUPLICATE_KEY = 11000;

export type EventDates = ReturnType<typeof createEventDates>;

/**
 * The dates of all events, a row each, for lists by time. A copy of what the events themselves hold, made again after
 * each write and, where a crash came between, by the follower of changes; an older version never replaces a newer one.
 */
export function createEventDates({ mongo, clock }: { mongo: Mongo; clock: Clock }) {
  const { connection } = mongo;
  const guard = createDatabaseGuard({ connection, service: 'news' });
  const rows = () => connection.collection<DateRow>('event_dates');
  const heads = () => connection.collection<Head>('event_date_heads');
  const timed = (ctx: Context) => ({
    maxTimeMS: Math.max(1, Math.min(STATEMENT_MAX_MS, Math.floor(remainingMs(ctx, clock)))),
  });

  async function writeRows(ctx: Context, event: Stored<CalendarEventState>): Promise<void> {
    const writes = rowsOf(event).map((row) => ({
      replaceOne: { filter: { _id: row._id, v: { $lte: row.v } }, replacement: row, upsert: true },
    }));
    if (writes.length === 0) return;
    await guard
      .write((session) => rows().bulkWrite(writes, { session, ordered: false, ...timed(ctx) }))
      .catch((error: unknown) => {
        if (!isDuplicate(error)) throw error; // a newer version has written it
      });
  }

  /**
   * Begun first and cleared last: whoever of two writers clears later sees the newer version and leaves nothing of the
   * older, however their other steps mix.
   */
  async function replace(
    ctx: Context,
    { id, v }: { id: string; v: number },
    write: () => Promise<void>,
  ): Promise<void> {
    const upsert = { upsert: true, ...timed(ctx) };
    await guard.write((session) => heads().updateOne({ _id: id }, { $max: { v } }, { session, ...upsert }));
    await write();
    const head = await guard.read(() => heads().findOne({ _id: id }, timed(ctx)));
    const newest = Math.max(v, head?.v ?? v);
    await guard.write((session) => rows().deleteMany({ eventId: id, v: { $lt: newest } }, { session, ...timed(ctx) }));
    await guard.write((session) => heads().updateOne({ _id: id }, { $max: { doneV: v } }, { session, ...timed(ctx) }));
  }

  return {
    /** The dates of an event as it is at a version. */
    keep: (ctx: Context, event: Stored<CalendarEventState>) => replace(ctx, event, () => writeRows(ctx, event)),

    /** No dates: the event was deleted at that version. */
    drop: (ctx: Context, tombstone: { id: string; v: number }) => replace(ctx, tombstone, async () => undefined),

    /** Of some events, up to which version each has its dates. */
    async doneVersions(ctx: Context, ids: string[]): Promise<ReadonlyMap<string, number>> {
      const found = await guard.read(() =>
        heads()
          .find({ _id: { $in: ids } }, timed(ctx))
          .toArray(),
      );
      return new Map(found.map(({ _id, doneV = 0 }) => [_id, doneV]));
    },

    /** A page of dates by their start, and one more where there are more. */
    async page(ctx: Context, query: DatesQuery): Promise<EventDate[]> {
      const { isDescending, limit, after } = query;
      const direction = isDescending ? -1 : 1;
      const filter = { $and: [...conditionsOf(query), ...beyond(after, isDescending)] };
      const found = await guard.read(() =>
        rows()
          .find(filter as never, timed(ctx))
          .sort({ startAt: direction, _id: direction })
          .limit(limit + 1)
          .toArray(),
      );
      return found.map(({ _id, eventId, v, startAt, occurrence }) => ({
        eventId,
        v,
        occurrence,
        sortValues: [startAt, _id],
      }));
    },

    count: (ctx: Context, query: DatesQuery) =>
      guard.read(() => rows().countDocuments({ $and: conditionsOf(query) } as never, timed(ctx))),

    ensureIndexes: async () => {
      await rows().createIndexes([
        { key: { visible: 1, startAt: 1, _id: 1 } },
        { key: { categories: 1, startAt: 1, _id: 1 } },
        { key: { companyIds: 1, startAt: 1, _id: 1 } },
        { key: { eventId: 1, v: 1 } },
      ]);
    },
  };
}

function rowsOf({ id, v, visible, state }: Stored<CalendarEventState>): DateRow[] {
  const { status, updatedAt, eventKind, eventStatus, companyIds, shownCompanyIds, categories = [], venue } = state;
  const region = venue?.address?.region;
  const externalIds = (state.externalIds ?? []).map(({ system, value }) => `${system}:${value}`);
  const copied = { status, updatedAt, eventKind, eventStatus, companyIds, shownCompanyIds, categories, externalIds };
  return state.occurrences.map((occurrence) => ({
    _id: `${id}/${occurrence.start}`,
    eventId: id,
    v,
    ...momentsOf(occurrence, state.allDay !== undefined),
    occurrence,
    visible,
    ...(region === undefined ? {} : { region }),
    ...copied,
  }));
}

/** Whole days begin and end in Ulaanbaatar; a moment without an end is over when it begins. */
function momentsOf({ start, end }: Occurrence, isAllDay: boolean): { startAt: Instant; endAt: Instant } {
  if (!isAllDay) return { startAt: start, endAt: end };
  return { startAt: toInstant(dayToMs(start)), endAt: toInstant(dayToMs(shiftDay(end, 1))) };
}

function conditionsOf({ filter, range: { from, to }, view }: DatesQuery): Filter[] {
  return [
    { visible: view === 'public' ? true : { $in: [true, false] } }, // both are named, so that the index has their order
    { startAt: { $gte: shiftInstant(from, -LONGEST_MS), $lt: to } }, // the part of the index that is walked
    { $or: [{ startAt: { $gte: from } }, { endAt: { $gt: from } }] },
    ...anyOf('eventId', filter.ids),
    ...anyOf('externalIds', filter.externalId),
    ...anyOf('status', filter.status),
    ...anyOf('categories', filter.category),
    ...anyOf('eventKind', filter.eventKind),
    ...anyOf('eventStatus', filter.eventStatus),
    ...anyOf('region', filter.region),
    ...anyOf('companyIds', filter.companyId),
    ...(view === 'public' ? anyOf('shownCompanyIds', filter.companyId) : []),
    ...(filter.updatedSince ? [{ updatedAt: { $gte: filter.updatedSince } }] : []),
  ];
}

function beyond(after: SortValues | undefined, isDescending: boolean): Filter[] {
  if (!after) return [];
  const [startAt, id] = after;
  if (after.length !== 2 || typeof startAt !== 'string' || typeof id !== 'string')
    throw AppError.invalid('request.invalid', {
      pointer: '/cursor',
      message: 'does not belong to this list',
      expected: 'a cursor of it',
    });
  const sign = isDescending ? '$lt' : '$gt';
  return [{ $or: [{ startAt: { [sign]: startAt } }, { startAt, _id: { [sign]: id } }] }];
}

function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === DUPLICATE_KEY;
}
