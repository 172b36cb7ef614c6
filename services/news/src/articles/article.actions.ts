import type { ArticleFilter, ListRequest } from '@ortoo/shared/contracts';
import type { Clock, Context } from '@ortoo/shared/kernel';
import { createDocumentActions } from '@ortoo/shared/outbox';
import type { CategoryCodes } from '../categories/category-codes.follower.ts';
import { openArticle, reviseArticle } from './article.rules.ts';
import type { ArticleStore } from './article.store.ts';

type ArticleDeps = { articles: ArticleStore; categories: CategoryCodes; clock: Clock };
export type ArticleActions = ReturnType<typeof createArticleActions>;

/** What can be done with articles. */
export function createArticleActions({ articles, categories, clock }: ArticleDeps) {
  return {
    ...createDocumentActions({
      kind: 'article',
      store: articles,
      clock,
      open: openArticle,
      revise: reviseArticle,
      knownCategories: (ctx) => categories.known(ctx),
    }),

    list: (ctx: Context, request: ListRequest<ArticleFilter>) => articles.list(ctx, request),
  };
}
