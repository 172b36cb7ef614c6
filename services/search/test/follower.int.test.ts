import { type Bus, connectBus } from '@ortoo/shared/bus';
import { systemClock } from '@ortoo/shared/kernel';
import {
  eventually,
  type LinkProxy,
  openLinkProxy,
  openTestNamespace,
  type TestNamespace,
} from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBulkWriter } from '../src/index/bulk.ts';
import { createEngine, type Engine } from '../src/index/engine.ts';
import { createFreshness } from '../src/index/freshness.ts';
import { createIndexFollowers, type IndexFollowers } from '../src/index/index-followers.ts';
import { createOwners } from '../src/owners.client.ts';

let space: TestNamespace;
let link: LinkProxy;
let bus: Bus;
let engine: Engine;
let followers: IndexFollowers;

beforeAll(async () => {
  space = await openTestNamespace();
  const { names, log, natsUrl, elasticsearchUrl } = space;
  const clock = systemClock;
  link = await openLinkProxy(natsUrl);
  bus = await connectBus({ url: link.url, names, service: 'search', log });
  await bus.ensureStreams();
  engine = createEngine({ url: elasticsearchUrl });
  followers = createIndexFollowers({
    bus,
    engine,
    owners: createOwners({ bus, log, clock }),
    writer: createBulkWriter(engine),
    freshness: createFreshness({ engine, clock }),
    log,
    clock,
    onLost: () => undefined,
  });
});

afterAll(async () => {
  link?.mend();
  await followers?.stop();
  await bus?.close();
  await engine?.close();
  await link?.close();
  await space?.dispose();
});

test('the lag of an index grows while nobody knows it, and is known again when the bus is back', async () => {
  const name = space.names.physicalIndex(1);
  const index = { name, n: 1, meta: undefined, isRead: true, isWritable: true };
  expect([...(await followers.keep([{ index, from: { type: 'all' }, isOlder: false }]))]).toEqual([name]);
  expect(followers.state(name)).toEqual({ pending: 0, stalledMs: 0, lagMs: 0 });
  link.cut();
  await eventually(() => followers.state(name).lagMs > 3_000);
  link.mend();
  await eventually(() => followers.state(name).lagMs === 0, { timeoutMs: 30_000 });
});

test('an index that is not followed here is not said to be up to date', async () => {
  const name = space.names.physicalIndex(2);
  followers.state(name);
  await eventually(() => followers.state(name).lagMs > 100);
});
