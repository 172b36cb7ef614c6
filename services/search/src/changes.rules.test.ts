import { expect, test } from 'vitest';
import { pickNewest, settleBatch } from './changes.rules.ts';
import type { Verdict } from './index/bulk-verdict.ts';

type Batch = Parameters<typeof settleBatch>[0];
const batchOf = (...versions: [id: string, v: number][]) =>
  versions.map(([id, v]) => ({ change: { data: { id, v } }, deliveries: 9 })) as Batch;
const poison: Verdict = { type: 'poison', reason: 'bad' };

test('of each document only the highest version is indexed', () => {
  expect(pickNewest(batchOf(['a', 1], ['b', 5], ['a', 3], ['a', 2], ['b', 4]))).toEqual([1, 2]);
});

test('older versions share the fate of the newest', () => {
  const batch = batchOf(['a', 1], ['a', 2], ['b', 1]);
  const verdicts = new Map<number, Verdict>([
    [1, { type: 'done' }],
    [2, { type: 'transient', reason: 'busy' }],
  ]);
  expect(settleBatch(batch, verdicts).map(({ type }) => type)).toEqual(['done', 'done', 'retry']);
});

test('an older version gets its own turn when the newest is poison; a repeat of the poison does not', () => {
  const batch = batchOf(['a', 1], ['a', 2], ['a', 2]);
  expect(settleBatch(batch, new Map([[2, poison]]))).toEqual([
    { type: 'retry', afterMs: 0 },
    { type: 'poison', reason: 'bad' },
    { type: 'poison', reason: 'bad' },
  ]);
});

test('what an operator must mend and what is gone is tried later and never set aside', () => {
  const batch = batchOf(['a', 1], ['b', 1]);
  const verdicts = new Map<number, Verdict>([
    [0, { type: 'refused', reason: 'blocked' }],
    [1, { type: 'lost', reason: 'gone' }],
  ]);
  expect(settleBatch(batch, verdicts).map(({ type }) => type)).toEqual(['retry', 'retry']);
});

test('a delivery without a verdict is tried again', () => {
  expect(settleBatch(batchOf(['a', 1]), new Map())).toEqual([{ type: 'retry' }]);
});

test('however often a change was tried, it is tried again within seconds of a recovery', () => {
  const [outcome] = settleBatch(batchOf(['a', 1]), new Map([[0, { type: 'transient', reason: 'away' }]]));
  expect(outcome).toMatchObject({ type: 'retry', afterMs: expect.any(Number) });
  expect((outcome as { afterMs: number }).afterMs).toBeLessThanOrEqual(18_000);
});
