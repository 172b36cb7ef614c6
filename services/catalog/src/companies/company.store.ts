import { type CompanyFilter, CompanyInput, CompanyState, type ListRequest, parseSort } from '@ortoo/shared/contracts';
import type { Clock, Context } from '@ortoo/shared/kernel';
import {
  anyKeyOf,
  anyOf,
  buildListFilter,
  createVersionedStore,
  type Filter,
  type Mongo,
  type Page,
  type Relay,
  type VersionedStore,
} from '@ortoo/shared/outbox';
import { companyKeys, isCompanyVisible } from './company.rules.ts';

/**
 * What each public sort name means. `name` goes by the slug: the name in English, or else as it is, in lower case and
 * without the legal form.
 */
const sortPaths = {
  name: 'slug',
  createdAt: 'createdAt',
  updatedAt: 'updatedAt',
  publishedAt: 'publishedAt',
  quality: 'quality.score',
};
const DEFAULT_SORT = ['-publishedAt'];

export type CompanyStore = VersionedStore<CompanyState> & {
  /** A page of companies, the newest publication first unless asked otherwise. */
  list(ctx: Context, request: ListRequest<CompanyFilter>): Promise<Page<CompanyState>>;
};

/** Companies with their unique keys (slugs, registration number, external ids) and the indexes that lists need. */
export function createCompanyStore({
  mongo,
  relay,
  clock,
}: {
  mongo: Mongo;
  relay: Relay;
  clock: Clock;
}): CompanyStore {
  const versioned = createVersionedStore<CompanyState>({
    connection: mongo.connection,
    relay,
    clock,
    service: 'catalog',
    kind: 'company',
    collection: 'companies',
    members: CompanyState,
    input: CompanyInput,
    keysOf: companyKeys,
    isVisible: isCompanyVisible,
    indexes: [
      ...Object.values(sortPaths).map((path) => ({ visible: 1, [path]: -1, _id: -1 }) as const),
      { 'categories.primary': 1, publishedAt: -1, _id: -1 },
      { 'categories.secondary': 1, publishedAt: -1, _id: -1 },
      { 'locations.address.region': 1, 'locations.address.district': 1 },
    ],
  });
  return {
    ...versioned,
    list: (ctx, { filter, view, sort = DEFAULT_SORT, ...page }) =>
      versioned.page(ctx, {
        filter: buildListFilter(filter, view, ownConditions(filter)),
        sort: parseSort(sort, sortPaths),
        limit: page.limit,
        after: page.after,
        isTotalWanted: page.isTotalWanted,
      }),
  };
}

function ownConditions(filter: CompanyFilter): Filter[] {
  const { category, region, district, legalForm, supplierType, registrationNumber } = filter;
  const place = [...anyOf('address.region', region), ...anyOf('address.district', district)];
  return [
    ...(category
      ? [{ $or: [...anyOf('categories.primary', category), ...anyOf('categories.secondary', category)] }]
      : []),
    ...(place.length > 0 ? [{ locations: { $elemMatch: { $and: place } } }] : []),
    ...anyOf('legalForm', legalForm),
    ...anyOf('supplierTypes', supplierType),
    ...anyKeyOf('reg', registrationNumber),
  ];
}
