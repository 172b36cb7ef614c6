import {
  Article,
  ArticleInput,
  type ArticleState,
  beginLife,
  createEditReader,
  type EditRequest,
  firstSlugs,
  type Judging,
  lifeOf,
  nextSlugs,
  normalizeSlug,
  type RuleFault,
  requireNoFaults,
  slugKeys,
  slugOf,
  touch,
} from '@ortoo/shared/contracts';
import { AppError, type Instant } from '@ortoo/shared/kernel';
import {
  type DuplicateSight,
  firstDuplicate,
  nextDuplicate,
  type Print,
  printOf,
} from '../duplicates/duplicate.rules.ts';
import { type Mentioning, settleMentions } from '../mentions/article-mentions.rules.ts';
import { plainTextOf, settleBody } from './article-body.rules.ts';
import { settleCorrections } from './article-corrections.rules.ts';
import { fuzzyDateFaults } from './article-date.rules.ts';
import { readBodyHtml } from './article-html.rules.ts';
import { type Family, translationFaults } from './article-translation.rules.ts';
import { settleUrls } from './article-urls.rules.ts';

/** Paths of the API beside the articles' own. */
const reservedSlugs = new Set(['extract', 'ingest']);
/** The slug of an article whose headline has neither letters nor digits. */
const NAMELESS = 'article';

const readEdit = createEditReader({ input: ArticleInput, view: Article }, 'article.invalid');

/** What other documents say that an article is decided by; absent when the request says nothing of it. */
export type ArticleLookUps = { duplicates?: DuplicateSight; family?: Family; mentioning?: Mentioning };

/** The first state of an article. Throws VALIDATION_FAILED naming every member that breaks a rule. */
export function openArticle(input: ArticleInput, judging: Judging & ArticleLookUps): ArticleState {
  const { body, faults: unread } = readBodyHtml(input);
  const { slug, status, duplicateOf, bodyHtml: _read, ...members } = body as ArticleInput;
  const { settled, faults } = settle(members, { now: judging.stamp.now });
  const { duplicate, faults: twice } = firstDuplicate(duplicateOf, settled, judging.duplicates);
  requireNoFaults([
    ...unread,
    ...faultsOf(members, judging.knownCategories),
    ...faults,
    ...translationFaults(members, judging.family),
    ...slugFaults(slug),
    ...twice,
  ]);
  return {
    ...settled,
    ...duplicate,
    ...settleMentions(undefined, settled.plainText, judging.mentioning),
    ...beginLife(status ?? 'draft', judging.stamp),
    ...firstSlugs(slug, articleSlug(members.headline) + judging.suffix),
  };
}

/**
 * The state after a merge or a replacement; the state itself when nothing changes. Throws VALIDATION_FAILED naming
 * every member that breaks the schema or a rule.
 */
export function reviseArticle(
  state: ArticleState,
  request: EditRequest,
  judging: Judging & ArticleLookUps,
): ArticleState {
  const { body, faults: unread } = readBodyHtml(request.body, state.body);
  const { input, wish, faults } = readEdit(state, { ...request, body }, unread);
  const { slug, status: _status, duplicateOf: _of, bodyHtml: _read, ...members } = input;
  const known = new Set([...judging.knownCategories, ...(state.categories ?? [])]);
  const { settled, faults: broken } = settle(members, { now: judging.stamp.now, before: state });
  const sight = judging.duplicates;
  const { duplicate, faults: twice } = nextDuplicate(state, { body: request.body, print: settled, sight });
  requireNoFaults([
    ...faultsOf(members, known),
    ...broken,
    ...translationFaults(members, judging.family, state),
    ...slugFaults(slug),
    ...twice,
    ...faults,
  ]);
  const name = articleSlug(members.headline);
  const isRenamed = name !== articleSlug(state.headline);
  return touch(
    state,
    {
      ...settled,
      ...duplicate,
      ...settleMentions(state, settled.plainText, judging.mentioning),
      ...lifeOf(state),
      ...nextSlugs(state, { wish, made: name + judging.suffix, isRenamed }),
      ...(state.ingestKeys ? { ingestKeys: state.ingestKeys } : {}),
    },
    judging.stamp,
  );
}

/** By what the text is known again that a body, still unchecked, would make; undefined for a body that is refused. */
export function foreseePrint(body: object, current: ArticleState | undefined): Print | undefined {
  try {
    const input = current ? readEdit(current, { mode: 'merge', body: { ...body } }).input : (body as ArticleInput);
    return printOf({ ...input, plainText: plainTextOf(input.body) });
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** The unique keys: slugs past and present, the ids in other systems, the page that it was taken from. */
export function articleKeys(state: ArticleState): string[] {
  const external = (state.externalIds ?? []).map(({ system, value }) => `ext:${system}:${value}`);
  return [...slugKeys(state), ...external, ...(state.ingestKeys ?? [])];
}

export function isArticleVisible({ status }: ArticleState): boolean {
  return status === 'published';
}

type Members = Omit<ArticleInput, 'slug' | 'status' | 'bodyHtml' | 'duplicateOf'>;

/** The slug of a headline: Unicode letters stay. */
function articleSlug(headline: string): string {
  const slug = slugOf(headline) || NAMELESS;
  return reservedSlugs.has(slug) ? `${slug}-${NAMELESS}` : slug;
}

function settle(members: Members, { now, before }: { now: Instant; before?: ArticleState }) {
  const { urls, faults } = settleUrls(members);
  const { body, source, articleKind = 'news', corrections, ...others } = { ...members, ...urls };
  const place = source?.domain === undefined ? source : { ...source, domain: source.domain.toLowerCase() };
  const told = settleCorrections(corrections, { known: before?.corrections, now });
  const settled = {
    ...others,
    articleKind,
    ...(place ? { source: place } : {}),
    ...(told.corrections ? { corrections: told.corrections } : {}),
    ...settleBody(body, members.language, before?.body),
  };
  return { settled: { ...settled, ...printOf(settled) }, faults: [...faults, ...told.faults] };
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
