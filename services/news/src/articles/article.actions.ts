import {
  Article,
  type ArticleFilter,
  ArticleInput,
  type ChangeRequest,
  type CreateRequest,
  type GetManyRequest,
  type GetRequest,
  type ListRequest,
  type MentionRequest,
  type MoveRequest,
  type RestoreRequest,
  type RevisionRequest,
} from '@ortoo/shared/contracts';
import type { Clock, Context } from '@ortoo/shared/kernel';
import { actorName, createDocumentActions, createRevisionActions } from '@ortoo/shared/outbox';
import type { KnownCategories } from '../categories/known-categories.follower.ts';
import type { Duplicates } from '../duplicates/duplicates.actions.ts';
import { judgeMention } from '../mentions/article-mentions.rules.ts';
import type { Mentions } from '../mentions/mentions.ts';
import { type ArticleLookUps, openArticle, reviseArticle } from './article.rules.ts';
import type { ArticleStore } from './article.store.ts';
import { createArticleFamilies } from './article-families.ts';
import { readBodyHtml } from './article-html.rules.ts';
import { createTranslationCheck } from './translation-crossing.ts';

type ArticleDeps = {
  articles: ArticleStore;
  categories: KnownCategories;
  duplicates: Duplicates;
  mentions: Mentions;
  clock: Clock;
};
export type ArticleActions = ReturnType<typeof createArticleActions>;

/** What can be done with articles. What is answered of one tells the same in other languages. */
export function createArticleActions({ articles, categories, duplicates, mentions, clock }: ArticleDeps) {
  const families = createArticleFamilies(articles);
  const uncrossed = createTranslationCheck({ articles, families, clock });
  const documents = createDocumentActions({
    kind: 'article',
    store: articles,
    clock,
    open: openArticle,
    revise: reviseArticle,
    knownCategories: (ctx) => categories.known(ctx),
    lookUp: async (ctx, given, id): Promise<ArticleLookUps> => {
      const { body } = readBodyHtml(given);
      const [family, sight, named] = await Promise.all([
        families.around(ctx, body, id),
        duplicates.sight(ctx, body, id),
        mentions.lookUp(body),
      ]);
      return { ...family, ...named, duplicates: sight };
    },
  });
  const revisions = createRevisionActions({
    kind: 'article',
    store: articles,
    shapes: { view: Article, input: ArticleInput },
    // What it is a duplicate of is said of the texts that there are now, not of those that there were.
    change: (ctx: Context, { body: { duplicateOf: _past, ...body }, ...request }: ChangeRequest, type: string) =>
      documents.change(ctx, { ...request, body }, type),
  });

  return {
    ...documents,
    ...revisions,
    get: async (ctx: Context, request: GetRequest) => {
      const found = await documents.get(ctx, request);
      return 'movedTo' in found ? found : await families.one(ctx, found, request);
    },
    getMany: async (ctx: Context, request: GetManyRequest) =>
      families.withKin(ctx, await documents.getMany(ctx, request), request),
    change: async (ctx: Context, request: ChangeRequest) =>
      families.written(ctx, await uncrossed(ctx, await documents.change(ctx, request))),
    move: async (ctx: Context, request: MoveRequest) =>
      families.written(ctx, await documents.move(ctx, request), request.view),
    /** As it was, among the translations of now. */
    revision: async (ctx: Context, request: RevisionRequest) =>
      families.one(ctx, await revisions.revision(ctx, request), {}),
    restore: async (ctx: Context, request: RestoreRequest) =>
      families.written(ctx, await uncrossed(ctx, await revisions.restore(ctx, request))),

    /** As of any document, with the articles like it where it is a duplicate. They never stand in its way. */
    create: async (ctx: Context, request: CreateRequest<ArticleInput>) => {
      const made = await uncrossed(ctx, await documents.create(ctx, request));
      const [beside, known] = await Promise.all([duplicates.beside(ctx, made), families.written(ctx, made)]);
      return { ...beside, ...known };
    },

    duplicates: duplicates.list,

    /** An editor's word on a mention. Throws what `judgeMention` and `VersionedStore.change` throw. */
    mention: async (ctx: Context, { id: ref, n, verdict, v, view, requestKey }: MentionRequest) => {
      const judged = await articles.change(ctx, {
        id: await documents.idOf(ctx, ref),
        v,
        requestKey,
        type: verdict === 'confirm' ? 'mention-confirmed' : 'mention-removed',
        decide: (state) => judgeMention(state, { n, verdict }, { now: clock.now(), actorId: actorName(ctx) }),
      });
      return await families.written(ctx, judged, view);
    },

    /** A category takes in its sub-categories. Throws UNAVAILABLE `categories.unknown` while those were never heard of. */
    list: async (ctx: Context, request: ListRequest<ArticleFilter>) => {
      const { category, ...filter } = request.filter;
      const widened = category ? { ...filter, category: await categories.withChildren(ctx, category) } : filter;
      const page = await articles.list(ctx, { ...request, filter: widened });
      return { ...page, items: await families.withKin(ctx, page.items, request) };
    },
  };
}
