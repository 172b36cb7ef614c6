import {
  Article,
  type ArticleFilter,
  ArticleInput,
  type ChangeRequest,
  type CreateRequest,
  type ListRequest,
} from '@ortoo/shared/contracts';
import type { Clock, Context } from '@ortoo/shared/kernel';
import { createDocumentActions, createRevisionActions } from '@ortoo/shared/outbox';
import type { KnownCategories } from '../categories/known-categories.follower.ts';
import type { Duplicates } from '../duplicates/duplicates.actions.ts';
import { type ArticleLookUps, openArticle, reviseArticle } from './article.rules.ts';
import type { ArticleStore } from './article.store.ts';

type ArticleDeps = { articles: ArticleStore; categories: KnownCategories; duplicates: Duplicates; clock: Clock };
export type ArticleActions = ReturnType<typeof createArticleActions>;

/** What can be done with articles. */
export function createArticleActions({ articles, categories, duplicates, clock }: ArticleDeps) {
  const documents = createDocumentActions({
    kind: 'article',
    store: articles,
    clock,
    open: openArticle,
    revise: reviseArticle,
    knownCategories: (ctx) => categories.known(ctx),
    lookUp: async (ctx, body, id): Promise<ArticleLookUps> => ({ duplicates: await duplicates.sight(ctx, body, id) }),
  });

  return {
    ...documents,
    ...createRevisionActions({
      kind: 'article',
      store: articles,
      shapes: { view: Article, input: ArticleInput },
      // What it is a duplicate of is said of the texts that there are now, not of those that there were.
      change: (ctx: Context, { body: { duplicateOf: _past, ...body }, ...request }: ChangeRequest, type: string) =>
        documents.change(ctx, { ...request, body }, type),
    }),

    /** As of any document, with the articles like it where it is a duplicate. They never stand in its way. */
    create: async (ctx: Context, request: CreateRequest<ArticleInput>) =>
      duplicates.beside(ctx, await documents.create(ctx, request)),

    duplicates: duplicates.list,

    /** A category takes in its sub-categories. Throws UNAVAILABLE `categories.unknown` while those were never heard of. */
    list: async (ctx: Context, request: ListRequest<ArticleFilter>) => {
      const { category, ...filter } = request.filter;
      if (!category) return await articles.list(ctx, request);
      const widened = { ...filter, category: await categories.withChildren(ctx, category) };
      return await articles.list(ctx, { ...request, filter: widened });
    },
  };
}
