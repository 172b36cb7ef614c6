import type { Key } from './name-keys.rules.ts';

/** A number for each key that was added, in flat arrays: 13 bytes for each place, of which at most 70 % are taken. */
export type KeyTable = {
  /** Adds a key, unless it is there. */
  add(key: Key): void;
  has(key: Key): boolean;
  /** What is kept with a key; `NONE` where nothing is, or the key is not there. */
  get(key: Key): number;
  /** Keeps a number with a key that was added. */
  set(key: Key, value: number): void;
  bytes(): number;
};

export const NONE = -1;

const FILL_MAX = 0.7;
const FIRST_SIZE = 1_024; // a power of two, as every size

export function createKeyTable(): KeyTable {
  let places = createPlaces(FIRST_SIZE);
  let count = 0;

  function grow(): void {
    const old = places;
    places = createPlaces(old.used.length * 2);
    for (let place = 0; place < old.used.length; place += 1) {
      if (old.used[place] === 0) continue;
      const key = { high: old.keys[2 * place] ?? 0, low: old.keys[2 * place + 1] ?? 0 };
      places.values[claim(places, key)] = old.values[place] ?? NONE;
    }
  }

  return {
    add: (key) => {
      if (places.used[seek(places, key)] === 1) return;
      if (count + 1 > places.used.length * FILL_MAX) grow();
      count += 1;
      claim(places, key);
    },
    has: (key) => places.used[seek(places, key)] === 1,
    get: (key) => places.values[seek(places, key)] ?? NONE,
    set: (key, value) => {
      places.values[seek(places, key)] = value;
    },
    bytes: () => places.keys.byteLength + places.values.byteLength + places.used.byteLength,
  };
}

type Places = { keys: Int32Array; values: Int32Array; used: Uint8Array };

const createPlaces = (size: number): Places => ({
  keys: new Int32Array(2 * size),
  values: new Int32Array(size).fill(NONE),
  used: new Uint8Array(size),
});

/** Where a key is, or would be. */
function seek({ keys, used }: Places, { high, low }: Key): number {
  const mask = used.length - 1;
  let place = (high ^ (low >>> 7)) & mask;
  while (used[place] === 1 && (keys[2 * place] !== high || keys[2 * place + 1] !== low)) place = (place + 1) & mask;
  return place;
}

function claim(places: Places, key: Key): number {
  const place = seek(places, key);
  places.used[place] = 1;
  places.keys[2 * place] = key.high;
  places.keys[2 * place + 1] = key.low;
  return place;
}
