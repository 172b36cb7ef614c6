import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BOOST } from './build-query.ts';
import { buildRankFactors, FACTOR_MAX } from './rank-factors.ts';

const most = Object.values(FACTOR_MAX).reduce((sum, one) => sum + one, 0);
const amount = (max: number) => fc.double({ min: 0, max, noNaN: true });
const factors = fc.tuple(amount(FACTOR_MAX.recency), amount(FACTOR_MAX.quality), amount(FACTOR_MAX.verification));

test('no factor lifts a hit that lacks a word over one that holds all and earns as much by its texts', () => {
  expect(most).toBeLessThan(BOOST.complete);
  fc.assert(
    fc.property(amount(200), amount(50), factors, factors, (text, ahead, ofWhole, ofPart) => {
      const sum = (parts: number[]) => parts.reduce((all, one) => all + one, 0);
      expect(text + ahead + BOOST.complete + sum(ofWhole)).toBeGreaterThan(text + sum(ofPart));
    }),
  );
});

test('the engine holds the sum to the same bound, and each function to its own', () => {
  const { functions, max_boost: bound } = buildRankFactors();
  expect(bound).toBeCloseTo(most, 10);
  const weights = functions.map(({ weight }) => weight);
  expect(weights.slice(0, 2)).toEqual([FACTOR_MAX.recency, FACTOR_MAX.quality]);
  expect(Math.max(...weights.slice(2).map(Number))).toBe(FACTOR_MAX.verification);
});
