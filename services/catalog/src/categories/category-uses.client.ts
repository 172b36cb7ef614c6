import { type Bus, decodeJson } from '@ortoo/shared/bus';
import type { Change, CompanyFilter, GetManyRequest, ListRequest, OfferingFilter } from '@ortoo/shared/contracts';
import type { Context } from '@ortoo/shared/kernel';
import type { CompanyStore } from '../companies/company.store.ts';
import type { OfferingStore } from '../offerings/offering.store.ts';
import { codesIn } from './category-codes.rules.ts';

type Kind = Change['data']['kind'];
type OwnFilter = Pick<CompanyFilter & OfferingFilter, 'category'>;
type OwnUser = {
  list(ctx: Context, request: ListRequest<OwnFilter>): Promise<{ total?: number }>;
  getMany(ctx: Context, ids: string[]): Promise<{ state: { categories: unknown } }[]>;
};
type User = {
  kind: Kind;
  count(ctx: Context, code: string): Promise<number>;
  codesOf(ctx: Context, ids: string[]): Promise<string[]>;
};

/** What lives in categories, whatever its status, in the catalog and in news. Everything throws UNAVAILABLE while news is away. */
export type CategoryUses = {
  /** How many documents are in a category, by their plural. */
  count(ctx: Context, code: string): Promise<Record<string, number>>;
  /** The codes that some documents of one kind, at most 100, name now. */
  codesOf(ctx: Context, kind: Kind, ids: string[]): Promise<string[]>;
};

/** Asks the stores of the catalog, and news over the bus. */
export function createCategoryUses({
  companies,
  offerings,
  bus,
}: {
  companies: CompanyStore;
  offerings: OfferingStore;
  bus: Pick<Bus, 'callBytes'>;
}): CategoryUses {
  const users: Record<string, User> = {
    companies: ownUser('company', companies),
    offerings: ownUser('offering', offerings),
    articles: newsUser(bus, 'article'),
    events: newsUser(bus, 'event'),
  };
  return {
    count: async (ctx, code) => {
      const counted = Object.entries(users).map(
        async ([plural, { count }]) => [plural, await count(ctx, code)] as const,
      );
      return Object.fromEntries(await Promise.all(counted));
    },
    codesOf: async (ctx, kind, ids) => {
      const user = Object.values(users).find((one) => one.kind === kind);
      return user && ids.length > 0 ? await user.codesOf(ctx, ids) : [];
    },
  };
}

const counting = (code: string) =>
  ({
    filter: { category: [code] },
    view: 'staff',
    lang: 'en',
    limit: 1,
    isTotalWanted: true,
  }) satisfies ListRequest<OwnFilter>;

function ownUser(kind: Kind, store: OwnUser): User {
  return {
    kind,
    count: async (ctx, code) => (await store.list(ctx, counting(code))).total ?? 0,
    codesOf: async (ctx, ids) => (await store.getMany(ctx, ids)).flatMap(({ state }) => codesIn(state.categories)),
  };
}

function newsUser(bus: Pick<Bus, 'callBytes'>, kind: 'article' | 'event'): User {
  return {
    kind,
    count: async (ctx, code) => {
      const { meta } = await bus.callBytes(ctx, `rpc.news.${kind}.list`, { ...counting(code), fields: ['id'] });
      return Number(meta.total);
    },
    codesOf: async (ctx, ids) => {
      const request = { ids, view: 'staff', lang: 'en', fields: ['categories'] } satisfies GetManyRequest;
      const { body } = await bus.callBytes(ctx, `rpc.news.${kind}.getMany`, request);
      return (decodeJson(body) as { categories?: unknown }[]).flatMap(({ categories }) => codesIn(categories));
    },
  };
}
