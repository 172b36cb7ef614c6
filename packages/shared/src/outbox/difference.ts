import { isDeepStrictEqual } from 'node:util';
import { applyMergePatch, escapePointer, isRecord } from '../contracts/index.ts';

export type JsonRecord = Record<string, unknown>;

/**
 * What leads from one state to the next: an RFC 7396 merge patch (arrays replaced whole), and the RFC 6901 pointers of
 * members that are null afterwards, which a merge patch cannot say since its null removes.
 */
export type Difference = { patch: JsonRecord; nulls: string[] };

/** Builds the difference between two JSON states; an empty one (`isEmptyDifference`) when they are equal. */
export function diffStates(before: JsonRecord, after: JsonRecord): Difference {
  const nulls: string[] = [];
  return { patch: diffRecords(before, after, { pointer: '', nulls }), nulls };
}

export function isEmptyDifference({ patch }: Difference): boolean {
  return Object.keys(patch).length === 0;
}

/** Applies a difference: `applyDifference(before, diffStates(before, after))` equals `after`. */
export function applyDifference(before: JsonRecord, { patch, nulls }: Difference): JsonRecord {
  const after = applyMergePatch(before, patch) as JsonRecord;
  for (const pointer of nulls) setNull(after, pointer.slice(1).split('/').map(fromPointer));
  return after;
}

type Place = { pointer: string; nulls: string[] };

function diffRecords(before: JsonRecord, after: JsonRecord, place: Place): JsonRecord {
  const removed = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  const changed = Object.entries(after).filter(
    ([name, value]) => !Object.hasOwn(before, name) || !isDeepStrictEqual(before[name], value),
  );
  return Object.fromEntries([
    ...removed.map((name) => [name, null] as const),
    ...changed.map(
      ([name, value]) =>
        [name, diffValues(Object.hasOwn(before, name) ? before[name] : undefined, value, inside(place, name))] as const,
    ),
  ]);
}

function diffValues(before: unknown, after: unknown, place: Place): unknown {
  if (isRecord(before) && isRecord(after)) return diffRecords(before, after, place);
  collectNulls(after, place);
  return after;
}

/** Null members of a value that is new as a whole; those inside arrays travel unharmed. */
function collectNulls(value: unknown, place: Place): void {
  if (value === null) place.nulls.push(place.pointer);
  if (isRecord(value)) for (const [name, member] of Object.entries(value)) collectNulls(member, inside(place, name));
}

function inside({ pointer, nulls }: Place, name: string): Place {
  return { pointer: `${pointer}/${escapePointer(name)}`, nulls };
}

function setNull(state: JsonRecord, path: string[]): void {
  const last = path.at(-1) ?? '';
  const parent = path.slice(0, -1).reduce<unknown>((node, name) => (isRecord(node) ? node[name] : undefined), state);
  if (isRecord(parent)) parent[last] = null;
}

/** RFC 6901: a part of a pointer as the name that it stands for. */
export function fromPointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}
