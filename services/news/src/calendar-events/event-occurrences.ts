import type { CalendarEventState, EventFilter, ListRequest, Occurrence } from '@ortoo/shared/contracts';
import { AppError, type Context } from '@ortoo/shared/kernel';
import type { Page, Stored } from '@ortoo/shared/outbox';
import type { CalendarEventStore } from './calendar-event.store.ts';
import type { DatesQuery, EventDate, EventDates } from './event-dates.store.ts';
import type { Range } from './event-range.rules.ts';

type Deps = { events: CalendarEventStore; dates: EventDates };
/** An event as one of its dates. */
type EventOnDate = Stored<CalendarEventState> & { occurrence: Occurrence };

/** Views of a page stay well under what one reply of the bus holds. */
const PAGE_BYTES_MAX = 480 * 1024;

/**
 * A page of the dates in a range, by their start, each with its event as it is now. A date whose event has changed
 * since it was written is written again and looked for once more. Throws VALIDATION_FAILED `event.order-invalid` for
 * another order than by start.
 */
export async function listOccurrences(
  deps: Deps,
  ctx: Context,
  { request, range }: { request: ListRequest<EventFilter>; range: Range },
): Promise<Page<CalendarEventState>> {
  const { filter, view, limit, after, isTotalWanted, sort = ['start'] } = request;
  requireStartOrder(sort);
  const query = { filter, range, view, limit, after, isDescending: sort[0] === '-start' };
  const [found, total] = await Promise.all([
    readDates(deps, ctx, query),
    isTotalWanted ? deps.dates.count(ctx, query) : undefined,
  ]);
  return { ...cutPage(found, limit), ...(total === undefined ? {} : { total }) };
}

function requireStartOrder(sort: string[]): void {
  if (sort.length === 1 && (sort[0] === 'start' || sort[0] === '-start')) return;
  const expected = 'start or -start';
  throw AppError.invalid('event.order-invalid', { pointer: '/sort', message: 'does not order dates', expected });
}

type Found = { date: EventDate; event: EventOnDate | undefined };

async function readDates({ events, dates }: Deps, ctx: Context, query: DatesQuery): Promise<Found[]> {
  const look = async () => {
    const found = await dates.page(ctx, query);
    const kept = await events.getMany(ctx, [...new Set(found.map(({ eventId }) => eventId))]);
    return { found, byId: new Map(kept.map((event) => [event.id, event])) };
  };
  let { found, byId } = await look();
  const isBehind = ({ eventId, v }: EventDate) => (byId.get(eventId)?.v ?? v) > v;
  const behind = new Set(found.filter(isBehind).map(({ eventId }) => eventId));
  if (behind.size > 0) {
    await Promise.all([...byId.values()].filter(({ id }) => behind.has(id)).map((event) => dates.keep(ctx, event)));
    ({ found, byId } = await look());
  }
  return found.map((date) => {
    const event = byId.get(date.eventId);
    const isRight = event?.v === date.v && (event.visible || query.view === 'staff');
    return { date, event: isRight ? { ...event, occurrence: date.occurrence } : undefined };
  });
}

/** What fits into one reply; a date whose event is gone takes a place and shows nothing. */
function cutPage(found: Found[], limit: number): Page<CalendarEventState> {
  const items: EventOnDate[] = [];
  let bytes = 0;
  for (const [place, { event }] of found.entries()) {
    if (event) bytes += bytesOf(event.state);
    const isFull = place >= limit || (bytes > PAGE_BYTES_MAX && items.length > 0);
    const last = found[place - 1];
    if (isFull && last) return { items, next: last.date.sortValues };
    if (event) items.push(event);
  }
  return { items };
}

function bytesOf({ occurrences: _all, ...shown }: CalendarEventState): number {
  return Buffer.byteLength(JSON.stringify(shown));
}
