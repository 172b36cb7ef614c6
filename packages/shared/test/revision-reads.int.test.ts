import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { typeIds } from '../src/kernel/index.ts';
import type { Revision } from '../src/outbox/revisions.ts';
import { eventually, refusal, testContext } from '../src/testing/index.ts';
import { openRig, type Rig, type StoreRig, type ThingState } from './outbox-rig.ts';

let rig: Rig;
const ctx = (id = 'test') => testContext({ actor: { type: 'key', id, scopes: [] } });
const newId = () => typeIds.next('company');

beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());

type Store = StoreRig['store'];
type Filters = { fields?: string[]; actors?: string[] };

async function openStore(collection: string): Promise<StoreRig> {
  const made = rig.makeStore({ collection });
  await made.store.ensureIndexes();
  return made;
}

const set = (store: Store, id: string, members: Partial<ThingState>, actor?: string) =>
  store.change(ctx(actor), { id, type: 'updated', decide: (state) => ({ ...state, ...members }) });

/** All versions in pages of `limit`, and how many pages that took. */
async function readAll(store: Store, id: string, { limit, ...filters }: Filters & { limit: number }) {
  const items = [];
  let before: number | undefined;
  let pages = 0;
  do {
    const page = await store.revisions(ctx(), { id, limit, ...filters, ...(before === undefined ? {} : { before }) });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    items.push(...page.items);
    before = page.next;
    pages += 1;
  } while (before !== undefined && pages < 2_000);
  return { items, pages };
}

const versionsOf = async (store: Store, id: string, filters: Filters = {}) =>
  (await readAll(store, id, { limit: 100, ...filters })).items.map(({ v }) => v);

