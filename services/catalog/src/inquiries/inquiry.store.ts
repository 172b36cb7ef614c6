import {
  type InquiryFilter,
  InquiryState,
  type ListRequest,
  parseSort,
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

/** Ids, and where the next page begins; absent after the last one. */
type Overdue = { ids: string[]; next?: SortValues };

const sortPaths = { createdAt: 'createdAt', updatedAt: 'updatedAt' };
const DEFAULT_SORT = ['-createdAt'];

export type InquiryStore = VersionedStore<InquiryState> & {
  /** A page of inquiries, the newest first unless asked otherwise; the public sees none. */
  list(ctx: Context, request: ListRequest<InquiryFilter>): Promise<Page<InquiryState>>;
  /** The inquiries whose time was over at an instant, those that have waited longest first; a page, from after an earlier one's `next`. */
  overdue(ctx: Context, options: { now: Instant; limit: number; after?: SortValues | undefined }): Promise<Overdue>;
};

/** Inquiries. Nothing of them is public, and their values stand nowhere but in their documents. */
export function createInquiryStore(deps: StoreDeps): InquiryStore {
  const versioned = createVersionedStore<InquiryState>({
    ...deps,
    service: 'catalog',
    kind: 'inquiry',
    collection: 'inquiries',
    members: InquiryState,
    isPersonal: true,
    keysOf: () => [],
    isVisible: () => false,
    indexes: [
      { createdAt: -1, _id: -1 },
      { updatedAt: -1, _id: -1 },
      { state: 1, createdAt: -1, _id: -1 },
      { 'target.id': 1, createdAt: -1, _id: -1 },
      { retainUntil: 1, _id: 1 },
    ],
  });
  return {
    ...versioned,
    list: createLister(versioned, { sortPaths, usualSort: DEFAULT_SORT, conditionsOf: ownConditions }),
    overdue: async (ctx, { now, limit, after }) => {
      const filter = { retainUntil: { $gt: '', $lte: now } };
      const { items, next } = await versioned.page(ctx, { filter, sort: parseSort(['retainUntil'], {}), limit, after });
      return { ids: items.map(({ id }) => id), ...(next ? { next } : {}) };
    },
  };
}

function ownConditions({ state, inquiryKind, target, spam }: InquiryFilter): Filter[] {
  return [
    ...anyOf('state', state),
    ...anyOf('inquiryKind', inquiryKind),
    ...anyOf('target.id', target),
    ...(spam === undefined ? [] : [{ state: spam ? 'spam' : { $ne: 'spam' } }]),
  ];
}
