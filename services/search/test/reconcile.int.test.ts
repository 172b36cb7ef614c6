import type { ReconcileMode, ReconcileResult } from '@ortoo/shared/contracts';
import { eventually, openTestNamespace, type TestNamespace, testContext } from '@ortoo/shared/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Neighbours, openNeighbours } from './neighbours.ts';
import { idsFor, type RunningSearch, search, startSearch } from './running-search.ts';
import { article, company, idOf } from './states.ts';

const LONG_AGO = '2026-11-20T05:00:00.000Z';
const none = { missing: 0, stale: 0, extra: 0, ahead: 0, repaired: 0, left: 0 };

let space: TestNamespace;
let neighbours: Neighbours;
let running: RunningSearch;

beforeEach(async () => {
  space = await openTestNamespace();
  neighbours = await openNeighbours(space);
  for (let n = 1; n <= 5; n += 1)
    neighbours.store('company', idOf('company', n), { changedAt: LONG_AGO, state: company({ en: `Stored ${n}` }) });
  neighbours.store('article', idOf('article', 1), { changedAt: LONG_AGO, state: article('Stored news') });
  running = await startSearch(space, { settleMs: 0 });
  await running.becomesReady();
});

afterEach(async () => {
  await running.stop();
  await neighbours.close();
  await space.dispose();
});

const state = () => neighbours.bus.call(testContext(), 'rpc.search.reconcile.state', {});

async function reconcile(mode: ReconcileMode): Promise<ReconcileResult> {
  const { startedAt } = await neighbours.bus.call(testContext(), 'rpc.search.reconcile.start', { mode });
  return eventually(async () => {
    const { last, running: doing } = await state();
    return doing === null && last !== null && last.at >= startedAt && last;
  });
}

test.each(['cheap', 'full'] as const)(
  'a %s comparison finds and mends what the index missed, and then nothing',
  async (mode) => {
    neighbours.store('company', idOf('company', 6), { state: company({ en: 'Never told' }) });
    neighbours.store('company', idOf('company', 1), { v: 2, state: company({ en: 'Renamed in silence' }) });
    neighbours.store('company', idOf('company', 2), { v: 2, live: false });
    neighbours.forget('company', idOf('company', 3));
    expect(await reconcile(mode)).toMatchObject({ ...none, missing: 1, stale: 2, extra: 1, repaired: 4, mode });
    expect(await idsFor(neighbours, 'never told')).toEqual([idOf('company', 6)]);
    expect(await idsFor(neighbours, 'silence')).toEqual([idOf('company', 1)]);
    expect((await search(neighbours, undefined)).kinds).toEqual({ company: 4, article: 1 });
    expect(await reconcile(mode)).toMatchObject({ ...none, compared: mode === 'cheap' ? 0 : 6 });
  },
);

test('a cheap comparison looks only at the days on which counts or sums differ', async () => {
  for (let n = 10; n < 13; n += 1)
    neighbours.store('article', idOf('article', n), {
      changedAt: '2026-11-21T01:00:00.000Z',
      state: article(`No ${n}`),
    });
  expect(await reconcile('cheap')).toMatchObject({ ...none, compared: 3, missing: 3, repaired: 3 });
});

test('what a change repairs by itself is not judged: it may still be on its way', async () => {
  await running.stop();
  running = await startSearch(space);
  await running.becomesReady();
  neighbours.store('company', idOf('company', 7), { state: company({ en: 'On its way' }) });
  neighbours.store('company', idOf('company', 8), { changedAt: LONG_AGO, state: company({ en: 'Lost long ago' }) });
  expect(await reconcile('full')).toMatchObject({ ...none, missing: 1, repaired: 1 });
  expect(await idsFor(neighbours, 'on its way')).toEqual([]);
});

test('a tombstone that its owner has forgotten is removed and is no finding', async () => {
  const id = idOf('company', 9);
  await neighbours.publish('company', id, { v: 3, live: false });
  await search(neighbours, undefined, { waitFor: [`${id}:3`] });
  neighbours.forget('company', id);
  expect(await reconcile('full')).toMatchObject(none);
  const found = await fetch(`${space.elasticsearchUrl}/${space.names.readAlias}/_doc/${id}`);
  expect(found.status).toBe(404);
});

