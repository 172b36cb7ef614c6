import {
  Category,
  CategoryInput,
  type ChangeRequest,
  type ExportRequest,
  type GetManyRequest,
  type GetRequest,
  type ListRequest,
  type SummaryRequest,
  type VersionsRequest,
} from '@ortoo/shared/contracts';
import type { Clock, Context } from '@ortoo/shared/kernel';
import { createRevisionActions } from '@ortoo/shared/outbox';
import { openCategory, reviseCategory } from './category.rules.ts';
import type { CategoryStore } from './category.store.ts';
import { readCategorySeed } from './category-seed.ts';

export type CategoryActions = ReturnType<typeof createCategoryActions>;

/** What can be done with categories. The portal's own are neither created nor deleted by callers. */
export function createCategoryActions({ categories, clock }: { categories: CategoryStore; clock: Clock }) {
  const change = (ctx: Context, { id, v, mode, body, requestKey }: ChangeRequest, type = 'updated') =>
    categories.change(ctx, {
      id,
      v,
      type,
      decide: (state) => reviseCategory(state, { mode, body }, clock.now()),
      requestKey,
    });

  return {
    /** Creates those of the 26 that are not there yet; what is there stays as it was edited. Safe in several replicas. */
    async plant(ctx: Context) {
      const seeds = readCategorySeed();
      const known = await categories.known(
        ctx,
        seeds.map(({ id }) => id),
      );
      for (const seed of seeds.filter(({ id }) => !known.has(id))) {
        await categories.create(ctx, { id: seed.id, state: openCategory(seed, clock.now()), requestKey: 'plant' });
      }
    },

    get: (ctx: Context, { ref }: GetRequest) => categories.get(ctx, ref),

    getMany: (ctx: Context, { ids }: GetManyRequest) => categories.getMany(ctx, ids),

    list: (ctx: Context, request: ListRequest<object>) => categories.list(ctx, request),

    change,

    ...createRevisionActions({
      kind: 'category',
      store: categories,
      shapes: { view: Category, input: CategoryInput },
      change,
    }),

    exportPage: (ctx: Context, request: ExportRequest) => categories.exportPage(ctx, request),

    summary: (ctx: Context, request: SummaryRequest) => categories.summary(ctx, request),

    versions: (ctx: Context, request: VersionsRequest) => categories.versions(ctx, request),
  };
}
