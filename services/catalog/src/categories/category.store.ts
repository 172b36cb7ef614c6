import { CategoryInput, CategoryState } from '@ortoo/shared/contracts';
import type { Clock, Context } from '@ortoo/shared/kernel';
import { createVersionedStore, type Mongo, type Page, type Relay, type VersionedStore } from '@ortoo/shared/outbox';

/** More categories than one answer holds are a design of their own. */
const CATEGORIES_MAX = 100;

export type CategoryStore = VersionedStore<CategoryState> & {
  /** Those of the codes that exist. */
  known(ctx: Context, codes: string[]): Promise<Set<string>>;
  /** All categories in the portal's order. */
  all(ctx: Context): Promise<Page<CategoryState>>;
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
    all: (ctx) =>
      versioned.page(ctx, { filter: {}, sort: [{ path: 'ordinal', isDescending: false }], limit: CATEGORIES_MAX }),
  };
}
