import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError, typeIds } from '../src/kernel/index.ts';
import { eventually, testContext } from '../src/testing/index.ts';
import { openRig, type Rig, type ThingState } from './outbox-rig.ts';

let rig: Rig;
const ctx = () => testContext();
const newId = () => typeIds.next('company');

beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());

const rename = (name: string) => ({ type: 'updated', decide: (state: ThingState): ThingState => ({ ...state, name }) });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? `${error.code} ${error.reason}` : String(error)),
  );

describe('back-pressure', () => {
  it('refuses a write to a document with 32 unpublished changes, and takes it once they are published', async () => {
    const { store, relay } = rig.makeStore({ collection: 'full' });
    await store.ensureIndexes();
    const id = newId();
    await store.create(ctx(), { id, state: { name: '1' } });
    for (let v = 2; v <= 32; v += 1) await store.change(ctx(), { id, ...rename(`${v}`) });
    const refusal = await store.change(ctx(), { id, ...rename('33') }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      code: 'UNAVAILABLE',
      reason: 'outbox.document-full',
      details: { retryAfterMs: expect.any(Number) },
    });
    expect(await codeOf(store.remove(ctx(), { id, v: 32 }))).toBe('UNAVAILABLE outbox.document-full');
    expect((await store.get(ctx(), id)).v).toBe(32);
    await relay.start();
    await eventually(() => store.change(ctx(), { id, ...rename('33') }));
    await eventually(() => rig.receivedOf(id).some(({ data }) => data.v === 33));
  });

  it('lets writes wait for the room that the relay makes in a moment, and refuses none of them', async () => {
    const { store, relay } = rig.makeStore({ collection: 'behind' });
    await store.ensureIndexes();
    const id = newId();
    await store.create(ctx(), { id, state: { name: '1' } });
    for (let v = 2; v <= 32; v += 1) await store.change(ctx(), { id, ...rename(`${v}`) });
    const waiting = ['a', 'b', 'c'].map((name) => codeOf(store.change(ctx(), { id, ...rename(name) })));
    await relay.start();
    expect(await Promise.all(waiting)).toEqual(['done', 'done', 'done']);
    expect((await store.get(ctx(), id)).v).toBe(35);
  });

  it('refuses a write whose document would outgrow MongoDB with what waits to be published', async () => {
    const { store, relay } = rig.makeStore({ collection: 'heavy' });
    await store.ensureIndexes();
    const id = newId();
    await store.create(ctx(), { id, state: { name: '0' } });
    const heavy = (n: number) => store.change(ctx(), { id, ...rename(String.fromCharCode(97 + n).repeat(810_000)) });
    const refusals = [];
    for (let n = 0; n < 21; n += 1) refusals.push(await codeOf(heavy(n)));
    expect(new Set(refusals)).toEqual(new Set(['done', 'UNAVAILABLE outbox.document-full']));
    await relay.start();
    await eventually(() => heavy(1));
  });

  it('refuses a state whose answer would not fit into one message, and writes nothing', async () => {
    const { store } = rig.makeStore({ collection: 'large' });
    await store.ensureIndexes();
    const [id, never] = [newId(), newId()];
    const large = 'x'.repeat(800 * 1024);
    expect(await codeOf(store.create(ctx(), { id: never, state: { name: large } }))).toBe(
      'PAYLOAD_TOO_LARGE company.too-large',
    );
    await store.create(ctx(), { id, state: { name: 'a' } });
    expect(await codeOf(store.change(ctx(), { id, ...rename(large) }))).toBe('PAYLOAD_TOO_LARGE company.too-large');
    expect(await store.find(ctx(), never)).toBeUndefined();
    expect(await store.get(ctx(), id)).toMatchObject({ v: 1, state: { name: 'a' } });
  });

  it('refuses all writes above 50,000 pending documents, and takes them again below', async () => {
    const { store, relay } = rig.makeStore({ collection: 'flood' });
    await store.ensureIndexes();
    const flood = rig.mongo.connection.db?.collection('flood');
    const rows = Array.from({ length: 50_001 }, (_, n) => ({
      _id: `flood-${n}` as never,
      pendingSince: '2026-01-01T00:00:00.000Z',
    }));
    await flood?.insertMany(rows, { ordered: false, writeConcern: { w: 1 } });
    expect((await relay.state()).pending).toBe(50_001);
    expect(await codeOf(store.create(ctx(), { id: newId(), state: { name: 'a' } }))).toBe('UNAVAILABLE outbox.full');
    await flood?.deleteOne({ _id: 'flood-0' as never });
    expect((await relay.state()).pending).toBe(50_000);
    expect(await codeOf(store.create(ctx(), { id: newId(), state: { name: 'a' } }))).toBe('done');
  });

  it('refuses work whose caller has stopped waiting, without writing', async () => {
    const { store } = rig.makeStore();
    const id = newId();
    expect(await codeOf(store.create(testContext({ deadlineMs: 1 }), { id, state: { name: 'a' } }))).toBe(
      'TIMEOUT deadline.passed',
    );
    expect(await store.find(ctx(), id)).toBeUndefined();
  });
});
