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
import { afterWrite } from '../companies/company-crossing.ts';
import {
  openCategory,
  openSubCategory,
  plantCategory,
  requireNotFixed,
  requireUnused,
  reviseCategory,
} from './category.rules.ts';
import type { CategoryStore } from './category.store.ts';
import { readCategorySeed } from './category-seed.ts';
import type { CategoryKeeping } from './category-uses.actions.ts';
import type { CategoryUses } from './category-uses.client.ts';

/** What a restore brings back: a category made again elsewhere stays where it is. */
const { parent: _parent, ...restorable } = CategoryEdit.properties;

type CategoryDeps = { categories: CategoryStore; uses: CategoryUses; keeping: CategoryKeeping; clock: Clock };
export type CategoryActions = ReturnType<typeof createCategoryActions>;

/** What can be done with categories. The portal's own are neither created nor deleted by callers. */
export function createCategoryActions({ categories, uses, keeping, clock }: CategoryDeps) {
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

    /**
     * Deletes a sub-category that nothing is in. Throws CONFLICT `category.fixed`, and `category.in-use`, also when
     * something was put into it at the same moment: it is back then. Throws TIMEOUT when that cannot be seen just now.
     */
    remove: async (ctx: Context, request: RemoveRequest) => {
      const { id } = request;
      const allow = async (state: CategoryState) => {
        requireNotFixed({ id, state });
        requireUnused(id, await uses.count(ctx, id));
      };
      const removed = await categories.remove(ctx, { ...request, allow });
      requireUnused(id, await afterWrite(keeping.keep(ctx, id)));
      return removed;
    },

    exportPage: (ctx: Context, request: ExportRequest) => categories.exportPage(ctx, request),

    summary: (ctx: Context, request: SummaryRequest) => categories.summary(ctx, request),

    versions: (ctx: Context, request: VersionsRequest) => categories.versions(ctx, request),
  };
}
