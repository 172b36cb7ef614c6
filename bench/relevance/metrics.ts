/** Grades by document; what is not in it is not relevant. */
export type Judged = ReadonlyMap<string, number>;
export type Figures = Record<string, number>;

const CUT = 10;
const DEEP = 100;

/** Discounted gain of the first ten against the best order of what is judged, 0 to 1; 0 where nothing is relevant. */
export function ndcg(ranking: readonly string[], judged: Judged, cut = CUT): number {
  const gain = (grades: number[]) =>
    grades.slice(0, cut).reduce((sum, grade, place) => sum + grade / Math.log2(place + 2), 0);
  const best = gain([...judged.values()].toSorted((a, b) => b - a));
  return best === 0 ? 0 : gain(ranking.map((id) => judged.get(id) ?? 0)) / best;
}

/** One over the place of the first relevant document among the first ten, 0 where there is none. */
export function reciprocalRank(ranking: readonly string[], judged: Judged, cut = CUT): number {
  const place = ranking.slice(0, cut).findIndex((id) => (judged.get(id) ?? 0) > 0);
  return place < 0 ? 0 : 1 / (place + 1);
}

/** The share of the relevant documents among the first hundred, of at most a hundred; 0 where nothing is relevant. */
export function recall(ranking: readonly string[], judged: Judged, cut = DEEP): number {
  const relevant = [...judged.values()].filter((grade) => grade > 0).length;
  const found = ranking.slice(0, cut).filter((id) => (judged.get(id) ?? 0) > 0).length;
  return relevant === 0 ? 0 : found / Math.min(relevant, cut);
}

/** 1 where a relevant document is among the first `cut`, else 0. */
export function success(ranking: readonly string[], judged: Judged, cut: number): number {
  return ranking.slice(0, cut).some((id) => (judged.get(id) ?? 0) > 0) ? 1 : 0;
}

export const mean = (values: readonly number[]) =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

const RESAMPLES = 10_000;

/**
 * The share of paired resamples in which `ours` is not better than `theirs`: the p of a one-sided paired bootstrap. The
 * draws follow from the seed, so that the same values always answer the same.
 */
export function pairedBootstrap(ours: readonly number[], theirs: readonly number[], seed = 1): number {
  const gaps = ours.map((value, place) => value - (theirs[place] ?? 0));
  const draw = generator(seed);
  let notBetter = 0;
  for (let round = 0; round < RESAMPLES; round += 1) {
    let sum = 0;
    for (let count = 0; count < gaps.length; count += 1) sum += gaps[Math.floor(draw() * gaps.length)] ?? 0;
    if (sum <= 0) notBetter += 1;
  }
  return notBetter / RESAMPLES;
}

/** Mulberry32: numbers from 0 to 1 that follow from a seed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
