import { CategoryInput, CategoryState, type ListRequest, parseSort } from '@ortoo/shared/contracts';
import type { Clock, Context } from '@ortoo/shared/kernel';
import { createVersionedStore, type Mongo, type Page, type Relay, type VersionedStore } from '@ortoo/shared/outbox';

const sortPaths = { ordinal: 'ordinal' };
/** The portal's order. */
const DEFAULT_SORT = ['ordinal'];

export type CategoryStore = VersionedStore<CategoryState> & {
  /** Those of the codes that exist. */
  known(ctx: Context, codes: string[]): Promise<Set<string>>;
  /** A page of categories, in the portal's order unless asked otherwise. */
  list(ctx: Context, request: ListRequest<object>): Promise<Page<CategoryState>>;
};

/** Categories; the id is the code. They have no workflow: all are visible. */
export function createCategoryStore({
  mongo,
  relay,
  clock,
}: {
  mongo: Mongo;
  relay: Relay;
  clock: Clock;
}): CategoryStore {
  const versioned = createVersionedStore<CategoryState>({
    connection: mongo.connection,
    relay,
    clock,
    service: 'catalog',
    kind: 'category',
    collection: 'categories',
    members: CategoryState,
    input: CategoryInput,
    keysOf: () => [],
    isVisible: () => true,
    indexes: [{ ordinal: 1, _id: 1 }],
  });
  return {
    ...versioned,
    async known(ctx, codes) {
      const found = codes.length > 0 ? await versioned.getMany(ctx, codes) : [];
      return new Set(found.map(({ id }) => id));
    },
    list: (ctx, { sort = DEFAULT_SORT, limit, after, isTotalWanted }) =>
      versioned.page(ctx, { filter: {}, sort: parseSort(sort, sortPaths), limit, after, isTotalWanted }),
  };
}
