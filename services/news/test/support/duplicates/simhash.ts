import { createHash } from 'node:crypto';
import { runsOf } from '../../../src/duplicates/fingerprint.rules.ts';

/** The other way that was measured: a 64-bit simhash (Charikar 2002) over the same runs of words. */
export function simhashOf(text: string): boolean[] {
  const weights = new Array<number>(64).fill(0);
  for (const run of runsOf(text)) {
    const hash = createHash('sha1').update(String(run)).digest();
    weights.forEach((weight, bit) => {
      const isSet = (((hash[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 1;
      weights[bit] = weight + (isSet ? 1 : -1);
    });
  }
  return weights.map((weight) => weight > 0);
}

/** In how many bits two of them differ. */
export function distanceOf(one: readonly boolean[], other: readonly boolean[]): number {
  return one.filter((bit, place) => bit !== other[place]).length;
}

/** Of copies and of pairs of different texts: what is found, where at most `alarmsMax` of the pairs are taken for the same. */
export function bestOf(copies: readonly number[], pairs: readonly number[], alarmsMax: number) {
  const upTo = (distances: readonly number[], most: number) =>
    distances.filter((distance) => distance <= most).length / distances.length;
  const bits = Array.from({ length: 65 }, (_, most) => most).findLast((most) => upTo(pairs, most) <= alarmsMax) ?? -1;
  return { bits, recall: upTo(copies, bits) };
}
