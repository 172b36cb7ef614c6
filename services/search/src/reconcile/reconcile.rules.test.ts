import { expect, test } from 'vitest';
import { differingDays, judge, narrow, pairById, suspect } from './reconcile.rules.ts';

const row = (id: string, v = 1, live = true) => ({ id, v, live, changedAt: '2026-11-24T05:00:00.000Z' });
async function* walk(...ids: string[]) {
  for (const id of ids) yield row(id);
}

test('days that only one side has, and days whose counts or sums differ, are named once and in order', () => {
  const owner = [
    { day: '2026-11-02', count: 2, sum: 5 },
    { day: '2026-11-03', count: 2, sum: 5 },
    { day: '2026-11-05', count: 1, sum: -7 },
  ];
  const index = [
    { day: '2026-11-01', count: 1, sum: 1 },
    { day: '2026-11-02', count: 2, sum: 5 },
    { day: '2026-11-03', count: 2, sum: 6 },
  ];
  expect(differingDays(owner, index)).toEqual(['2026-11-01', '2026-11-03', '2026-11-05']);
  expect(differingDays(owner, owner)).toEqual([]);
});

test('no day means nothing to look at, a few mean those, many mean everything', () => {
  const days = Array.from({ length: 32 }, (_, n) => `2026-10-${n + 1}`);
  expect([narrow([]), narrow(days.slice(0, 31)), narrow(days)]).toEqual([null, days.slice(0, 31), undefined]);
});

test.each([
  ['equal', row('a', 3), row('a', 3), undefined],
  ['only the owner has it', row('a'), undefined, 'missing'],
  ['only the index has it', undefined, row('a'), 'extra'],
  ['the index is behind', row('a', 3), row('a', 2), 'stale'],
  ['a deletion did not arrive', row('a', 3, false), row('a', 3), 'stale'],
  ['the index is in front', row('a', 2), row('a', 3), 'ahead'],
])('a document is suspected rightly: %s', (_title, owner, index, expected) => {
  expect(suspect(owner, index)).toBe(expected);
});

test('what is asked again is judged by the versions alone', () => {
  expect([
    judge(2, 2),
    judge(2, 1),
    judge(2, undefined),
    judge(undefined, 1),
    judge(1, 2),
    judge(undefined, undefined),
  ]).toEqual([undefined, 'stale', 'missing', 'extra', 'ahead', undefined]);
});

test.each([
  [
    ['a', 'b', 'd'],
    ['b', 'c'],
    ['a-', 'bb', '-c', 'd-'],
  ],
  [[], ['a'], ['-a']],
  [['a'], [], ['a-']],
  [[], [], []],
])('two walks are laid beside each other by id: %j and %j', async (owner, index, expected) => {
  const pairs: string[] = [];
  for await (const pair of pairById(walk(...owner), walk(...index)))
    pairs.push(`${pair.owner?.id ?? '-'}${pair.index?.id ?? '-'}`);
  expect(pairs).toEqual(expected);
});
