import { afterAll, beforeAll, expect, it } from 'vitest';
import { typeIds } from '../src/kernel/index.ts';
import { applyDifference, type JsonRecord } from '../src/outbox/difference.ts';
import type { Revision } from '../src/outbox/revisions.ts';
import { eventually, refusal, testContext } from '../src/testing/index.ts';
import { openRig, type Rig, type ThingState } from './outbox-rig.ts';

let rig: Rig;
const ctx = () => testContext();
const newId = () => typeIds.next('company');

beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());

async function revisionsOf(collection: string, id: string): Promise<Map<number, Revision>> {
  const rows = await rig.mongo.connection.db
    ?.collection<Revision>(`${collection}_revisions`)
    .find({ _id: { $regex: `^${id}:` } })
    .toArray();
  return new Map((rows ?? []).map((row) => [row.v, row]));
}

/** The state at `v` from the nearest whole state before it and the patches since. */
function rebuild(revisions: Map<number, Revision>, v: number): JsonRecord | undefined {
  const row = revisions.get(v);
  if (!row) return undefined;
  if (row.state) return row.state;
  const before = rebuild(revisions, v - 1);
  return before && applyDifference(before, { patch: row.patch ?? {}, nulls: row.nulls ?? [] });
}

/** Changes that add, replace, null and remove members, by turns. */
function nextState(state: ThingState, v: number): ThingState {
  const { score, tags, ...rest } = state;
  const turn: Partial<ThingState>[] = [
    { rank: v, tags: [`${v}`], nested: { a: v, b: { c: null } } },
    { rank: null, ...(score === undefined ? { score: v } : {}) },
    { nested: { a: null, b: { c: v } }, ...(tags ? { tags: [...tags, 'x'] } : {}) },
  ];
  return { ...rest, ...turn[v % 3], name: `at ${v}` };
}

it('the revisions give the state at every version, also when several are published together', async () => {
  const { store, relay } = rig.makeStore({ collection: 'rebuilt' });
  await store.ensureIndexes();
  const id = newId();
  const states = new Map<number, ThingState>();
  const keep = ({ v, state }: { v: number; state: ThingState }) => states.set(v, structuredClone(state));
  keep(await store.create(ctx(), { id, state: { name: 'at 1', rank: null } }));
  for (let v = 2; v <= 20; v += 1)
    keep(await store.change(ctx(), { id, type: 'updated', decide: (state) => nextState(state, v) }));
  await relay.start();
  for (let v = 21; v <= 130; v += 1)
    keep(
      await eventually(() =>
        store.change(ctx(), { id, v: v - 1, type: 'updated', decide: (state) => nextState(state, v) }),
      ),
    );
  await eventually(async () => (await relay.state()).pending === 0);
  const revisions = await revisionsOf('rebuilt', id);
  expect(revisions.size).toBe(130);
  for (const [v, state] of states) {
    expect(rebuild(revisions, v)).toEqual(state);
    expect(await store.revision(ctx(), { id, v })).toEqual({ id, v, state });
  }
  expect([...revisions.values()].filter(({ state }) => state).length).toBeGreaterThanOrEqual(3);
  expect(revisions.get(2)).toMatchObject({ type: 'updated', actor: 'test', fields: expect.arrayContaining(['name']) });
});

it('two relays that publish the same document leave each revision once', async () => {
  const [one, two] = [rig.makeStore({ collection: 'shared' }), rig.makeStore({ collection: 'shared' })];
  await one.store.ensureIndexes();
  const id = newId();
  await one.store.create(ctx(), { id, state: { name: 'a' } });
  await one.store.change(ctx(), { id, type: 'updated', decide: (state) => ({ ...state, name: 'b' }) });
  await Promise.all([one.relay.start(), two.relay.start()]);
  await eventually(async () => (await one.relay.state()).pending === 0);
  expect(new Set((await revisionsOf('shared', id)).keys())).toEqual(new Set([1, 2]));
  expect(rig.receivedOf(id).map(({ data }) => data.v)).toEqual([2]);
});

