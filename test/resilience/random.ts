/** Numbers that follow from a seed, so that a run can be repeated. */
export type Random = {
  /** 0 ≤ n < 1. */
  next(): number;
  /** 0 ≤ n < max, whole. */
  whole(max: number): number;
  pick<T>(from: readonly T[]): T | undefined;
};

/** mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (max: number) => Math.floor(next() * max);
  return { next, whole, pick: (from) => from[whole(from.length)] };
}
