import {
  type ArticleFilter,
  ArticleInput,
  ArticleState,
  type ListRequest,
  type SortValues,
} from '@ortoo/shared/contracts';
import type { Context } from '@ortoo/shared/kernel';
import {
  anyOf,
  createLister,
  createVersionedStore,
  type Filter,
  type Page,
  type StoreDeps,
  type VersionedStore,
} from '@ortoo/shared/outbox';
import { createDuplicateQueries, type DuplicateQueries, duplicateIndexes } from '../duplicates/duplicate.store.ts';
import { articleKeys, isArticleVisible } from './article.rules.ts';

/** What each public sort name means. Dates of sources sort as text, so a bare year comes before its months. */
const sortPaths = {
  publishedAt: 'publishedAt',
  createdAt: 'createdAt',
  updatedAt: 'updatedAt',
  sourcePublishedAt: 'sourcePublishedAt.date',
};
const DEFAULT_SORT = ['-publishedAt'];

export type ArticleStore = VersionedStore<ArticleState> &
  DuplicateQueries & {
    /** A page of articles, the newest publication first unless asked otherwise. */
    list(ctx: Context, request: ListRequest<ArticleFilter>): Promise<Page<ArticleState>>;
    /** The next few articles, by id, that keep a copy of one of some companies. */
    naming(ctx: Context, options: NamingOptions): Promise<Page<ArticleState>>;
    /** The next few articles, the last made first. */
    backwards(ctx: Context, options: Omit<NamingOptions, 'companyIds'>): Promise<Page<ArticleState>>;
  };

type NamingOptions = { companyIds: string[]; limit: number; after: SortValues | undefined };

/** Articles with their unique keys (slugs, external ids) and the indexes that lists need. */
export function createArticleStore(deps: StoreDeps): ArticleStore {
  const versioned = createVersionedStore<ArticleState>({
    ...deps,
    service: 'news',
    kind: 'article',
    collection: 'articles',
    members: ArticleState,
    input: ArticleInput,
    keysOf: articleKeys,
    isVisible: isArticleVisible,
    indexes: [
      ...Object.values(sortPaths).map((path) => ({ visible: 1, [path]: -1, _id: -1 }) as const),
      { categories: 1, publishedAt: -1, _id: -1 },
      { 'source.domain': 1, publishedAt: -1, _id: -1 },
      ...duplicateIndexes,
      { translationOf: 1 },
      { canonicalUrl: 1 },
      { 'mentioned.id': 1, publishedAt: -1, _id: -1 },
      { 'mentioned.id': 1, _id: 1 },
    ],
  });
  const list = createLister(versioned, { sortPaths, usualSort: DEFAULT_SORT, conditionsOf: ownConditions });
  return {
    ...versioned,
    ...createDuplicateQueries(versioned),
    list: (ctx, request) => list(ctx, request, namingAny(request)),
    naming: (ctx, { companyIds, limit, after }) =>
      versioned.page(ctx, { filter: { 'mentioned.id': { $in: companyIds } }, sort: [], limit, after }),
    // ids sort by the time at which they were made
    backwards: (ctx, page) => versioned.page(ctx, { filter: {}, sort: [{ path: '_id', isDescending: true }], ...page }),
  };
}

/** To the public an article names a company only while the public sees that. */
function namingAny({ filter: { companyId }, view }: ListRequest<ArticleFilter>): Filter[] {
  if (!companyId || view === 'staff') return anyOf('mentioned.id', companyId);
  return [{ mentioned: { $elemMatch: { id: { $in: companyId }, visible: true } } }];
}

/** The time of publication is half-open: from is in, to is out. */
function ownConditions(filter: ArticleFilter): Filter[] {
  const { category, language, source, articleKind, publishedFrom, publishedTo } = filter;
  const { duplicate, duplicateOf } = filter;
  return [
    ...anyOf('categories', category),
    ...anyOf('language', language),
    ...anyOf(
      'source.domain',
      source?.map((domain) => domain.toLowerCase()),
    ),
    ...anyOf('articleKind', articleKind),
    ...(duplicate === undefined ? [] : [{ duplicateOf: { $exists: duplicate } }]),
    ...anyOf('duplicateOf', duplicateOf),
    ...(publishedFrom ? [{ publishedAt: { $gte: publishedFrom } }] : []),
    ...(publishedTo ? [{ publishedAt: { $lt: publishedTo } }] : []),
  ];
}
