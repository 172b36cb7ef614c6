import {
  type CompanyFilter,
  CompanyInput,
  CompanyState,
  type ListRequest,
  type Relation,
} from '@ortoo/shared/contracts';
import type { Context } from '@ortoo/shared/kernel';
import {
  anyKeyOf,
  anyOf,
  createLister,
  createVersionedStore,
  type Filter,
  type Page,
  type Picked,
  type StoreDeps,
  type VersionedStore,
} from '@ortoo/shared/outbox';
import { categoryIndexes, inCategory } from '../categories/category-members.store.ts';
import { companyKeys, isCompanyVisible } from './company.rules.ts';
import { type Candidate, candidateMembers } from './company-duplicates.rules.ts';
import { type Related, walkUp } from './company-hierarchy.ts';
import { aboveBy, type RelationsAround } from './company-relations.rules.ts';

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

/** Companies that count as having an id or a number that is asked for, since one that has it was merged into them. */
export type Heirs = { externalId: string[]; registrationNumber: string[] };

/** Candidates for duplicates that are looked at; more share only what thousands share. */
const STRONG_MAX = 100;
const WEAK_MAX = 200;

const noHeirs: Heirs = { externalId: [], registrationNumber: [] };

export type CompanyStore = VersionedStore<CompanyState> & {
  /** A page of companies, the newest publication first unless asked otherwise. */
  list(ctx: Context, request: ListRequest<CompanyFilter>, heirs?: Heirs): Promise<Page<CompanyState>>;
  /** The merged companies that hold one of some unique keys. */
  merged(ctx: Context, keys: string[]): Promise<Picked<CompanyState, 'mergedInto'>[]>;
  /** Other companies that share a key by which duplicates are found; at most 100 by strong keys, 200 by weak ones. */
  sharing(ctx: Context, keys: { strong: string[]; weak: string[] }, except: string): Promise<Candidate[]>;
  /** What relations that the company `id` is about to have are judged by. */
  around(ctx: Context, id: string, relations: readonly Relation[]): Promise<RelationsAround>;
};

/** Companies with their unique keys (slugs, registration number, external ids) and the indexes that lists need. */
export function createCompanyStore(deps: StoreDeps): CompanyStore {
  const versioned = createVersionedStore<CompanyState>({
    ...deps,
    service: 'catalog',
    kind: 'company',
    collection: 'companies',
    members: CompanyState,
    input: CompanyInput,
    keysOf: companyKeys,
    isVisible: isCompanyVisible,
    indexes: [
      ...Object.values(sortPaths).map((path) => ({ visible: 1, [path]: -1, _id: -1 }) as const),
      ...categoryIndexes,
      { 'locations.address.region': 1, 'locations.address.district': 1 },
      { 'relations.companyId': 1 },
      { matchKeys: 1 },
    ],
  });

  const list = createLister(versioned, { sortPaths, usualSort: DEFAULT_SORT, conditionsOf: ownConditions });

  async function related(ctx: Context, filter: Filter, limit: number): Promise<Related[]> {
    const found = await versioned.pick(ctx, { filter, members: ['relations'], limit });
    return found.map(({ id, state: { relations = [] } }) => ({ id, relations }));
  }

  return {
    ...versioned,
    list: (ctx, { filter: { externalId, registrationNumber, ...filter }, ...request }, heirs = noHeirs) =>
      list(ctx, { ...request, filter }, [
        ...orOneOf(anyKeyOf('ext', externalId), heirs.externalId),
        ...orOneOf(anyKeyOf('reg', registrationNumber), heirs.registrationNumber),
      ]),

    merged: (ctx, keys) =>
      versioned.pick(ctx, {
        filter: { keys: { $in: keys }, mergedInto: { $exists: true } },
        members: ['mergedInto'],
        limit: keys.length,
      }),

    async sharing(ctx, { strong, weak }, except) {
      const look = async (keys: string[], limit: number) =>
        keys.length === 0
          ? []
          : await versioned.pick(ctx, {
              filter: { matchKeys: { $in: keys }, mergedInto: { $exists: false }, _id: { $ne: except } },
              members: candidateMembers,
              limit,
            });
      const found = await Promise.all([look(strong, STRONG_MAX), look(weak, WEAK_MAX)]);
      return [...new Map(found.flat().map((candidate) => [candidate.id, candidate])).values()];
    },

    async around(ctx, id, relations) {
      const ids = [...new Set(relations.map(({ companyId }) => companyId))];
      const [found, hierarchy] = await Promise.all([
        related(ctx, { _id: { $in: ids } }, ids.length),
        walkUp([id, ...aboveBy(relations)], id, async (level, limit) => {
          const [named, owners] = await Promise.all([
            related(ctx, { _id: { $in: level } }, limit),
            related(ctx, { relations: { $elemMatch: { type: 'subsidiary', companyId: { $in: level } } } }, limit),
          ]);
          return { named, owners };
        }),
      ]);
      return { id, known: new Set(found.map((company) => company.id)), hierarchy };
    },
  };
}

/** A condition, or being one of some documents. */
function orOneOf(conditions: Filter[], ids: string[]): Filter[] {
  return ids.length > 0 ? [{ $or: [...conditions, { _id: { $in: ids } }] }] : conditions;
}

function ownConditions(filter: CompanyFilter): Filter[] {
  const { category, region, district, legalForm, supplierType } = filter;
  const place = [...anyOf('address.region', region), ...anyOf('address.district', district)];
  return [
    ...inCategory(category),
    ...(place.length > 0 ? [{ locations: { $elemMatch: { $and: place } } }] : []),
    ...anyOf('legalForm', legalForm),
    ...anyOf('supplierTypes', supplierType),
    ...levelCondition(filter.verification),
  ];
}

/** A company of which nobody has said anything is not verified. */
function levelCondition(levels: CompanyFilter['verification']): Filter[] {
  if (!levels) return [];
  return [{ 'verification.level': { $in: levels.includes('none') ? [...levels, null] : levels } }];
}
