import { Article, type ArticleFilter, ArticleInput, type ListRequest } from '@ortoo/shared/contracts';
import type { Clock, Context } from '@ortoo/shared/kernel';
import { createDocumentActions, createRevisionActions } from '@ortoo/shared/outbox';
import type { KnownCategories } from '../categories/known-categories.follower.ts';
import { openArticle, reviseArticle } from './article.rules.ts';
import type { ArticleStore } from './article.store.ts';

type ArticleDeps = { articles: ArticleStore; categories: KnownCategories; clock: Clock };
export type ArticleActions = ReturnType<typeof createArticleActions>;

/** What can be done with articles. */
export function createArticleActions({ articles, categories, clock }: ArticleDeps) {
  const documents = createDocumentActions({
    kind: 'article',
    store: articles,
    clock,
    open: openArticle,
    revise: reviseArticle,
    knownCategories: (ctx) => categories.known(ctx),
  });

  return {
    ...documents,
    ...createRevisionActions({
      kind: 'article',
      store: articles,
      shapes: { view: Article, input: ArticleInput },
      change: documents.change,
    }),

    /** A category takes in its sub-categories. Throws UNAVAILABLE `categories.unknown` while those were never heard of. */
    list: async (ctx: Context, request: ListRequest<ArticleFilter>) => {
      const { category, ...filter } = request.filter;
      if (!category) return await articles.list(ctx, request);
      const widened = { ...filter, category: await categories.withChildren(ctx, category) };
      return await articles.list(ctx, { ...request, filter: widened });
    },
  };
}
