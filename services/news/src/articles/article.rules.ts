import {
  Article,
  ArticleInput,
  type ArticleState,
  beginLife,
  createEditReader,
  type EditRequest,
  firstSlugs,
  lifeOf,
  nextSlugs,
  normalizeSlug,
  type RuleFault,
  requireNoFaults,
  type Stamp,
  slugKeys,
  slugOf,
  touch,
} from '@ortoo/shared/contracts';
import { settleBody } from './article-body.rules.ts';
import { fuzzyDateFaults } from './article-date.rules.ts';

/** What a decision needs to know from outside. */
export type Judging = {
  stamp: Stamp;
  /** What makes the slug free when the headline's own is taken, e.g. `-2`. */
  suffix: string;
  /** The codes of all categories. */
  knownCategories: ReadonlySet<string>;
};

/** Paths of the API beside the articles' own. */
const reservedSlugs = new Set(['extract', 'ingest']);
/** The slug of an article whose headline has neither letters nor digits. */
const NAMELESS = 'article';

const readEdit = createEditReader({ input: ArticleInput, view: Article }, 'article.invalid');

/** The first state of an article. Throws VALIDATION_FAILED naming every member that breaks a rule. */
export function openArticle({ slug, status, ...members }: ArticleInput, judging: Judging): ArticleState {
  requireNoFaults([...faultsOf(members, judging.knownCategories), ...slugFaults(slug)]);
  const wish = slug === undefined ? ({ type: 'follow' } as const) : ({ type: 'pin', slug } as const);
  return {
    ...settle(members),
    ...beginLife(status ?? 'draft', judging.stamp),
    ...firstSlugs(wish, articleSlug(members.headline) + judging.suffix),
  };
}

/**
 * The state after a merge or a replacement; the state itself when nothing changes. Throws VALIDATION_FAILED naming
 * every member that breaks the schema or a rule.
 */
export function reviseArticle(state: ArticleState, request: EditRequest, judging: Judging): ArticleState {
  const { input, wish, faults } = readEdit(state, request);
  const { slug, status: _status, ...members } = input;
  const known = new Set([...judging.knownCategories, ...(state.categories ?? [])]);
  requireNoFaults([...faultsOf(members, known), ...slugFaults(slug), ...faults]);
  const name = articleSlug(members.headline);
  const isRenamed = name !== articleSlug(state.headline);
  return touch(
    state,
    { ...settle(members), ...lifeOf(state), ...nextSlugs(state, { wish, made: name + judging.suffix, isRenamed }) },
    judging.stamp,
  );
}

/** The unique keys: slugs past and present, the ids in other systems. */
export function articleKeys(state: ArticleState): string[] {
  return [...slugKeys(state), ...(state.externalIds ?? []).map(({ system, value }) => `ext:${system}:${value}`)];
}

export function isArticleVisible({ status }: ArticleState): boolean {
  return status === 'published';
}

type Members = Omit<ArticleInput, 'slug' | 'status'>;

/** The slug of a headline: Unicode letters stay. */
function articleSlug(headline: string): string {
  const slug = slugOf(headline) || NAMELESS;
  return reservedSlugs.has(slug) ? `${slug}-${NAMELESS}` : slug;
}

function settle({ body, source, articleKind = 'news', ...members }: Members) {
  const place = source?.domain === undefined ? source : { ...source, domain: source.domain.toLowerCase() };
  return { ...members, articleKind, ...(place ? { source: place } : {}), ...settleBody(body, members.language) };
}

function faultsOf(members: Members, known: ReadonlySet<string>): RuleFault[] {
  const { body = [], summary, categories = [], sourcePublishedAt } = members;
  const isEmpty = body.length === 0 && summary === undefined;
  return [
    ...(isEmpty
      ? [{ pointer: '/body', message: 'is missing', expected: 'a body or a summary', reason: 'article.empty' }]
      : []),
    ...categories.flatMap((code, place) => (known.has(code) ? [] : [categoryFault(code, place)])),
    ...(sourcePublishedAt ? fuzzyDateFaults(sourcePublishedAt, '/sourcePublishedAt') : []),
  ];
}

function categoryFault(code: string, place: number): RuleFault {
  const expected = 'the code of a category';
  return {
    pointer: `/categories/${place}`,
    message: `there is no category ${code}`,
    expected,
    reason: 'article.category-unknown',
  };
}

function slugFaults(slug: string | undefined): RuleFault[] {
  if (slug === undefined || !reservedSlugs.has(normalizeSlug(slug))) return [];
  const expected = 'another slug';
  return [
    { pointer: '/slug', message: 'is reserved for a path of the API', expected, reason: 'article.slug-reserved' },
  ];
}
