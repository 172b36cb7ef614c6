import { normaliseText, wordsOf } from '@ortoo/shared/contracts';

/**
 * By what an article's text is known again after some of its words were changed: MinHash (Broder 1997) over short runs
 * of words, in bands for the look-up (Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, 3.4). What was measured,
 * also of a 64-bit simhash: docs/duplicates.md.
 */
export type Fingerprint = {
  /** A byte of each minimum, in base64: two of them tell how much their texts have in common. */
  fingerprint: string;
  /** Keys of which two texts that are much alike have at least one in common. */
  duplicateKeys: string[];
};

/** Texts that have at least this much in common, as `likenessOf` has it, are taken for the same. */
export const ALIKE_MIN = 0.55;

/** Words of a run, and letters of a run where no words are written apart. */
const WORDS_IN_RUN = 2;
const LETTERS_IN_RUN = 3;
/** A text of fewer runs is too short to be told from others of its form: it has no fingerprint. */
const RUNS_MIN = 20;
/** A longer text is known by its first 60,000 characters, so that none holds a service up for long. */
const TEXT_MAX = 60_000;

/** Keys of a text. */
export const BANDS = 30;
const ROWS = 5;
const seeds = Uint32Array.from({ length: BANDS * ROWS }, (_, place) => mix(Math.imul(place + 1, 0x9e3779b9)));

/** Letters that old fonts left for ө and ү. */
const lookAlikes: Record<string, string> = { є: 'ө', ѳ: 'ө', ї: 'ү' };
/** What stands between the thousands of a number. */
const THOUSANDS = /(?<=\p{Nd})[.,'’ ](?=\p{Nd}{3}(?!\p{Nd}))/gu;

/** Undefined for a text that is too short. Punctuation, capitals and the form of spaces do not count. */
export function fingerprintOf(text: string): Fingerprint | undefined {
  const runs = new Set(runsOf(text));
  if (runs.size < RUNS_MIN) return undefined;
  const minima = minimaOf(runs);
  return { fingerprint: Buffer.from(minima).toString('base64'), duplicateKeys: keysOf(minima) };
}

/** Which part of all runs of two texts stands in both (Jaccard), told from their fingerprints to within some 0.05. */
export function likenessOf(one: string, other: string): number {
  const [left, right] = [Buffer.from(one, 'base64'), Buffer.from(other, 'base64')];
  if (left.length !== right.length || left.length === 0) return 0;
  const same = left.reduce((count, byte, place) => count + (byte === right[place] ? 1 : 0), 0);
  return Math.max(0, (same / left.length - 1 / 256) / (1 - 1 / 256)); // bytes of different minima agree by chance
}

/** The runs by which texts are compared, of words and of Chinese letters, each as a hash. */
export function runsOf(text: string): number[] {
  const plain = normaliseText(text.slice(0, TEXT_MAX)).replace(THOUSANDS, '').toLowerCase();
  const words = wordsOf(plain.replace(/[єѳї]/gu, (letter) => lookAlikes[letter] ?? letter));
  const letters = words.filter(isHan).flatMap((word) => Array.from(word));
  const others = words.filter((word) => !isHan(word));
  return [...windows(letters, LETTERS_IN_RUN), ...windows(others, WORDS_IN_RUN)];
}

const isHan = (word: string) => /\p{Script=Han}/u.test(word);

function windows(pieces: string[], size: number): number[] {
  const hashes = pieces.map(hashOf);
  const runs: number[] = [];
  for (let at = size; at <= hashes.length; at += 1) {
    let run = size;
    for (let place = at - size; place < at; place += 1) run = mix(Math.imul(run, 31) ^ (hashes[place] ?? 0));
    runs.push(run);
  }
  return runs;
}

function minimaOf(runs: ReadonlySet<number>): Uint32Array {
  const minima = new Uint32Array(seeds.length).fill(0xffffffff);
  for (const run of runs) {
    for (let place = 0; place < seeds.length; place += 1) {
      const hash = mix(run ^ (seeds[place] ?? 0));
      if (hash < (minima[place] ?? 0)) minima[place] = hash;
    }
  }
  return minima;
}

/** One key a band: its number, and a hash of its minima. */
function keysOf(minima: Uint32Array): string[] {
  return Array.from({ length: BANDS }, (_, band) => {
    const rows = minima.subarray(band * ROWS, (band + 1) * ROWS);
    const hash = rows.reduce((sum, minimum) => mix(Math.imul(sum, 31) ^ minimum), band);
    return `${band.toString(36)}${hash.toString(16).padStart(8, '0')}`;
  });
}

/** FNV-1a over the UTF-16 units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mix(hash);
}

/** The finaliser of MurmurHash3: each bit of 32 hangs on all. */
function mix(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
