import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock, typeIds } from '../src/kernel/index.ts';
import { eventually } from '../src/testing/index.ts';
import { openRig, type Rig } from './outbox-rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());

it('a backlog is published to its end, and counted once a second however often it is swept', async () => {
  const at = systemClock.now();
  const oneMoment = { now: () => at, nowMs: () => Date.parse(at) };
  const { store, relay } = rig.makeStore({ collection: 'backlog', clock: oneMoment });
  await store.ensureIndexes();
  const database = rig.mongo.connection.getClient().db(rig.namespace.names.database('catalog'));
  const documents = database.collection<{ _id: string }>('backlog');
  const entry = { v: 1, type: 'created', at, actor: 'test', patch: { name: 'a' } };
  const rows = Array.from({ length: 3_000 }, () => ({
    _id: typeIds.next('company'),
    ...{ v: 1, live: true, visible: false, changedAt: at, check: 0, name: 'a' },
    ...{ pending: [entry], pendingSince: at, requests: [] },
  }));
  await documents.insertMany(rows, { ordered: false, writeConcern: { w: 1 } });
  await database.command({ profile: 1, filter: { 'command.aggregate': 'backlog' } });
  await relay.start();
  await eventually(async () => (await documents.findOne({ pendingSince: { $exists: true } })) === null, {
    timeoutMs: 60_000,
    everyMs: 250,
  });
  await database.command({ profile: 0 });
  const counts = await database.collection('system.profile').countDocuments({ 'command.aggregate': 'backlog' });
  expect(counts).toBe(1);
});
