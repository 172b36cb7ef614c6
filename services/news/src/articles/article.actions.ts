import {
  type ArticleFilter,
  type ArticleInput,
  type ChangeRequest,
  type CreateRequest,
  type ListRequest,
  writeWithFreeSlug,
} from '@ortoo/shared/contracts';
import type { Clock, Context } from '@ortoo/shared/kernel';
import { actorName, createDocumentActions } from '@ortoo/shared/outbox';
import type { CategoryCodes } from '../categories/category-codes.follower.ts';
import { openArticle, reviseArticle } from './article.rules.ts';
import type { ArticleStore } from './article.store.ts';

type ArticleDeps = { articles: ArticleStore; categories: CategoryCodes; clock: Clock };
export type ArticleActions = ReturnType<typeof createArticleActions>;

/** What can be done with articles. Every write is one versioned document; its change is published by the relay. */
export function createArticleActions({ articles, categories, clock }: ArticleDeps) {
  const judgingOf = async (ctx: Context) => ({
    stamp: { now: clock.now(), actorId: actorName(ctx) },
    knownCategories: await categories.known(ctx),
  });

  return {
    ...createDocumentActions({ kind: 'article', store: articles, clock }),

    list: (ctx: Context, request: ListRequest<ArticleFilter>) => articles.list(ctx, request),

    create: async (ctx: Context, { id, input, requestKey }: CreateRequest<ArticleInput>) => {
      const judging = await judgingOf(ctx);
      return await writeWithFreeSlug(id, (suffix) =>
        articles.create(ctx, { id, state: openArticle(input, { ...judging, suffix }), requestKey }),
      );
    },

    change: async (ctx: Context, { id, v, mode, body, requestKey }: ChangeRequest) => {
      const judging = await judgingOf(ctx);
      return await writeWithFreeSlug(id, (suffix) =>
        articles.change(ctx, {
          id,
          v,
          type: 'updated',
          decide: (state) => reviseArticle(state, { mode, body }, { ...judging, suffix }),
          requestKey,
        }),
      );
    },
  };
}
