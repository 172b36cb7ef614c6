import type { IndexedName, NameSort } from './company-names.rules.ts';
import { createKeyTable, NONE } from './key-table.ts';
import type { Key } from './name-keys.rules.ts';

/** A name that ends at a key: whose it is, and what is known of it. */
export type Entry = Omit<IndexedName, 'path'> & { company: number };

/** Names by the keys of their words, in flat arrays without a letter: 18 bytes a name beside its keys. */
export type NameTable = {
  add(company: number, name: IndexedName): void;
  /** Takes a company's names out; their keys stay until the table is made anew. */
  drop(company: number): void;
  /** Whether a name begins with, or is, these words. */
  has(key: Key): boolean;
  /** The names that are these words. */
  entriesAt(key: Key): Entry[];
  sizes(): { names: number; dropped: number; bytes: number };
};

const sorts: NameSort[] = ['legal', 'display', 'other'];
/** Numbers of a row: the company (NONE when dropped), the writing, the next row at the same key and of the same company. */
const WIDTH = 4;
const GROWTH = 1.5;

export function createNameTable(): NameTable {
  const keys = createKeyTable(); // with each key the newest row of the names that end there
  const firstOf = new Map<number, number>();
  let rows = new Int32Array(WIDTH * 1_024);
  let facts = new Uint16Array(1_024);
  let count = 0;
  let dropped = 0;

  const at = (row: number, column: number) => rows[WIDTH * row + column] ?? NONE;

  function grow(): void {
    const size = Math.ceil(facts.length * GROWTH);
    const [moreRows, moreFacts] = [new Int32Array(WIDTH * size), new Uint16Array(size)];
    moreRows.set(rows);
    moreFacts.set(facts);
    [rows, facts] = [moreRows, moreFacts];
  }

  return {
    add: (company, { path, ...name }) => {
      const end = path.at(-1);
      if (!end) return;
      for (const key of path) keys.add(key);
      if (count === facts.length) grow();
      rows.set([company, name.writing, keys.get(end), firstOf.get(company) ?? NONE], WIDTH * count);
      facts[count] = packFacts(name);
      firstOf.set(company, count);
      keys.set(end, count);
      count += 1;
    },
    drop: (company) => {
      for (let row = firstOf.get(company) ?? NONE; row !== NONE; row = at(row, 3)) {
        rows[WIDTH * row] = NONE;
        dropped += 1;
      }
      firstOf.delete(company);
    },
    has: keys.has,
    entriesAt: (key) => {
      const found: Entry[] = [];
      for (let row = keys.get(key); row !== NONE; row = at(row, 2)) {
        const company = at(row, 0);
        if (company !== NONE) found.push({ company, writing: at(row, 1), ...unpackFacts(facts[row] ?? 0) });
      }
      return found;
    },
    sizes: () => ({ names: count - dropped, dropped, bytes: keys.bytes() + rows.byteLength + facts.byteLength }),
  };
}

type Facts = Omit<Entry, 'company' | 'writing'>;

function packFacts({ sort, scripts, isSingle, isCommon, isAllCaps, areAllCapital }: Facts): number {
  const bits = [isSingle, isCommon, isAllCaps, areAllCapital].reduce(
    (sum, is, place) => sum | (is ? 1 << place : 0),
    0,
  );
  return (sorts.indexOf(sort) << 8) | (scripts << 4) | bits;
}

function unpackFacts(packed: number): Facts {
  return {
    sort: sorts[packed >> 8] ?? 'other',
    scripts: (packed >> 4) & 15,
    isSingle: (packed & 1) > 0,
    isCommon: (packed & 2) > 0,
    isAllCaps: (packed & 4) > 0,
    areAllCapital: (packed & 8) > 0,
  };
}
