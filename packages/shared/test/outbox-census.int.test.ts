import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Clock, systemClock } from '../src/kernel/index.ts';
import { checkOf } from '../src/outbox/envelope.ts';
import { testContext } from '../src/testing/index.ts';
import { openRig, type Rig, type StoreRig } from './outbox-rig.ts';

let rig: Rig;
let things: StoreRig;
let day = '2026-11-01';
const clock: Clock = { now: () => `${day}T23:59:59.999Z`, nowMs: systemClock.nowMs };

const create = (id: string) => things.store.create(testContext(), { id, state: { name: id } });

beforeAll(async () => {
  rig = await openRig();
  things = rig.makeStore({ clock });
  await things.store.ensureIndexes();
  for (const id of ['a', 'b', 'c']) await create(id);
  day = '2026-11-02';
  await create('d');
  await things.store.change(testContext(), { id: 'b', type: 'updated', decide: () => ({ name: 'changed' }) });
  await things.store.remove(testContext(), { id: 'c', v: 1 });
});
afterAll(() => rig?.close());

const sum = (...rows: [string, number, boolean][]) => rows.reduce((all, row) => all + checkOf(...row), 0);

test('a summary counts each document on the day of its last change, tombstones included', async () => {
  expect(await things.store.summary(testContext(), {})).toEqual({
    days: [
      { day: '2026-11-01', count: 1, sum: sum(['a', 1, true]) },
      { day: '2026-11-02', count: 3, sum: sum(['b', 2, true], ['c', 2, false], ['d', 1, true]) },
    ],
  });
  const { days } = await things.store.summary(testContext(), { after: '2026-11-01' });
  expect(days.map(({ day: one }) => one)).toEqual(['2026-11-02']);
});

test('a summary is answered from the index alone: no document is fetched', async () => {
  const { db } = rig.mongo.connection;
  const explained = await db
    ?.collection('things')
    .aggregate(
      [
        { $match: { changedAt: { $gte: '' } } },
        { $group: { _id: { $substrBytes: ['$changedAt', 0, 10] }, sum: { $sum: '$check' } } },
      ],
      { hint: { changedAt: 1, check: 1 } },
    )
    .explain('executionStats');
  const text = JSON.stringify(explained);
  expect(text).toContain('"totalDocsExamined":0');
  expect(text).not.toContain('"stage":"FETCH"');
});

test('versions are listed in pages by id, tombstones included, and of some days only when asked', async () => {
  const first = await things.store.versions(testContext(), { limit: 3 });
  expect(first.items.map(({ id, v, live }) => [id, v, live])).toEqual([
    ['a', 1, true],
    ['b', 2, true],
    ['c', 2, false],
  ]);
  expect(first.next).toBe('c');
  const second = await things.store.versions(testContext(), { limit: 3, after: 'c' });
  expect(second).toEqual({ items: [{ id: 'd', v: 1, live: true, changedAt: '2026-11-02T23:59:59.999Z' }] });
  const some = await things.store.versions(testContext(), { limit: 10, days: ['2026-11-01', '2026-10-01'] });
  expect(some.items.map(({ id }) => id)).toEqual(['a']);
});
