import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Publication, Publisher } from '../src/bus/index.ts';
import { AppError, pause, typeIds } from '../src/kernel/index.ts';
import { eventually, testContext } from '../src/testing/index.ts';
import { openRig, type Rig, type ThingState } from './outbox-rig.ts';

let rig: Rig;
const ctx = () => testContext();
const newId = () => typeIds.next('company');
const rename = (name: string) => ({ type: 'updated', decide: (state: ThingState): ThingState => ({ ...state, name }) });

beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());

/** The real publisher, with something in its way. */
function publisherWith(
  before: (publication: Publication) => Promise<void> | void,
  after: () => void = () => undefined,
): Publisher {
  return {
    publish: async (publication) => {
      await before(publication);
      const published = await rig.bus.publisher.publish(publication);
      after();
      return published;
    },
  };
}
const outage = () => AppError.unavailable('bus.publish-failed', 'The stream is away.');

describe('what is committed is published', () => {
  it('when the process ended between the commit and the publish: at the next start, whatever its age', async () => {
    const crashed = rig.makeStore({ collection: 'crashed' });
    await crashed.store.ensureIndexes();
    const ids = Array.from({ length: 1_200 }, newId);
    for (let first = 0; first < ids.length; first += 40) {
      const some = ids.slice(first, first + 40);
      await Promise.all(some.map((id) => crashed.store.create(ctx(), { id, state: { name: 'a' } })));
    }
    await crashed.store.change(ctx(), { id: ids[0] ?? '', ...rename('b') });
    expect(await crashed.relay.state()).toMatchObject({ pending: 1_200 });
    expect(rig.receivedOf(ids[0] ?? '')).toEqual([]);
    const restarted = rig.makeStore({ collection: 'crashed' });
    await restarted.relay.start();
    await eventually(() => ids.every((id) => rig.receivedOf(id).length > 0));
    expect(rig.receivedOf(ids[0] ?? '').at(-1)?.data).toMatchObject({ v: 2, changes: [{ v: 1 }, { v: 2 }] });
    await eventually(async () => (await restarted.relay.state()).pending === 0);
  });

  it('by another replica when the one that wrote has gone, after five seconds', async () => {
    const other = rig.makeStore({ collection: 'replicas' });
    await other.store.ensureIndexes();
    await other.relay.start();
    const gone = rig.makeStore({ collection: 'replicas' });
    const id = newId();
    await gone.store.create(ctx(), { id, state: { name: 'a' } });
    await eventually(() => rig.receivedOf(id).length === 1);
  });

  it('and nothing else: a refused write is never seen', async () => {
    const { store, relay } = rig.makeStore({ collection: 'only' });
    await store.ensureIndexes();
    await relay.start();
    const writes = Array.from({ length: 60 }, (_, n) => ({ id: newId(), slug: `only-${n % 20}` }));
    const settled = await Promise.allSettled(
      writes.map(({ id, slug }) => store.create(ctx(), { id, state: { name: 'a', slug } })),
    );
    const stored = writes.filter((_, n) => settled[n]?.status === 'fulfilled').map(({ id }) => id);
    expect(stored).toHaveLength(20);
    await eventually(async () => (await relay.state()).pending === 0);
    await eventually(() => stored.every((id) => rig.receivedOf(id).length > 0));
    expect(writes.filter(({ id }) => rig.receivedOf(id).length > 0).map(({ id }) => id)).toEqual(stored);
  });

  it('once, when the acknowledgement is lost and it is published again', async () => {
    let isLost = true;
    const publisher = publisherWith(
      () => undefined,
      () => {
        const wasLost = isLost;
        isLost = false;
        if (wasLost) throw outage();
      },
    );
    const { store, relay } = rig.makeStore({ collection: 'lost_acks', publisher });
    await store.ensureIndexes();
    await relay.start();
    const id = newId();
    await store.create(ctx(), { id, state: { name: 'a' } });
    await eventually(async () => (await relay.state()).pending === 0);
    expect(isLost).toBe(false);
    expect(rig.receivedOf(id)).toHaveLength(1);
  });
});

describe('a clear', () => {
  it('keeps what is newer: under steady writes with two relays none is refused, every version is told and none is left', async () => {
    const [one, two] = [rig.makeStore({ collection: 'steady' }), rig.makeStore({ collection: 'steady' })];
    await one.store.ensureIndexes();
    await one.relay.start();
    await two.relay.start();
    const id = newId();
    await one.store.create(ctx(), { id, state: { name: '1' } });
    const WRITES = 400;
    for (let v = 2; v <= WRITES; v += 1) {
      const { store } = v % 2 ? one : two;
      await store.change(ctx(), { id, v: v - 1, ...rename(`${v}`) });
    }
    await eventually(() => rig.receivedOf(id).some(({ data }) => data.v === WRITES));
    await eventually(async () => (await one.relay.state()).pending === 0);
    const told = new Set(rig.receivedOf(id).flatMap(({ data }) => data.changes.map(({ v }) => v)));
    expect(told.size).toBe(WRITES);
    const raw = await rig.mongo.connection.db?.collection('steady').findOne({ _id: id as never });
    expect(raw).toMatchObject({ v: WRITES, pending: [] });
    expect(raw).not.toHaveProperty('pendingSince');
  });
});

