/** Draws that follow from a seed alone, the same on every machine: for made-up data and repeatable runs, never for secrets. */
export type Random = {
  /** 0 ≤ n < 1. */
  next(): number;
  /** 0 ≤ n < max, whole; max ≤ 2^32. */
  whole(max: number): number;
  chance(share: number): boolean;
  /** One of a list that is not empty. */
  pick<T>(from: readonly T[]): T;
  /** Gaussian with mean 0 and deviation 1. */
  normal(): number;
};

/**
 * A generator of its own for each list of words, so that record 7 is the same whatever was drawn before it.
 * Source: xoshiro128** 1.1 by Blackman and Vigna (2018), its state filled by the finaliser of MurmurHash3.
 */
export function createSeededRandom(...words: number[]): Random {
  let [a, b, c, d] = fill(words);
  const draw = () => {
    const drawn = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return drawn;
  };
  const next = () => draw() / 4_294_967_296;
  const whole = (max: number) => Math.floor(next() * max);
  return {
    next,
    whole,
    chance: (share) => next() < share,
    pick: (from) => from[whole(from.length)] as (typeof from)[number],
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}

function fill(words: number[]): [number, number, number, number] {
  let hash = 0x9e3779b9;
  for (const word of words) {
    // A seed may have 53 bits: both halves count.
    for (const half of [word >>> 0, Math.floor(word / 4_294_967_296) >>> 0]) hash = mix(hash ^ half);
  }
  const next = () => {
    hash = (hash + 0x9e3779b9) | 0;
    return mix(hash);
  };
  // All zeros would stay zeros; no word is mixed into four of them.
  return [next(), next(), next(), next() | 1];
}

function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

const rotate = (word: number, by: number) => (word << by) | (word >>> (32 - by));