describe('the versions of a document', () => {
  it('are listed once each, the newest first, in pages of any size, whether they are published or not', async () => {
    const { store, relay } = await openStore('listed');
    const id = newId();
    await store.create(ctx(), { id, state: { name: '1' } });
    for (let v = 2; v <= 10; v += 1) await set(store, id, { name: `${v}` });
    const waiting = await readAll(store, id, { limit: 3 });
    expect(waiting.items.map(({ v }) => v)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(waiting.pages).toBe(4);
    await relay.start();
    await eventually(async () => (await relay.state()).pending === 0);
    expect((await readAll(store, id, { limit: 4 })).items).toEqual(waiting.items);
    expect(waiting.items[9]).toMatchObject({ v: 1, type: 'created', actor: 'test', fields: ['name'] });
  });

  it('are whole while the relay takes them from the document into the revisions', async () => {
    const { store, relay } = await openStore('raced');
    await relay.start();
    const id = newId();
    await store.create(ctx(), { id, state: { name: '1' } });
    for (let v = 2; v <= 60; v += 1) {
      await eventually(() => set(store, id, { name: `${v}` }));
      const { items } = await store.revisions(ctx(), { id, limit: 100 });
      expect(items.map((item) => item.v)).toEqual(Array.from({ length: v }, (_, step) => v - step));
    }
  });

  it('stay readable when it is deleted: the deletion is one of them, and gone as a document', async () => {
    const { store } = await openStore('deleted');
    const id = newId();
    await store.create(ctx(), { id, state: { name: 'a', tags: ['x'] } });
    await store.remove(ctx(), { id, v: 1 });
    const { items } = await store.revisions(ctx(), { id, limit: 10 });
    expect(items.map(({ v, type }) => [v, type])).toEqual([
      [2, 'deleted'],
      [1, 'created'],
    ]);
    expect(await store.revision(ctx(), { id, v: 1 })).toEqual({ id, v: 1, state: { name: 'a', tags: ['x'] } });
    const deletion = { code: 'GONE', reason: 'revision.deletion' };
    expect(await refusal(store.revision(ctx(), { id, v: 2 }))).toMatchObject(deletion);
  });

  it('of what never was are not found', async () => {
    const { store } = await openStore('nowhere');
    const lost = { code: 'NOT_FOUND', reason: 'company.not-found' };
    expect(await refusal(store.revisions(ctx(), { id: newId(), limit: 1 }))).toMatchObject(lost);
  });
});

describe('who changed a field', () => {
  it.each(['before', 'after'])('is answered by a pointer, as deep as a change tells, %s publication', async (when) => {
    const { store, relay } = await openStore(`fields-${when}`);
    const id = newId();
    await store.create(ctx('anna'), { id, state: { name: 'a', nested: { en: 'x', mn: { deep: 1 } }, tags: ['t'] } });
    await set(store, id, { nested: { en: 'y', mn: { deep: 1 } } }, 'bold');
    await set(store, id, { nested: { en: 'y', mn: { deep: 2 } } }, 'anna');
    await set(store, id, { tags: ['t', 'u'] }, 'bold');
    await store.change(ctx('dorj'), { id, type: 'updated', decide: ({ nested: _gone, ...rest }) => rest });
    if (when === 'after') {
      await relay.start();
      await eventually(async () => (await relay.state()).pending === 0);
    }
    const asked = (...fields: string[]) => versionsOf(store, id, { fields });
    expect(await asked('/nested')).toEqual([5, 3, 2, 1]);
    expect(await asked('/nested/en')).toEqual([5, 2, 1]);
    expect(await asked('/nested/mn/deep')).toEqual([5, 3, 1]);
    expect(await asked('/nested/ru')).toEqual([5]); // what was removed as a whole is not known member by member
    expect(await asked('/tags/1')).toEqual([4, 1]);
    expect(await asked('/name', '/tags')).toEqual([4, 1]);
    expect(await asked('/pending')).toEqual([]);
    expect(await versionsOf(store, id, { actors: ['anna'] })).toEqual([3, 1]);
    expect(await versionsOf(store, id, { actors: ['bold', 'dorj'], fields: ['/nested'] })).toEqual([5, 2]);
  });

  it('is found as far back as versions are kept, in pages', async () => {
    const { store } = await openStore('far');
    const id = newId();
    await insertPast(id, 'far', 1_300, (v) => (v % 100 === 1 ? { nested: { en: `${v}` } } : { name: `${v}` }));
    expect((await readAll(store, id, { limit: 3, fields: ['/nested/en'] })).items.map(({ v }) => v)).toEqual([
      1_201, 1_101, 1_001, 901, 801, 701, 601, 501, 401, 301,
    ]);
  });
});

describe('the newest 1,000', () => {
  it('are listed and read; older ones are gone, and those that never were are not found', async () => {
    const { store } = await openStore('kept');
    const id = newId();
    await insertPast(id, 'kept', 1_150, (v) => ({ name: `${v}` }));
    const listed = await versionsOf(store, id);
    expect(listed).toEqual(Array.from({ length: 1_000 }, (_, step) => 1_150 - step));
    for (const v of [151, 152, 700, 1_150]) expect((await store.revision(ctx(), { id, v })).state.name).toBe(`${v}`);
    for (const v of [1, 150])
      expect(await refusal(store.revision(ctx(), { id, v }))).toMatchObject({ code: 'GONE', reason: 'revision.gone' });
    expect(await refusal(store.revision(ctx(), { id, v: 1_151 }))).toMatchObject({ code: 'NOT_FOUND' });
  });
});

/** A document at version `newest` with the revisions that the relay would have left: every fiftieth whole. */
async function insertPast(id: string, collection: string, newest: number, patchOf: (v: number) => Partial<ThingState>) {
  const database = rig.mongo.connection.db;
  const at = '2026-01-01T00:00:00.000Z';
  const rows = Array.from({ length: newest }, (_, index) => index + 1).map((v) => {
    const patch = patchOf(v);
    const whole = v === 1 || v % 50 === 0 ? { state: { name: '', ...patch } } : {};
    return { _id: `${id}:${v}`, v, type: 'updated', at, actor: 'test', fields: Object.keys(patch), patch, ...whole };
  });
  await database?.collection<Revision>(`${collection}_revisions`).insertMany(rows);
  const envelope = { v: newest, live: true, visible: false, changedAt: at, check: 0, pending: [], requests: [] };
  await database?.collection(collection).insertOne({ _id: id as never, ...envelope, ...rows.at(-1)?.patch });
}
