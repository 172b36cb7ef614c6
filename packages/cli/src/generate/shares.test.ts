import { createSeededRandom } from '@ortoo/shared/kernel';
import { expect, test } from 'vitest';
import { createShares, createZipf } from './shares.ts';

test('shares are drawn by their weights, a ranked list by one over the rank', () => {
  const random = createSeededRandom(9);
  const count = (drawOne: (from: typeof random) => string, item: string) =>
    Array.from({ length: 20_000 }, () => drawOne(random)).filter((drawn) => drawn === item).length / 20_000;
  const shares = createShares<string>([
    ['a', 3],
    ['b', 1],
    ['c', 0],
  ]);
  expect(count(shares, 'a')).toBeCloseTo(0.75, 1);
  expect(count(shares, 'c')).toBe(0);
  expect(count(createZipf(['a', 'b', 'c']), 'a')).toBeCloseTo(6 / 11, 1);
});
