import { CategoryEdit, CategoryState, type ListRequest, parseSort } from '@ortoo/shared/contracts';
import type { Context } from '@ortoo/shared/kernel';
import { createVersionedStore, type Page, type StoreDeps, type VersionedStore } from '@ortoo/shared/outbox';

const sortPaths = { ordinal: 'place' };
/** The portal's order: sub-categories after their parent, by ordinal, then code. */
const DEFAULT_SORT = ['ordinal'];

/** Above all that there can be: 26 categories with 100 each. */
const CHILDREN_READ_MAX = 10_000;

export type CategoryStore = VersionedStore<CategoryState> & {
  /** Those of the codes that exist. */
  known(ctx: Context, codes: string[]): Promise<Set<string>>;
  /** The codes and those of their sub-categories. */
  withChildren(ctx: Context, codes: string[]): Promise<string[]>;
  /** A filter of a list that takes in the sub-categories of those that it names. */
  widen<F extends { category?: string[] | undefined }>(ctx: Context, filter: F): Promise<F>;
  /** A page of categories, in the portal's order unless asked otherwise. */
  list(ctx: Context, request: ListRequest<object>): Promise<Page<CategoryState>>;
};

/** Categories; the id is the code. They have no workflow: all are visible. */
export function createCategoryStore(deps: StoreDeps): CategoryStore {
  const versioned = createVersionedStore<CategoryState>({
    ...deps,
    service: 'catalog',
    kind: 'category',
    collection: 'categories',
    members: CategoryState,
    input: CategoryEdit,
    keysOf: () => [],
    isVisible: () => true,
    isIdReusable: true,
    indexes: [
      { place: 1, _id: 1 },
      { parent: 1, _id: 1 },
    ],
  });

  async function withChildren(ctx: Context, codes: string[]): Promise<string[]> {
    const filter = { parent: { $in: codes } };
    const children = await versioned.pick(ctx, { filter, members: ['parent'], limit: CHILDREN_READ_MAX });
    return [...new Set([...codes, ...children.map(({ id }) => id)])];
  }

  return {
    ...versioned,
    async known(ctx, codes) {
      const found = codes.length > 0 ? await versioned.getMany(ctx, codes) : [];
      return new Set(found.map(({ id }) => id));
    },
    withChildren,
    widen: async (ctx, filter) =>
      filter.category ? { ...filter, category: await withChildren(ctx, filter.category) } : filter,
    list: (ctx, { sort = DEFAULT_SORT, limit, after, isTotalWanted }) =>
      versioned.page(ctx, { filter: {}, sort: parseSort(sort, sortPaths), limit, after, isTotalWanted }),
  };
}
