import { expect, test } from 'vitest';
import { compareWith } from './rank-eval.ts';

const judged = new Map([
  ['a', 1],
  ['b', 1],
]);
const hits = (ids: string[]) => ids.map((_id) => ({ hit: { _id } }));
const ten = ['x', 'a', 'b', ...Array.from({ length: 7 }, (_, place) => `y${place}`)];
const byHand = (1 / Math.log2(3) + 1 / Math.log2(4)) / (1 + 1 / Math.log2(3));

test('the same figure for the same ranking is agreement', () => {
  const checked = compareWith({ 0: { metric_score: byHand, hits: hits(ten) } }, [{ judged }]);
  expect(checked).toEqual({ queries: 1, ours: expect.closeTo(byHand, 9), engine: byHand });
});

test('another figure is refused', () => {
  expect(() => compareWith({ 0: { metric_score: byHand + 0.001, hits: hits(ten) } }, [{ judged }])).toThrow(/1 of 1/);
});

test('fewer than ten hits are not compared', () => {
  expect(compareWith({ 0: { metric_score: 0.1, hits: hits(['a']) } }, [{ judged }]).queries).toBe(0);
});
