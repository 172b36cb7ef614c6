import { escapePointer } from './faults.ts';
import { isRecord, isSameJson } from './merge-patch.ts';

/** One place at which two documents differ, by its RFC 6901 pointer. `from` is absent where it was added, `to` where it was removed. */
export type DocumentDiffRow = { pointer: string; from?: unknown; to?: unknown };

/**
 * The places that lead from one JSON document to another, as deep as they can be told: records are compared member by
 * member, lists item by item at the same index. Done one after the other in the order of the rows they make the second
 * out of the first: what a list gains comes from its front to its end, what it loses from its end to its front.
 */
export function diffDocuments(from: object, to: object): DocumentDiffRow[] {
  return diffValues('', from, to);
}

function diffValues(pointer: string, from: unknown, to: unknown): DocumentDiffRow[] {
  if (from === undefined && to === undefined) return [];
  if (from === undefined) return [{ pointer, to }];
  if (to === undefined) return [{ pointer, from }];
  if (isRecord(from) && isRecord(to)) return diffRecords(pointer, from, to);
  if (Array.isArray(from) && Array.isArray(to)) return diffLists(pointer, from, to);
  return isSameJson(from, to) ? [] : [{ pointer, from, to }];
}

function diffRecords(pointer: string, from: Record<string, unknown>, to: Record<string, unknown>): DocumentDiffRow[] {
  const names = new Set([...Object.keys(from), ...Object.keys(to)]);
  const own = (record: Record<string, unknown>, name: string) =>
    Object.hasOwn(record, name) ? record[name] : undefined;
  return [...names].flatMap((name) => diffValues(`${pointer}/${escapePointer(name)}`, own(from, name), own(to, name)));
}

function diffLists(pointer: string, from: unknown[], to: unknown[]): DocumentDiffRow[] {
  const shared = Math.min(from.length, to.length);
  const changed = from.slice(0, shared).flatMap((item, place) => diffValues(`${pointer}/${place}`, item, to[place]));
  const added = to.slice(shared).map((item, place) => ({ pointer: `${pointer}/${shared + place}`, to: item }));
  const removed = from.slice(shared).map((item, place) => ({ pointer: `${pointer}/${shared + place}`, from: item }));
  return [...changed, ...added, ...removed.toReversed()];
}
