import {
  CalendarEventInput,
  CalendarEventState,
  type EventFilter,
  type ListRequest,
  type SortValues,
} from '@ortoo/shared/contracts';
import type { Context, Instant } from '@ortoo/shared/kernel';
import {
  anyOf,
  createLister,
  createVersionedStore,
  type Filter,
  type Page,
  type StoreDeps,
  type VersionedStore,
} from '@ortoo/shared/outbox';
import { eventKeys, isEventVisible } from './calendar-event.rules.ts';

/** What each public sort name means. */
const sortPaths = { start: 'startsAt', createdAt: 'createdAt', updatedAt: 'updatedAt', publishedAt: 'publishedAt' };
const DEFAULT_SORT = ['start'];

export type CalendarEventStore = VersionedStore<CalendarEventState> & {
  /** A page of events, the first start first unless asked otherwise. */
  list(ctx: Context, request: ListRequest<EventFilter>): Promise<Page<CalendarEventState>>;
  /** The next few events, by id, that name a company. */
  naming(ctx: Context, options: NamingOptions): Promise<Page<CalendarEventState>>;
  /** Some events whose window has to move by then. */
  overdue(ctx: Context, query: { now: Instant; limit: number }): Promise<string[]>;
};

type NamingOptions = { companyId: string; limit: number; after: SortValues | undefined };

/** Calendar events with their unique keys (slugs, external ids, UID) and the indexes that lists need. */
export function createCalendarEventStore(deps: StoreDeps): CalendarEventStore {
  const versioned = createVersionedStore<CalendarEventState>({
    ...deps,
    service: 'news',
    kind: 'event',
    collection: 'events',
    members: CalendarEventState,
    input: CalendarEventInput,
    keysOf: eventKeys,
    isVisible: isEventVisible,
    indexes: [
      ...Object.values(sortPaths).map((path) => ({ visible: 1, [path]: 1, _id: 1 }) as const),
      { categories: 1, startsAt: 1, _id: 1 },
      { companyIds: 1, _id: 1 },
      { windowMovesAt: 1 },
    ],
  });
  const list = createLister(versioned, { sortPaths, usualSort: DEFAULT_SORT, conditionsOf: ownConditions });
  return {
    ...versioned,
    list: (ctx, request) => list(ctx, request, ofCompany(request)),
    naming: (ctx, { companyId, limit, after }) =>
      versioned.page(ctx, { filter: { companyIds: companyId }, sort: [], limit, after }),
    overdue: async (ctx, { now, limit }) => {
      const filter = { windowMovesAt: { $lte: now } };
      const found = await versioned.pick(ctx, { filter, members: ['windowMovesAt'], limit });
      return found.map(({ id }) => id);
    },
  };
}

/** The public finds an event by those of its companies that it sees. */
function ofCompany({ filter, view }: ListRequest<EventFilter>): Filter[] {
  const { companyId } = filter;
  return [...anyOf('companyIds', companyId), ...(view === 'public' ? anyOf('shownCompanyIds', companyId) : [])];
}

function ownConditions({ category, eventKind, eventStatus, region }: EventFilter): Filter[] {
  return [
    ...anyOf('categories', category),
    ...anyOf('eventKind', eventKind),
    ...anyOf('eventStatus', eventStatus),
    ...anyOf('venue.address.region', region),
  ];
}
