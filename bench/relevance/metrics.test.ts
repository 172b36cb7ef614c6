import { describe, expect, test } from 'vitest';
import { mean, ndcg, pairedBootstrap, recall, reciprocalRank, success } from './metrics.ts';

const judged = new Map([
  ['a', 1],
  ['b', 1],
  ['c', 0],
]);

describe('worked by hand', () => {
  test.each([
    { ranking: ['a', 'b'], gain: 1, rank: 1, share: 1, first: 1 },
    { ranking: ['x', 'a', 'b'], gain: 0.6934, rank: 0.5, share: 1, first: 0 }, // (0.6309 + 0.5) / 1.6309
    { ranking: ['c', 'x', 'a'], gain: 0.3066, rank: 0.3333, share: 0.5, first: 0 }, // 0.5 / 1.6309
    { ranking: ['c'], gain: 0, rank: 0, share: 0, first: 0 },
    { ranking: [], gain: 0, rank: 0, share: 0, first: 0 },
  ])('$ranking', ({ ranking, gain, rank, share, first }) => {
    expect(ndcg(ranking, judged)).toBeCloseTo(gain, 4);
    expect(reciprocalRank(ranking, judged)).toBeCloseTo(rank, 4);
    expect(recall(ranking, judged)).toBe(share);
    expect(success(ranking, judged, 1)).toBe(first);
  });

  test('grades count by their height', () => {
    const graded = new Map([
      ['a', 3],
      ['b', 1],
    ]);
    expect(ndcg(['b', 'a'], graded)).toBeCloseTo((1 + 3 * 0.63093) / (3 + 0.63093), 4);
  });

  test('nothing counts below the cut', () => {
    const ranking = [...Array.from({ length: 10 }, (_, place) => `x${place}`), 'a'];
    expect([ndcg(ranking, judged), reciprocalRank(ranking, judged), success(ranking, judged, 10)]).toEqual([0, 0, 0]);
    expect(recall(ranking, judged)).toBe(0.5);
  });

  test('of more than a hundred relevant documents a hundred can be found', () => {
    const many = new Map(Array.from({ length: 200 }, (_, place) => [String(place), 1]));
    expect(recall([...many.keys()], many)).toBe(1);
  });
});

describe('the paired bootstrap', () => {
  const theirs = Array.from({ length: 40 }, (_, place) => (place % 5) / 5);

  test.each([
    ['better everywhere', theirs.map((value) => value + 0.1), 0, 0],
    ['worse everywhere', theirs.map((value) => value - 0.1), 1, 1],
    ['better by chance', theirs.map((value, place) => value + (place % 2 === 0 ? 0.1 : -0.1)), 0.3, 0.7],
  ])('%s', (_, ours, least, most) => {
    const p = pairedBootstrap(ours, theirs);
    expect(p).toBeGreaterThanOrEqual(least);
    expect(p).toBeLessThanOrEqual(most);
    expect(pairedBootstrap(ours, theirs)).toBe(p);
  });
});

test('a mean of nothing is nothing', () => {
  expect([mean([]), mean([1, 2])]).toEqual([0, 1.5]);
});
