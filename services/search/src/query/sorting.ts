import type { SearchSort } from '@ortoo/shared/contracts';
import type { Sort } from '../index/engine-documents.ts';
import type { GeoPoint } from './place.ts';
import type { TypedQuery } from './read-query.ts';

/** One key of an order, and what a cursor holds of it. */
export type SortKey = { type: 'number' | 'string'; clause: Sort };

const id: SortKey = { type: 'string', clause: { id: { order: 'asc' } } };
const quality: SortKey = { type: 'number', clause: { quality: { order: 'desc' } } };

/** What has no time comes last either way; the engine's own stand-in for it is a number that JSON cannot hold. */
const FIRST_MS = Date.parse('0001-01-01T00:00:00Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59Z');

/** The first value at or after a moment. No order of the engine leaves values of a field out, so that a script looks at them. */
const NEXT_START = `
  long next = params.none;
  for (def start : doc['starts']) {
    long at = start.toInstant().toEpochMilli();
    if (at >= params.now && at < next) next = at;
  }
  return next;`;

function byNextStart(nowMs: number): SortKey {
  const script = { source: NEXT_START, params: { now: nowMs, none: LAST_MS } };
  return { type: 'number', clause: { _script: { type: 'number', order: 'asc', script } } };
}

function byTime(field: string, order: 'asc' | 'desc'): SortKey {
  return { type: 'number', clause: { [field]: { order, missing: order === 'asc' ? LAST_MS : FIRST_MS } } };
}

/**
 * The keys of an order, the id last, so that no two hits tie. By relevance, or the newest first when nothing was typed;
 * by distance, what has no place comes last, infinitely far; by start, what begins no more, or never, from `nowMs` on.
 */
export function sortKeysOf(
  { isEmpty }: Pick<TypedQuery, 'isEmpty'>,
  sort?: SearchSort,
  near?: GeoPoint,
  nowMs = 0,
): SortKey[] {
  switch (sort) {
    case 'publishedAt':
    case '-publishedAt':
    case 'updatedAt':
    case '-updatedAt':
      return [byTime(sort.replace('-', ''), sort.startsWith('-') ? 'desc' : 'asc'), quality, id];
    case 'name':
    case '-name':
      return [{ type: 'string', clause: { sortName: { order: sort === 'name' ? 'asc' : 'desc' } } }, quality, id];
    case 'distance':
      return near ? [byDistance(near), quality, id] : sortKeysOf({ isEmpty });
    case 'start':
      return [byNextStart(nowMs), quality, id];
    case 'newest':
      return [byTime('newestAt', 'desc'), id];
    default:
      return isEmpty
        ? [byTime('newestAt', 'desc'), id]
        : [{ type: 'number', clause: { _score: { order: 'desc' } } }, quality, id];
  }
}

function byDistance(near: GeoPoint): SortKey {
  const nearest = { location: near, order: 'asc', mode: 'min', unit: 'km', ignore_unmapped: true } as const;
  return { type: 'number', clause: { _geo_distance: nearest } };
}
