import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError, typeIds } from '../src/kernel/index.ts';
import { eventually, testContext } from '../src/testing/index.ts';
import { openRig, type Rig, type StoreRig, type ThingState } from './outbox-rig.ts';

let rig: Rig;
let running: StoreRig;
const ctx = () => testContext();
const newId = () => typeIds.next('company');

beforeAll(async () => {
  rig = await openRig();
  running = rig.makeStore();
  await running.store.ensureIndexes();
  await running.relay.start();
});
afterAll(() => rig.close());

const rename = (name: string) => ({ type: 'updated', decide: (state: ThingState): ThingState => ({ ...state, name }) });
const rawOf = (id: string) => rig.mongo.connection.db?.collection('things').findOne({ _id: id as never });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? `${error.code} ${error.reason}` : String(error)),
  );

describe('versions', () => {
  it('go up by one without a gap, with exactly one winner each, and nobody refused, under 100 concurrent writers', async () => {
    const id = newId();
    await running.store.create(ctx(), { id, state: { name: 'first' } });
    const won: number[] = [];
    const write = async (writer: number): Promise<void> => {
      for (;;) {
        const { v } = await running.store.get(ctx(), id);
        const outcome = await codeOf(
          running.store.change(ctx(), { id, v, ...rename(`writer ${writer}`) }).then((stored) => won.push(stored.v)),
        );
        if (outcome === 'done') return;
        expect(outcome).toBe('VERSION_MISMATCH version.mismatch');
      }
    };
    await Promise.all(Array.from({ length: 100 }, (_, writer) => write(writer)));
    expect(won.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, index) => index + 2));
    await eventually(() => rig.receivedOf(id).some(({ data }) => data.v === 101));
    const told = new Set(rig.receivedOf(id).flatMap(({ data }) => data.changes.map(({ v }) => v)));
    expect([...told].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 101 }, (_, index) => index + 1));
    const { items } = await running.store.revisions(ctx(), { id, limit: 100 });
    expect(items.map(({ v }) => v)).toEqual(Array.from({ length: 100 }, (_, step) => 101 - step));
  });

  it('that the caller expects must be current: the refusal names the current one', async () => {
    const id = newId();
    await running.store.create(ctx(), { id, state: { name: 'a' } });
    await running.store.change(ctx(), { id, v: 1, ...rename('b') });
    const refusal = running.store.change(ctx(), { id, v: 1, ...rename('c') });
    await expect(refusal).rejects.toMatchObject({ code: 'VERSION_MISMATCH', details: { current: { v: 2 } } });
    await expect(running.store.remove(ctx(), { id, v: 1 })).rejects.toMatchObject({ code: 'VERSION_MISMATCH' });
    expect((await running.store.get(ctx(), id)).state.name).toBe('b');
  });

  it('need not be known: concurrent writers without one all take effect', async () => {
    const id = newId();
    await running.store.create(ctx(), { id, state: { name: 'a', rank: 0 } });
    const count = (state: ThingState) => ({ ...state, rank: (state.rank ?? 0) + 1 });
    await Promise.all(
      Array.from({ length: 4 }, () => running.store.change(ctx(), { id, type: 'counted', decide: count })),
    );
    expect(await running.store.get(ctx(), id)).toMatchObject({ v: 5, state: { rank: 4 } });
  });

  it('do not rise when nothing changes', async () => {
    const id = newId();
    await running.store.create(ctx(), { id, state: { name: 'same', tags: ['a'], nested: { b: [1] } } });
    const again = await running.store.change(ctx(), {
      id,
      type: 'updated',
      decide: () => ({ nested: { b: [1] }, tags: ['a'], name: 'same' }),
    });
    expect(again.v).toBe(1);
    expect((await rawOf(id))?.v).toBe(1);
  });

  it('carry a check and instants that never run backwards, even when the clock does', async () => {
    let now = '2026-01-01T00:00:00.500Z';
    const { store } = rig.makeStore({ collection: 'clocked', clock: { now: () => now, nowMs: () => Date.parse(now) } });
    const late = () => testContext({ deadlineMs: Date.parse(now) + 5_000 });
    const id = 'company_01h455vb4pex5vsknk084sn02q';
    await store.create(late(), { id, state: { name: 'a' } });
    now = '2026-01-01T00:00:00.100Z';
    const changed = await store.change(late(), { id, ...rename('b') });
    expect(changed.changedAt).toBe('2026-01-01T00:00:00.500Z');
    const raw = await rig.mongo.connection.db?.collection('clocked').findOne({ _id: id as never });
    expect(raw).toMatchObject({ v: 2, live: true, pendingSince: '2026-01-01T00:00:00.500Z', check: 610_829_381 });
  });
});

