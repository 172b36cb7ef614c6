import {
  eventually,
  type LinkProxy,
  openLinkProxy,
  openTestNamespace,
  type TestNamespace,
  testContext,
} from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Neighbours, openNeighbours } from './neighbours.ts';
import { idsFor, type RunningSearch, search, startSearch } from './running-search.ts';
import { category, company, idOf } from './states.ts';

let space: TestNamespace;
let neighbours: Neighbours;
let link: LinkProxy;
let running: RunningSearch;

beforeAll(async () => {
  space = await openTestNamespace();
  neighbours = await openNeighbours(space);
  link = await openLinkProxy(space.elasticsearchUrl);
  neighbours.store('category', 'construction', { state: category({ en: 'Construction' }) });
  running = await startSearch({ ...space, elasticsearchUrl: link.url });
  await running.becomesReady();
});

afterAll(async () => {
  await running?.stop();
  await link?.close();
  await neighbours?.close();
  await space?.dispose();
});

const whatNeedsTheEngine = (id: string) => {
  const ctx = testContext();
  const { bus } = neighbours;
  const alerts = [{ id: 'alert_1', query: { q: 'dark', kinds: ['company' as const], view: 'public' as const } }];
  return [
    () => bus.call(ctx, 'rpc.search.suggest', { q: 'dark', limit: 8, lang: 'mn' }),
    () => bus.call(ctx, 'rpc.search.match', { alerts, changes: [`${id}:1`] }),
    () => bus.call(ctx, 'rpc.search.counts', {}),
    () => bus.call(ctx, 'rpc.search.state', {}),
    () => bus.call(ctx, 'rpc.search.rebuild.start', {}),
    () => bus.call(ctx, 'rpc.search.rebuild.state', {}),
    () => bus.call(ctx, 'rpc.search.reconcile.state', {}),
  ];
};

test('while the engine is away search says so, and what was written meanwhile is found when it is back', async () => {
  link.cut();
  const id = idOf('company', 1);
  await neighbours.publish('company', id, { state: company({ en: 'Written in the dark' }) });
  await expect(search(neighbours, 'dark')).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    reason: 'search.engine-unavailable',
  });
  for (const ask of whatNeedsTheEngine(id))
    await expect(ask()).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      reason: 'search.engine-unavailable',
      details: { retryAfterMs: 1_000 },
    });
  const { status, health } = await running.readiness();
  expect([status, health.checks.elasticsearch?.status]).toEqual([503, 'unavailable']);
  link.mend();
  await running.becomesReady();
  await eventually(async () => (await idsFor(neighbours, 'dark')).includes(id));
});

test('a write block makes search not ready, poisons nothing, and ends when an operator lifts it', async () => {
  const block = async (isBlocked: boolean) => {
    const init = { method: 'PUT', headers: { 'content-type': 'application/json' } };
    const body = JSON.stringify({ 'index.blocks.write': isBlocked });
    await fetch(`${space.elasticsearchUrl}/${space.names.physicalIndex(1)}/_settings`, { ...init, body });
  };
  await block(true);
  const id = idOf('company', 2);
  await neighbours.publish('company', id, { state: company({ en: 'Written under a block' }) });
  await eventually(async () => {
    const { status, health } = await running.readiness();
    return status === 503 && /cluster_block_exception/.test(health.checks.index?.detail ?? '');
  });
  expect((await search(neighbours, 'dark')).items).toHaveLength(1);
  await block(false);
  await eventually(async () => (await idsFor(neighbours, 'under a block')).includes(id), { timeoutMs: 30_000 });
  await running.becomesReady();
});