describe('a broker that is away', () => {
  it('costs no change and no write: all is kept, tried again without haste, and published when it is back', async () => {
    let isAway = true;
    let attempts = 0;
    const publisher = publisherWith(() => {
      attempts += 1;
      if (isAway) throw outage();
    });
    const { store, relay } = rig.makeStore({ collection: 'outage', publisher });
    await store.ensureIndexes();
    await relay.start();
    const ids = Array.from({ length: 100 }, newId);
    await Promise.all(ids.map((id) => store.create(ctx(), { id, state: { name: 'a' } })));
    await Promise.all(ids.map((id) => store.change(ctx(), { id, ...rename('b') })));
    expect(await relay.state()).toMatchObject({ pending: 100 });
    expect(attempts).toBeLessThan(300);
    isAway = false;
    await eventually(() => ids.every((id) => rig.receivedOf(id).some(({ data }) => data.v === 2)));
    await eventually(async () => (await relay.state()).pending === 0);
  });
});

describe('a message', () => {
  it('over 700 KB of state travels by reference', async () => {
    const { store, relay } = rig.makeStore({ collection: 'large' });
    await store.ensureIndexes();
    await relay.start();
    const [small, large] = [newId(), newId()];
    const state = (length: number): ThingState => ({ name: 'x'.repeat(length - '{"name":""}'.length) });
    await store.create(ctx(), { id: small, state: state(700 * 1024) });
    await store.create(ctx(), { id: large, state: state(700 * 1024 + 1) });
    const [whole, reference] = await eventually(() => {
      const [a, b] = [rig.receivedOf(small)[0], rig.receivedOf(large)[0]];
      return a && b && ([a, b] as const);
    });
    expect(whole.data.state?.name).toHaveLength(700 * 1024 - 11);
    expect(whole.data.isStateByReference).toBeUndefined();
    expect(reference.data).toMatchObject({ isStateByReference: true, live: true, v: 1 });
    expect(reference.data.state).toBeUndefined();
  });

  it('goes to its own subject, with id and version as message id and the trace of its writer', async () => {
    const seen: Publication[] = [];
    const { store, relay } = rig.makeStore({
      collection: 'named',
      publisher: publisherWith((publication) => void seen.push(publication)),
    });
    await store.ensureIndexes();
    await relay.start();
    const id = newId();
    const writer = ctx();
    await store.create(writer, { id, state: { name: 'a' } });
    const publication = await eventually(() => seen[0]);
    expect(publication).toMatchObject({
      subject: rig.namespace.names.change('catalog', 'company', id),
      messageId: `${id}:1`,
      headers: { traceparent: writer.traceparent },
    });
  });

  it('that cannot be sent keeps no other waiting', async () => {
    const [bad, good] = [newId(), newId()];
    const publisher = publisherWith(({ messageId }) => {
      if (messageId.startsWith(bad)) throw new AppError('PAYLOAD_TOO_LARGE', 'bus.message-too-large', 'Too large.');
    });
    const { store, relay } = rig.makeStore({ collection: 'faulty', publisher });
    await store.ensureIndexes();
    await relay.start();
    await store.create(ctx(), { id: bad, state: { name: 'bad' } });
    await store.create(ctx(), { id: good, state: { name: 'good' } });
    await eventually(() => rig.receivedOf(good).length === 1);
    await eventually(async () => (await relay.state()).pending === 1);
    expect(rig.receivedOf(bad)).toEqual([]);
  });
});

describe('a relay that stops', () => {
  it('finishes what is in flight: what was acknowledged is cleared', async () => {
    let started = 0;
    const publisher = publisherWith(async () => {
      started += 1;
      await pause(300);
    });
    const { store, relay } = rig.makeStore({ collection: 'stopping', publisher });
    await store.ensureIndexes();
    await relay.start();
    await Promise.all(Array.from({ length: 20 }, () => store.create(ctx(), { id: newId(), state: { name: 'a' } })));
    await eventually(() => started > 0);
    await relay.stop();
    const startedByThen = started;
    expect((await relay.state()).pending).toBe(20 - startedByThen);
  });
});
