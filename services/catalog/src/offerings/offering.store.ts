import {
  type ListRequest,
  type OfferingFilter,
  OfferingInput,
  OfferingState,
  type SortValues,
} from '@ortoo/shared/contracts';
import type { Context } from '@ortoo/shared/kernel';
import {
  anyOf,
  createLister,
  createVersionedStore,
  type Filter,
  type Page,
  type StoreDeps,
  type VersionedStore,
} from '@ortoo/shared/outbox';
import { categoryIndexes, inCategory } from '../categories/category-members.store.ts';
import { isOfferingVisible, offeringKeys } from './offering.rules.ts';
import type { CompanyFacts } from './offering-company.rules.ts';

/** What each public sort name means; `name` goes by the slug. */
const sortPaths = { name: 'slug', createdAt: 'createdAt', updatedAt: 'updatedAt', publishedAt: 'publishedAt' };
const DEFAULT_SORT = ['-publishedAt'];

/** Offerings that are followed, side by side, at a time: fewer than MongoDB's connections. */
const BEHIND_LIMIT = 32;

export type OfferingStore = VersionedStore<OfferingState> & {
  /** A page of offerings, the newest publication first unless asked otherwise. */
  list(ctx: Context, request: ListRequest<OfferingFilter>): Promise<Page<OfferingState>>;
  /**
   * The next few offerings, by id, of a company that do not say of it what is so; all of one that was merged. `company`
   * undefined: it was deleted.
   */
  behind(ctx: Context, options: BehindOptions): Promise<Page<OfferingState>>;
  /** How many live offerings a company has, whatever their status. */
  countOf(ctx: Context, companyId: string): Promise<number>;
};

type BehindOptions = { companyId: string; company: CompanyFacts | undefined; after: SortValues | undefined };

/** Offerings with their unique keys (slugs, external ids) and the indexes that lists and their company need. */
export function createOfferingStore(deps: StoreDeps): OfferingStore {
  const versioned = createVersionedStore<OfferingState>({
    ...deps,
    service: 'catalog',
    kind: 'offering',
    collection: 'offerings',
    members: OfferingState,
    input: OfferingInput,
    keysOf: offeringKeys,
    isVisible: isOfferingVisible,
    indexes: [
      ...Object.values(sortPaths).map((path) => ({ visible: 1, [path]: -1, _id: -1 }) as const),
      ...categoryIndexes,
      { companyId: 1, publishedAt: -1, _id: -1 },
      { companyId: 1, _id: 1 },
    ],
  });
  return {
    ...versioned,
    list: createLister(versioned, { sortPaths, usualSort: DEFAULT_SORT, conditionsOf: ownConditions }),
    behind: (ctx, { companyId, company, after }) =>
      versioned.page(ctx, { filter: { companyId, ...notAs(company) }, sort: [], limit: BEHIND_LIMIT, after }),
    countOf: async (ctx, companyId) => {
      const { total = 0 } = await versioned.page(ctx, {
        filter: { companyId },
        sort: [],
        limit: 1,
        isTotalWanted: true,
      });
      return total;
    },
  };
}

/** What `followCompany` would change; a name that is only written in another order is found too, and then left alone. */
function notAs(company: CompanyFacts | undefined): Filter {
  if (company?.heir) return {}; // all of them go there
  return {
    $or: [
      { companyVisible: { $ne: company?.visible ?? false } },
      ...(company ? [{ companyName: { $ne: company.name } }] : []),
      ...(company?.visible ? [] : [{ status: 'published' }]),
    ],
  };
}

function ownConditions({ category, companyId, offeringKind, availability }: OfferingFilter): Filter[] {
  return [
    ...inCategory(category),
    ...anyOf('companyId', companyId),
    ...anyOf('offeringKind', offeringKind),
    ...anyOf('availability', availability),
  ];
}
