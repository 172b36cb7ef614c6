import {
  type FacetValue,
  type LocalizedText,
  pickText,
  type SearchFacet,
  type SearchKind,
  type SearchReply,
  type SearchRequest,
} from '@ortoo/shared/contracts';
import type { SearchAnswer } from '../index/engine-documents.ts';
import type { Relaxed, SearchPlan } from './build-query.ts';
import { labelOf } from './facet-labels.ts';
import { readFacets, readKinds } from './facets.ts';
import { buildHit, type HitPlan } from './search-hit.ts';
import { readTiles } from './tiles.ts';

const plurals: Record<SearchKind, string> = {
  company: 'companies',
  offering: 'offerings',
  article: 'articles',
  event: 'events',
  category: 'categories',
};

const urlOf = (kind: SearchKind, id: string) => `/v1/${plurals[kind]}/${id}`;

export type ReplyPlan = Omit<HitPlan, 'urlOf'> & {
  limit: number;
  /** What the next page counts starts from. */
  nowMs?: number;
  /** What a second look added; the next page is of the same hits. */
  relaxed?: Relaxed;
  facets?: SearchFacet[];
  hasTiles?: boolean;
  categoryName(code: string): LocalizedText | undefined;
};

/** What an answer needs to know of what was asked. */
export function replyPlanOf(
  { limit, query, nowMs, relaxed, facets, tiles, near, isExplained, isHighlighted }: SearchPlan,
  request: SearchRequest,
  categoryName: ReplyPlan['categoryName'],
): ReplyPlan {
  return {
    limit,
    lang: request.lang,
    seer: request,
    categoryName,
    ...(nowMs === undefined ? {} : { nowMs }),
    ...(relaxed ? { relaxed } : {}),
    ...(facets ? { facets } : {}),
    ...(tiles ? { hasTiles: true } : {}),
    ...(near ? { near } : {}),
    ...(isExplained ? { isExplained } : {}),
    ...(isHighlighted ? { marked: query.words } : {}),
  };
}

/** What of the answer is made from the engine's: the page, the cursor of the next one, and the counts. */
export function buildReply(
  answer: SearchAnswer,
  { limit, nowMs, relaxed, facets, hasTiles, categoryName, ...plan }: ReplyPlan,
): Pick<SearchReply, 'items' | 'next' | 'total' | 'kinds' | 'facets' | 'tiles' | 'relaxed'> {
  const page = answer.hits.slice(0, limit);
  const last = answer.hits.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map((hit) => buildHit(hit, { ...plan, urlOf })),
    next: last
      ? {
          index: last.index,
          sort: last.sort,
          ...(nowMs === undefined ? {} : { nowMs }),
          ...(relaxed ? { relaxed } : {}),
        }
      : null,
    relaxed: relaxed ? { reason: 'few-hits', by: ['typo'] } : null,
    total: answer.total,
    kinds: readKinds(answer.aggregations),
    ...(facets ? { facets: buildFacets(answer, { facets, lang: plan.lang, categoryName }) } : {}),
    ...(hasTiles ? { tiles: readTiles(answer.aggregations.tiles?.values) } : {}),
  };
}

function buildFacets(
  { aggregations }: SearchAnswer,
  { facets, lang, categoryName }: Required<Pick<ReplyPlan, 'facets' | 'lang' | 'categoryName'>>,
): Record<string, FacetValue[]> {
  const nameOf = (facet: SearchFacet, value: string) =>
    facet === 'category' ? pickText(categoryName(value) ?? {}, lang)?.text : labelOf(facet, value, lang);
  return Object.fromEntries(
    readFacets(aggregations, facets).map(([facet, values]) => [
      facet,
      values.map(({ value, count }) => ({ value, label: nameOf(facet, value) ?? value, count })),
    ]),
  );
}
