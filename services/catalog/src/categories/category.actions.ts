import {
  Category,
  CategoryEdit,
  type CategoryInput,
  type CategoryState,
  type ChangeRequest,
  type CreateRequest,
  type ExportRequest,
  type GetManyRequest,
  type GetRequest,
  type ListRequest,
  type RemoveRequest,
  type SummaryRequest,
  type VersionsRequest,
} from '@ortoo/shared/contracts';
import type { Clock, Context } from '@ortoo/shared/kernel';
import { createRevisionActions } from '@ortoo/shared/outbox';
import { Type } from 'typebox';
import { openCategory, openSubCategory, plantCategory, requireRemovable, reviseCategory } from './category.rules.ts';
import type { CategoryStore } from './category.store.ts';
import { readCategorySeed } from './category-seed.ts';

/** What a restore brings back: a category made again elsewhere stays where it is. */
const { parent: _parent, ...restorable } = CategoryEdit.properties;

type Listed = { total?: number };
/** What is in categories, by its plural; asked for all that lives, whatever its status. */
type CategoryUser = {
  list(ctx: Context, request: ListRequest<{ category?: string[] }>): Promise<Listed>;
};
type CategoryDeps = { categories: CategoryStore; users: Record<string, CategoryUser>; clock: Clock };
export type CategoryActions = ReturnType<typeof createCategoryActions>;

/** What can be done with categories. The portal's own are neither created nor deleted by callers. */
export function createCategoryActions({ categories, users, clock }: CategoryDeps) {
  async function countUses(ctx: Context, code: string): Promise<Record<string, number>> {
    const request = { filter: { category: [code] }, view: 'staff', lang: 'en', limit: 1, isTotalWanted: true } as const;
    const counted = Object.entries(users).map(async ([plural, { list }]) => {
      const { total = 0 } = await list(ctx, { ...request, filter: { category: [code] } });
      return [plural, total] as const;
    });
    return Object.fromEntries(await Promise.all(counted));
  }

  const change = (ctx: Context, { id, v, mode, body, requestKey }: ChangeRequest, type = 'updated') =>
    categories.change(ctx, {
      id,
      v,
      type,
      decide: (state) => reviseCategory(state, { mode, body }, clock.now()),
      requestKey,
    });

  return {
    /**
     * Creates those of the 26 that are not there yet, and brings what the seed says newly to those that are: what was
     * edited stays. Safe in several replicas.
     */
    async plant(ctx: Context) {
      const seeds = readCategorySeed();
      const found = await categories.getMany(
        ctx,
        seeds.map(({ id }) => id),
      );
      const known = new Map(found.map((category) => [category.id, category]));
      for (const seed of seeds) {
        const { id } = seed;
        const planted = known.get(id);
        if (!planted) {
          await categories.create(ctx, { id, state: openCategory(seed, clock.now()), requestKey: 'plant' });
          continue;
        }
        const decide = (state: CategoryState) => plantCategory({ v: planted.v, state }, seed, clock.now());
        if (decide(planted.state) !== planted.state) await categories.change(ctx, { id, type: 'planted', decide });
      }
    },

    get: (ctx: Context, { ref }: GetRequest) => categories.get(ctx, ref),

    getMany: (ctx: Context, { ids }: GetManyRequest) => categories.getMany(ctx, ids),

    list: (ctx: Context, request: ListRequest<object>) => categories.list(ctx, request),

    /** Makes a sub-category under the code that the caller chose; one that was deleted goes on with its version. */
    create: async (ctx: Context, { id, input, requestKey }: CreateRequest<CategoryInput>) => {
      const [parent, family] = await Promise.all([
        categories.find(ctx, input.parent),
        categories.withChildren(ctx, [input.parent]),
      ]);
      const siblings = family.filter((code) => code !== input.parent && code !== id).length;
      const state = openSubCategory(input, { parent: parent?.state, siblings }, clock.now());
      return await categories.create(ctx, { id, state, requestKey });
    },

    change,

    ...createRevisionActions({
      kind: 'category',
      store: categories,
      shapes: { view: Category, input: Type.Object(restorable) },
      change,
    }),

    /** Deletes a sub-category that nothing of the catalog is in. Throws CONFLICT `category.fixed`, `category.in-use`. */
    remove: async (ctx: Context, request: RemoveRequest) => {
      const { id } = request;
      const allow = async (state: CategoryState) =>
        requireRemovable({ id, state }, state.parent === null ? {} : await countUses(ctx, id));
      return await categories.remove(ctx, { ...request, allow });
    },

    exportPage: (ctx: Context, request: ExportRequest) => categories.exportPage(ctx, request),

    summary: (ctx: Context, request: SummaryRequest) => categories.summary(ctx, request),

    versions: (ctx: Context, request: VersionsRequest) => categories.versions(ctx, request),
  };
}