describe('a state', () => {
  it('loses a member that decide leaves out or sets to undefined', async () => {
    const id = newId();
    await running.store.create(ctx(), { id, state: { name: 'a', score: 1, tags: ['x'] } });
    const changed = await running.store.change(ctx(), {
      id,
      type: 'updated',
      decide: ({ score: _gone, ...rest }) => ({ ...rest, tags: undefined }) as unknown as ThingState,
    });
    expect(changed.state).toEqual({ name: 'a' });
    expect((await running.store.get(ctx(), id)).state).toEqual({ name: 'a' });
  });

  it('with a member that its contract does not name is a defect and is not stored', async () => {
    const id = newId();
    await expect(running.store.create(ctx(), { id, state: { name: 'a', secret: 1 } as ThingState })).rejects.toThrow(
      /secret/,
    );
    expect(await running.store.find(ctx(), id)).toBeUndefined();
  });

  it('is first published once: the instant stays when it is hidden and shown again', async () => {
    const id = newId();
    const show = (isPublished: boolean) => ({
      id,
      type: 'moved',
      decide: (state: ThingState) => ({ ...state, isPublished }),
    });
    expect((await running.store.create(ctx(), { id, state: { name: 'a' } })).firstPublishedAt).toBeUndefined();
    const shown = await running.store.change(ctx(), show(true));
    expect(shown).toMatchObject({ visible: true, firstPublishedAt: shown.changedAt });
    const hidden = await running.store.change(ctx(), show(false));
    expect(hidden).toMatchObject({ visible: false, firstPublishedAt: shown.changedAt });
    expect((await running.store.change(ctx(), show(true))).firstPublishedAt).toBe(shown.changedAt);
  });
});

describe('a unique key', () => {
  it('belongs to one document: the conflict names the member, in words for people, and the holder', async () => {
    const [first, second] = [newId(), newId()];
    await running.store.create(ctx(), {
      id: first,
      state: { name: 'a', slug: 'unique-a', registrationNumber: '1000001' },
    });
    const bySlug = running.store.create(ctx(), { id: second, state: { name: 'b', slug: 'unique-a' } });
    await expect(bySlug).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'company.slug-taken',
      message: 'The slug unique-a belongs to another company already.',
      details: { errors: [{ pointer: '/slug' }], id: first },
    });
    await running.store.create(ctx(), { id: second, state: { name: 'b' } });
    const byNumber = running.store.change(ctx(), {
      id: second,
      type: 'updated',
      decide: (state) => ({ ...state, registrationNumber: '1000001' }),
    });
    await expect(byNumber).rejects.toMatchObject({
      reason: 'company.registration-number-taken',
      message: 'The registration number 1000001 belongs to another company already.',
      details: { errors: [{ pointer: '/registrationNumber' }], id: first },
    });
    expect((await running.store.get(ctx(), second)).v).toBe(1);
    expect((await running.store.findByKey(ctx(), 'reg:1000001'))?.id).toBe(first);
  });

  it('is free again when its document gives it up or is deleted', async () => {
    const [first, second, third] = [newId(), newId(), newId()];
    await running.store.create(ctx(), { id: first, state: { name: 'a', slug: 'reused' } });
    await running.store.change(ctx(), { id: first, type: 'updated', decide: ({ slug: _gone, ...rest }) => rest });
    await running.store.create(ctx(), { id: second, state: { name: 'b', slug: 'reused' } });
    await running.store.remove(ctx(), { id: second, v: 1 });
    expect(await running.store.findByKey(ctx(), 'slug:reused')).toBeUndefined();
    expect((await running.store.create(ctx(), { id: third, state: { name: 'c', slug: 'reused' } })).v).toBe(1);
  });
});

