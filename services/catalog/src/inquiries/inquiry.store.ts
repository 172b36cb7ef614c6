import { type InquiryFilter, InquiryState, type ListRequest, parseSort } from '@ortoo/shared/contracts';
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

const sortPaths = { createdAt: 'createdAt', updatedAt: 'updatedAt' };
const DEFAULT_SORT = ['-createdAt'];

export type InquiryStore = VersionedStore<InquiryState> & {
  /** A page of inquiries, the newest first unless asked otherwise; the public sees none. */
  list(ctx: Context, request: ListRequest<InquiryFilter>): Promise<Page<InquiryState>>;
  /** The ids of inquiries whose time was over at an instant, those that have waited longest first. */
  overdue(ctx: Context, options: { now: Instant; limit: number }): Promise<string[]>;
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
    overdue: async (ctx, { now, limit }) => {
      const filter = { retainUntil: { $gt: '', $lte: now } };
      const { items } = await versioned.page(ctx, { filter, sort: parseSort(['retainUntil'], {}), limit });
      return items.map(({ id }) => id);
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
