import { escapePointer, isRecord, isSameJson } from '../contracts/index.ts';
import type { JsonRecord } from './difference.ts';

/** One place at which three states do not agree; a side without a value there, or that is not known, is absent. */
type DiffRow = { pointer: string; base?: unknown; current?: unknown; yours?: unknown };
type ThreeWay = { diff: DiffRow[] /** Whether rows were left out. */; isDiffCut?: true };

type Sides = { base?: JsonRecord | undefined; current: JsonRecord; yours?: JsonRecord | undefined };
type Side = keyof Sides;

const ROWS_MAX = 100;
/** An error has to fit into one reply. */
const BYTES_MAX = 64 * 1024;

/**
 * Where a caller's version, the current one and what the caller would make of theirs differ, by RFC 6901 pointers. A list
 * is compared as a whole, as a merge patch replaces it. Only members of `names` are shown; at most 100 rows and 64 KB.
 */
export function buildThreeWay(sides: Sides, names: readonly string[]): ThreeWay {
  const known = (Object.keys(sides) as Side[]).filter((side) => sides[side] !== undefined);
  const rows = names.flatMap((name) =>
    compare(
      `/${name}`,
      known.map((side) => [side, sides[side]?.[name]]),
    ),
  );
  const diff: DiffRow[] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = Buffer.byteLength(JSON.stringify(row));
    if (diff.length >= ROWS_MAX || bytes + size > BYTES_MAX) continue;
    bytes += size;
    diff.push(row);
  }
  return diff.length < rows.length ? { diff, isDiffCut: true } : { diff };
}

type Values = [side: Side, value: unknown][];

function compare(pointer: string, values: Values): DiffRow[] {
  const [[, first] = []] = values;
  if (values.every(([, value]) => isSameJson(value, first))) return [];
  const present = values.filter(([, value]) => value !== undefined);
  if (!present.every(([, value]) => isRecord(value))) return [{ pointer, ...Object.fromEntries(present) }];
  const names = new Set(present.flatMap(([, value]) => Object.keys(value as JsonRecord)));
  return [...names].flatMap((name) =>
    compare(
      `${pointer}/${escapePointer(name)}`,
      values.map(([side, value]) => [side, (value as JsonRecord | undefined)?.[name]]),
    ),
  );
}
