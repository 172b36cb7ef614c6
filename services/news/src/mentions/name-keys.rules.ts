import { skeletonOf } from '@ortoo/shared/contracts';
import type { Script } from './tokens.rules.ts';

/** 64 bits that stand for a row of words. */
export type Key = { high: number; low: number };

export const NO_WORDS: Key = { high: 0x811c9dc5 | 0, low: 0x2545f491 };

/** The key of a row of words with one word more. */
export function extend({ high, low }: Key, word: string): Key {
  let one = high;
  let other = low;
  for (let at = 0; at <= word.length; at += 1) {
    const unit = at < word.length ? word.charCodeAt(at) : 0x1f; // words do not run into one another
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other ^ unit, 0x85ebca6b);
    other ^= other >>> 13;
  }
  return { high: one, low: other };
}

const CACHE_MAX = 20_000;
const cache = new Map<string, string>();

/** A word as it sounds, the same in Cyrillic and in every Latin spelling; signs of Han and Hangul and digits as they are. */
export function soundOf(word: string, script: Script): string {
  if (script !== 'cyrillic' && script !== 'latin') return word;
  const known = cache.get(word);
  if (known !== undefined) return known;
  if (cache.size >= CACHE_MAX) cache.clear();
  const sound = skeletonOf(word) || word;
  cache.set(word, sound);
  return sound;
}
