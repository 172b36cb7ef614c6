import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLogger, type Part, shiftInstant, systemClock, typeIds } from '../src/kernel/index.ts';
import { createTombstoneJanitor } from '../src/outbox/index.ts';
import { eventually, testContext } from '../src/testing/index.ts';
import { openRig, type Rig } from './outbox-rig.ts';

let rig: Rig;
const ctx = () => testContext();
const newId = () => typeIds.next('company');

beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());

it('what is armed again is published again under another message id, with the changes since, and then waits no more', async () => {
  const { store, relay } = rig.makeStore();
  await relay.start();
  const id = newId();
  await store.create(ctx(), { id, state: { name: 'one' } });
  await store.change(ctx(), { id, type: 'updated', decide: (state) => ({ ...state, name: 'two' }) });
  await eventually(async () => (await relay.state()).pending === 0 && rig.receivedOf(id).at(-1)?.data.v === 2);
  const before = rig.receivedOf(id).length;

  const { documents } = await relay.rearm(shiftInstant(systemClock.now(), -60_000));
  expect(documents).toBe(1);
  const again = await eventually(() => rig.receivedOf(id)[before]);
  expect(again.data).toMatchObject({ v: 2, state: { name: 'two' } });
  expect(again.data.changes.map(({ v, type }) => ({ v, type }))).toEqual([
    { v: 1, type: 'created' },
    { v: 2, type: 'updated' },
  ]);
  await eventually(async () => (await relay.state()).pending === 0);
  expect(rig.receivedOf(id)).toHaveLength(before + 1);
});

it('what has not changed since the moment is left alone', async () => {
  const { store, relay } = rig.makeStore({ collection: 'untouched' });
  await relay.start();
  await store.create(ctx(), { id: newId(), state: { name: 'old' } });
  expect(await relay.rearm(shiftInstant(systemClock.now(), 60_000))).toEqual({ documents: 0 });
});

it('tombstones older than 30 days are removed with their revisions; younger ones and what lives stay', async () => {
  const { store, relay } = rig.makeStore({ collection: 'aged' });
  const { store: words, relay: relayOfWords } = rig.makeStore({ collection: 'words', isIdReusable: true });
  for (const part of [store, words]) await part.ensureIndexes();
  for (const part of [relay, relayOfWords]) await part.start();
  const [gone, young, alive, word] = [newId(), newId(), newId(), newId()];
  for (const id of [gone, young, alive]) await store.create(ctx(), { id, state: { name: 'a name' } });
  for (const id of [gone, young]) await store.remove(ctx(), { id, v: 1 });
  await words.create(ctx(), { id: word, state: { name: 'a name' } });
  await words.remove(ctx(), { id: word, v: 1 });
  for (const part of [relay, relayOfWords]) await eventually(async () => (await part.state()).pending === 0);
  const db = rig.mongo.connection.db;
  const documents = db?.collection<{ _id: string }>('aged');
  const days = (count: number) => shiftInstant(systemClock.now(), -count * 24 * 60 * 60 * 1000);
  await documents?.updateMany({ _id: { $in: [gone, alive] } }, { $set: { changedAt: days(31) } });
  await documents?.updateOne({ _id: young }, { $set: { changedAt: days(29) } });
  await db?.collection<{ _id: string }>('words').updateOne({ _id: word }, { $set: { changedAt: days(31) } });

  const janitor: Part = createTombstoneJanitor({
    connection: rig.mongo.connection,
    sources: () => [...relayOfWords.sources(), ...relay.sources()],
    clock: systemClock,
    log: createLogger({ service: 'test', level: 'silent' }),
  });
  await janitor.start();
  await eventually(async () => (await documents?.countDocuments({ _id: gone })) === 0);
  await janitor.stop();
  expect(await words.create(ctx(), { id: word, state: { name: 'again' } })).toMatchObject({ v: 3 });
  const left = (await documents?.find().toArray())?.map(({ _id }) => _id);
  expect(left?.toSorted()).toEqual([young, alive].toSorted());
  const revisions = await db?.collection<{ _id: string }>('aged_revisions').find().toArray();
  expect(revisions?.some(({ _id }) => _id.startsWith(gone))).toBe(false);
  expect(revisions?.filter(({ _id }) => _id.startsWith(young))).toHaveLength(2);
});