test('an index that is ahead of a restored owner is made anew', async () => {
  const id = idOf('company', 1);
  await neighbours.publish('company', id, { v: 5, state: company({ en: 'Before the restore' }) });
  await search(neighbours, undefined, { waitFor: [`${id}:5`] });
  neighbours.store('company', id, { v: 2, state: company({ en: 'After the restore' }) });
  expect(await reconcile('cheap')).toMatchObject({ ...none, ahead: 1 });
  const nameNow = async () => (await search(neighbours, id, { lang: 'en' })).items[0]?.display.name;
  await eventually(async () => (await nameNow()) === 'After the restore', { timeoutMs: 20_000 });
  expect((await neighbours.bus.call(testContext(), 'rpc.search.state', {})).name).toBe(space.names.physicalIndex(2));
});

test('what cannot be indexed is counted as left and named no success', async () => {
  neighbours.store('company', idOf('company', 6), { state: { displayName: { en: 'no categories' } } });
  expect(await reconcile('cheap')).toMatchObject({ ...none, missing: 1, left: 1 });
});

test('only one comparison runs at a time, and one that ends early says why', async () => {
  const gate = Promise.withResolvers<void>();
  gate.promise.catch(() => undefined); // it may be refused before the owner has been asked
  neighbours.onCensus(() => gate.promise);
  await neighbours.bus.call(testContext(), 'rpc.search.reconcile.start', { mode: 'full' });
  await expect(
    neighbours.bus.call(testContext(), 'rpc.search.reconcile.start', { mode: 'cheap' }),
  ).rejects.toMatchObject({ code: 'CONFLICT', reason: 'reconcile.running' });
  expect((await state()).running).toContain('full comparison');
  gate.reject(new Error('the owner has trouble'));
  const last = await eventually(async () => {
    const now = await state();
    return now.running === null && now.last?.mode === 'full' && now.last;
  });
  expect(last).toMatchObject({ error: expect.any(String) });
});

test('the outcome is kept for whoever asks, also after a restart, and shown on the port for operators', async () => {
  neighbours.store('company', idOf('company', 6), { state: company({ en: 'Never told' }) });
  const result = await reconcile('full');
  expect(await running.metrics()).toMatch(/ortoo_reconcile_findings\{[^}]*finding="missing"[^}]*\} 1/);
  await running.stop();
  running = await startSearch(space);
  await running.becomesReady();
  expect((await state()).last).toEqual(result);
  const pipeline = await neighbours.bus.call(testContext(), 'rpc.search.pipeline', {});
  expect(pipeline).toMatchObject({
    stream: { first: expect.any(Number), last: expect.any(Number) },
    index: { name: space.names.physicalIndex(1), pendingChanges: 0, documents: 7 },
    deadLetters: 0,
    reconcile: result,
  });
});

test('a change that was set aside is handled again once its cause is mended', async () => {
  const id = idOf('article', 50);
  const { data } = {
    data: neighbours.store('article', id, { v: 1, isStateByReference: true, state: article('Late obsidian') }),
  };
  neighbours.forget('article', id);
  await neighbours.publishChange(data);
  const [letter] = await eventually(async () => {
    const { items } = await neighbours.bus.call(testContext(), 'rpc.search.deadLetter.list', { limit: 10 });
    return items.length > 0 && items;
  });
  expect(letter).toMatchObject({ id: `${id}:1`, reason: 'the owner has no such document' });
  neighbours.store('article', id, { v: 1, state: article('Late obsidian') });
  const { sequence = 0 } = letter ?? {};
  const replayed = await neighbours.bus.call(testContext(), 'rpc.search.deadLetter.replay', { sequence });
  expect(replayed.messageId).toBe(`${id}:1:d${sequence}`);
  expect(await idsFor(neighbours, 'obsidian', { waitFor: [`${id}:1`] })).toEqual([id]);
  expect(await neighbours.bus.deadLetters.count()).toBe(0);
});
