import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, refusal, testContext } from '../src/testing/index.ts';
import { openRig, type Rig, type StoreRig, type ThingState } from './outbox-rig.ts';

let rig: Rig;
let running: StoreRig;
const ctx = () => testContext();

beforeAll(async () => {
  rig = await openRig();
  running = rig.makeStore({ isIdReusable: true });
  await running.store.ensureIndexes();
  await running.relay.start();
});
afterAll(() => rig.close());

const create = (id: string, state: ThingState, requestKey?: string) =>
  running.store.create(ctx(), { id, state, requestKey });

test('a deleted document is made again under its id at the version after its tombstone', async () => {
  const first = { name: 'solar', slug: 'sun', categories: { primary: 'energy' }, isPublished: true };
  const made = await create('solar', first);
  await running.store.remove(ctx(), { id: 'solar', v: 1 });
  await create('other', { name: 'other', slug: 'sun' });
  const again = await create('solar', { name: 'solar again', slug: 'sunny', tags: ['new'], isPublished: true });
  expect(again).toMatchObject({ id: 'solar', v: 3, visible: true, firstPublishedAt: made.firstPublishedAt });
  expect(again.state).toEqual({ name: 'solar again', slug: 'sunny', tags: ['new'], isPublished: true });
  expect(await running.store.get(ctx(), 'solar')).toEqual(again);
  expect(await running.store.findByKey(ctx(), 'slug:sunny')).toMatchObject({ id: 'solar' });
  expect(
    (await running.store.change(ctx(), { id: 'solar', type: 'updated', decide: (s) => ({ ...s, name: 'x' }) })).v,
  ).toBe(4);
});

test('its life is told without a gap, and every version of it can be read', async () => {
  await eventually(() => rig.receivedOf('solar').some(({ data }) => data.v === 4));
  const told = rig.receivedOf('solar').flatMap(({ data }) => data.changes.map(({ v, type }) => `${v} ${type}`));
  expect([...new Set(told)]).toEqual(['1 created', '2 deleted', '3 created', '4 updated']);
  expect((await running.store.revision(ctx(), { id: 'solar', v: 3 })).state).toEqual({
    name: 'solar again',
    slug: 'sunny',
    tags: ['new'],
    isPublished: true,
  });
  expect((await running.store.revision(ctx(), { id: 'solar', v: 1 })).state).toMatchObject({
    name: 'solar',
    slug: 'sun',
  });
});

test('one that lives is in the way, and so is a key that another took meanwhile', async () => {
  await create('wind', { name: 'wind', slug: 'wind' });
  expect(await refusal(create('wind', { name: 'again' }))).toMatchObject({
    code: 'CONFLICT',
    reason: 'company.exists',
  });
  await running.store.remove(ctx(), { id: 'wind', v: 1 });
  await create('storm', { name: 'storm', slug: 'wind' });
  const taken = { reason: 'company.slug-taken', details: { id: 'storm' } };
  expect(await refusal(create('wind', { name: 'again', slug: 'wind' }))).toMatchObject(taken);
  expect(await refusal(running.store.get(ctx(), 'wind'))).toMatchObject({ code: 'NOT_FOUND' });
});

test('many at once revive it once; a repeat with the same key is answered, and is none after another deletion', async () => {
  await create('hydro', { name: 'hydro' });
  await running.store.remove(ctx(), { id: 'hydro', v: 1 });
  const tries = Array.from({ length: 8 }, (_, n) =>
    create('hydro', { name: `hydro ${n}` }).then(
      ({ v }) => v,
      ({ reason }: { reason: string }) => reason,
    ),
  );
  const outcomes = await Promise.all(tries);
  expect(outcomes.filter((outcome) => outcome === 3)).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === 'company.exists')).toHaveLength(7);

  await running.store.remove(ctx(), { id: 'hydro', v: 3 });
  const repeats = await Promise.all([1, 2, 3].map(() => create('hydro', { name: 'kept' }, 'key-1')));
  expect(repeats.map(({ v }) => v)).toEqual([5, 5, 5]);
  await running.store.remove(ctx(), { id: 'hydro', v: 5 });
  expect(await refusal(create('hydro', { name: 'kept' }, 'key-1'))).toMatchObject({ reason: 'company.exists' });
});

test('where ids are not used again, a tombstone stays one', async () => {
  const { store } = rig.makeStore({ collection: 'unique things' });
  await store.ensureIndexes();
  await store.create(ctx(), { id: 'a', state: { name: 'a' } });
  await store.remove(ctx(), { id: 'a', v: 1 });
  const again = store.create(ctx(), { id: 'a', state: { name: 'a' } });
  expect(await refusal(again)).toMatchObject({ reason: 'company.exists' });
});
