import type { SearchRequest } from '@ortoo/shared/contracts';
import type { CategoryWords } from '../categories/category-words.ts';
import type { SearchPlan } from './build-query.ts';
import type { MeantCategory } from './category-intent.ts';
import { readAfter } from './cursor.ts';
import { buildFilters } from './filter-clauses.ts';
import { readPlace } from './place.ts';
import { readQuery, type TypedQuery } from './read-query.ts';
import { sortKeysOf } from './sorting.ts';
import { textFieldsOf } from './text-fields.ts';

/** What a request asks of one index. Throws VALIDATION_FAILED for what its schema cannot see. */
export function planSearch(
  request: SearchRequest,
  words: Pick<CategoryWords, 'find' | 'expand' | 'families'>,
  { index, version, nowMs: givenMs }: { index: string; version: number; nowMs: number },
): SearchPlan {
  const { kinds, view, staffOf, facets, limit, highlight, explain } = request;
  const query = readQuery(request.q);
  const place = readPlace(request);
  const nowMs = request.after?.nowMs ?? givenMs;
  const sort = sortKeysOf(query, request.sort, place.near, nowMs);
  const after = readAfter(request.after, sort, index);
  return {
    query,
    intent: meantBy(query, words),
    view,
    texts: textFieldsOf(version),
    limit,
    sort,
    filters: [...buildFilters(request, words.expand), ...place.filters],
    isHighlighted: highlight === true && query.words.length > 0,
    isExplained: explain === true,
    isByRelevance: !query.isEmpty && (request.sort ?? 'relevance') === 'relevance',
    ...(request.after?.relaxed ? { relaxed: request.after.relaxed } : {}),
    ...(request.sort === 'start' ? { nowMs } : {}),
    ...(place.near ? { near: place.near } : {}),
    ...(place.tiles ? { tiles: place.tiles } : {}),
    ...(staffOf ? { staffOf } : {}),
    ...(facets ? { facets, families: words.families() } : {}),
    ...(kinds ? { kinds } : {}),
    ...(after ? { after } : {}),
  };
}

/** The categories that a query means, as it was typed or in full: each once, by its surest reading. */
function meantBy({ words: typed, also }: TypedQuery, words: Pick<CategoryWords, 'find'>): MeantCategory[] {
  const surest = new Map<string, MeantCategory>();
  const readings = [typed, ...also.texts.map((text) => text.split(' '))];
  for (const one of readings.flatMap((reading) => words.find(reading)))
    if (one.weight > (surest.get(one.code)?.weight ?? 0)) surest.set(one.code, one);
  return [...surest.values()].toSorted((a, b) => b.weight - a.weight || (a.code < b.code ? -1 : 1));
}