it('at least the newest 1,000 revisions are kept, with a whole state before the oldest of them', async () => {
  const { store, relay } = rig.makeStore({ collection: 'pruned' });
  await store.ensureIndexes();
  const id = newId();
  const at = '2026-01-01T00:00:00.000Z';
  const database = rig.mongo.connection.db;
  const old = Array.from({ length: 1_199 }, (_, index) => index + 1).map((v) => ({
    _id: `${id}:${v}` as never,
    v,
    patch: { name: `${v}` },
    ...(v % 50 ? {} : { state: { name: `${v}` } }),
  }));
  await database?.collection('pruned_revisions').insertMany(old);
  await database?.collection('pruned').insertOne({
    _id: id as never,
    v: 1_199,
    live: true,
    visible: false,
    changedAt: at,
    check: 0,
    pending: [],
    requests: [],
    name: '1199',
  });
  await relay.start();
  await store.change(ctx(), { id, v: 1_199, type: 'updated', decide: (state) => ({ ...state, name: '1200' }) });
  await eventually(
    async () => (await revisionsOf('pruned', id)).has(1_200) && !(await revisionsOf('pruned', id)).has(100),
  );
  const kept = await revisionsOf('pruned', id);
  expect(kept.size).toBeGreaterThanOrEqual(1_000);
  for (const v of [201, 777, 1_200]) expect(rebuild(kept, v)).toEqual({ name: `${v}` });
});

it('a past state is read also before anything was published, and what never was is not found', async () => {
  const { store } = rig.makeStore({ collection: 'unpublished' });
  await store.ensureIndexes();
  const id = newId();
  await store.create(ctx(), { id, state: { name: 'a', rank: null } });
  await store.change(ctx(), { id, type: 'updated', decide: (state) => ({ ...state, name: 'b', score: 1 }) });
  await store.change(ctx(), { id, type: 'updated', decide: ({ name }) => ({ name }) });
  const at = async (v: number) => (await store.revision(ctx(), { id, v })).state;
  expect([await at(1), await at(2), await at(3)]).toEqual([
    { name: 'a', rank: null },
    { name: 'b', rank: null, score: 1 },
    { name: 'b' },
  ]);
  const lost = { code: 'NOT_FOUND', reason: 'revision.not-found' };
  for (const v of [0, 4]) expect(await refusal(at(v))).toMatchObject(lost);
  const nowhere = store.revision(ctx(), { id: newId(), v: 1 });
  expect(await refusal(nowhere)).toMatchObject({ code: 'NOT_FOUND', reason: 'company.not-found' });
});

it('a change of another version is refused with what the caller saw, what there is and what the caller wants', async () => {
  const { store } = rig.makeStore({ collection: 'stale' });
  await store.ensureIndexes();
  const id = newId();
  await store.create(ctx(), { id, state: { name: 'a', nested: { x: 1, y: 1 } } });
  await store.change(ctx(), { id, type: 'updated', decide: (state) => ({ ...state, nested: { x: 2, y: 1 } }) });
  const refused = await refusal(
    store.change(ctx(), { id, v: 1, type: 'updated', decide: (state) => ({ ...state, name: 'b' }) }),
  );
  expect([refused.code, refused.details]).toEqual([
    'VERSION_MISMATCH',
    {
      current: { v: 2 },
      diff: [
        { pointer: '/name', base: 'a', current: 'a', yours: 'b' },
        { pointer: '/nested/x', base: 1, current: 2, yours: 1 },
      ],
    },
  ]);
  expect((await refusal(store.remove(ctx(), { id, v: 1 }))).details).toMatchObject({
    diff: [{ pointer: '/nested/x', base: 1, current: 2 }],
  });
  const ahead = await refusal(
    store.change(ctx(), { id, v: 9, type: 'updated', decide: (state) => ({ ...state, name: 'b' }) }),
  );
  expect(ahead.details?.diff).toEqual([{ pointer: '/name', current: 'a', yours: 'b' }]);
});