describe('a deleted document', () => {
  it('leaves a tombstone that is published, holds no body but its categories, and is found by nobody', async () => {
    const id = newId();
    await running.store.create(ctx(), {
      id,
      state: { name: 'a', slug: 'gone', categories: { primary: 'mining' }, isPublished: true },
    });
    expect(await running.store.remove(ctx(), { id, v: 1 })).toEqual({ id, v: 2 });
    await expect(running.store.get(ctx(), id)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      reason: 'company.not-found',
    });
    await expect(running.store.change(ctx(), { id, ...rename('b') })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(running.store.remove(ctx(), { id, v: 2 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const last = await eventually(() => rig.receivedOf(id).find(({ data }) => data.v === 2));
    expect(last.data).toMatchObject({ live: false, visible: false });
    expect(last.data.changes.at(-1)).toMatchObject({ v: 2, type: 'deleted', fields: ['name', 'slug', 'isPublished'] });
    expect(last.data.state).toBeUndefined();
    expect(last.data.firstPublishedAt).toBeDefined();
    await eventually(async () => (await rawOf(id))?.pending.length === 0);
    expect(Object.keys((await rawOf(id)) ?? {}).toSorted()).toEqual([
      '_id',
      'categories',
      'changedAt',
      'check',
      'firstPublishedAt',
      'live',
      'pending',
      'requests',
      'v',
      'visible',
    ]);
  });

  it('keeps its id: another document cannot be created under it', async () => {
    const id = newId();
    await running.store.create(ctx(), { id, state: { name: 'a' } });
    expect(await codeOf(running.store.create(ctx(), { id, state: { name: 'b' } }))).toBe('CONFLICT company.exists');
    await running.store.remove(ctx(), { id, v: 1 });
    expect(await codeOf(running.store.create(ctx(), { id, state: { name: 'b' } }))).toBe('CONFLICT company.exists');
  });
});

describe('a repeat with the same request key', () => {
  it('of a create answers what is stored, and is a conflict with another key', async () => {
    const id = newId();
    const create = (requestKey: string) =>
      running.store.create(ctx(), { id, state: { name: 'a', slug: `repeat-${id}` }, requestKey });
    await create('k1');
    expect(await create('k1')).toMatchObject({ id, v: 1, state: { name: 'a' } });
    expect(await codeOf(create('k2'))).toBe('CONFLICT company.exists');
    expect((await running.store.get(ctx(), id)).v).toBe(1);
  });

  it('of a change or delete has no second effect, whatever version it names', async () => {
    const id = newId();
    await running.store.create(ctx(), { id, state: { name: 'a', rank: 0 } });
    const count = () =>
      running.store.change(ctx(), {
        id,
        v: 1,
        type: 'counted',
        decide: (state) => ({ ...state, rank: (state.rank ?? 0) + 1 }),
        requestKey: 'count-1',
      });
    expect((await count()).v).toBe(2);
    expect(await count()).toMatchObject({ v: 2, state: { rank: 1 } });
    const remove = () => running.store.remove(ctx(), { id, v: 2, requestKey: 'remove-1' });
    expect(await remove()).toEqual({ id, v: 3 });
    expect(await remove()).toEqual({ id, v: 3 });
  });

  it('is known for the last 8 keys of a document', async () => {
    const id = newId();
    await running.store.create(ctx(), { id, state: { name: 'a' }, requestKey: 'k0' });
    for (let n = 1; n <= 8; n += 1) await running.store.change(ctx(), { id, ...rename(`${n}`), requestKey: `k${n}` });
    expect((await rawOf(id))?.requests).toEqual(
      Array.from({ length: 8 }, (_, index) => ({ key: `k${index + 1}`, v: index + 2 })),
    );
    expect((await running.store.change(ctx(), { id, v: 1, ...rename('other'), requestKey: 'k1' })).v).toBe(9);
  });
});
