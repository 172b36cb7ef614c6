import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createMetrics, systemClock, typeIds } from '../src/kernel/index.ts';
import {
  connectMongo,
  createRelay,
  createVersionedStore,
  type Mongo,
  type VersionedStore,
} from '../src/outbox/index.ts';
import { createReadableLog, eventually, testContext } from '../src/testing/index.ts';
import { openRig, type Rig, ThingState } from './outbox-rig.ts';

/**
 * A way to MongoDB that can be cut, at once or by the first request with a word in it, or made to lose answers, without
 * touching the server that others use.
 */
type Wire = { url: string; cut(): void; cutAt(word: string): void; loseAnswers(): void; mend(): void; close(): void };

async function openWire(mongoUrl: string): Promise<Wire> {
  const { hostname, port } = new URL(mongoUrl);
  const sockets = new Set<Socket>();
  let state: 'whole' | 'cut' | 'deaf' = 'whole';
  let fatalWord: string | undefined;
  const server: Server = createServer((client) => {
    if (state === 'cut') return void client.destroy();
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    client.on('data', (data) => fatalWord && data.includes(fatalWord) && wire.cut());
    client.pipe(upstream).on('close', () => client.destroy());
    upstream.on('data', (data) => state === 'deaf' || client.write(data));
    client.on('close', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const destroyAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const wire: Wire = {
    url: `mongodb://127.0.0.1:${(server.address() as AddressInfo).port}/?directConnection=true`,
    cut() {
      state = 'cut';
      destroyAll();
    },
    cutAt(word) {
      fatalWord = word;
    },
    loseAnswers() {
      state = 'deaf';
    },
    mend() {
      state = 'whole';
      fatalWord = undefined;
    },
    close() {
      server.close();
      destroyAll();
    },
  };
  return wire;
}

let rig: Rig;
let wire: Wire;
let mongo: Mongo;
let store: VersionedStore<ThingState>;
/** The same documents, by a connection that nothing is done to. */
let direct: VersionedStore<ThingState>;
const ctx = () => testContext();
const newId = () => typeIds.next('company');

beforeAll(async () => {
  rig = await openRig();
  ({ store: direct } = rig.makeStore());
  await direct.ensureIndexes();
  wire = await openWire(rig.namespace.mongoUrl);
  const { names, log } = rig.namespace;
  mongo = await connectMongo({ url: wire.url, database: names.database('catalog'), log });
  const { connection } = mongo;
  const shared = { service: 'catalog', clock: systemClock } as const;
  const { publisher } = rig.bus;
  const relay = createRelay({ ...shared, connection, publisher, names, log, metrics: createMetrics('test') });
  store = createVersionedStore<ThingState>({
    ...shared,
    mongo,
    relay,
    kind: 'company',
    collection: 'things',
    members: ThingState,
    keysOf: () => [],
    isVisible: () => false,
    indexes: [],
  });
});
afterAll(async () => {
  wire.mend();
  await mongo.close();
  wire.close();
  await rig.close();
});

afterEach(async () => {
  wire.mend();
  await eventually(async () => (await mongo.check()) === null);
});

it('a write that never reached MongoDB is UNAVAILABLE and is not there; so is a read, and health says why', async () => {
  const id = newId();
  wire.cut();
  expect(await mongo.check()).toMatch(/MongoDB/);
  const [write, read] = await Promise.allSettled([
    store.create(ctx(), { id, state: { name: 'a' } }),
    store.get(ctx(), id),
  ]);
  expect(write).toMatchObject({ reason: { code: 'UNAVAILABLE', reason: 'catalog.database-unavailable' } });
  expect(read).toMatchObject({ reason: { code: 'UNAVAILABLE', reason: 'catalog.database-unavailable' } });
  expect(await direct.find(ctx(), id)).toBeUndefined();
});

it('a write whose answer is lost is TIMEOUT, and its repeat with the same key has one effect', async () => {
  const id = newId();
  await store.create(ctx(), { id, state: { name: 'a', rank: 0 } });
  const count = (onDecide: () => void) =>
    store.change(ctx(), {
      id,
      type: 'counted',
      decide: (state) => {
        onDecide(); // between the read and the write
        return { ...state, rank: (state.rank ?? 0) + 1 };
      },
      requestKey: 'once',
    });
  const outcome = count(() => wire.loseAnswers()).catch((error: unknown) => error);
  await eventually(async () => (await direct.get(ctx(), id)).v === 2);
  wire.cut();
  expect(await outcome).toMatchObject({ code: 'TIMEOUT', reason: 'catalog.outcome-unknown' });
  wire.mend();
  expect(await eventually(() => count(() => undefined))).toMatchObject({ v: 2, state: { rank: 1 } });
});

it('a repeat, and a change that changes nothing, are answered only from what no failover can take back', async () => {
  const [made, other] = [newId(), newId()];
  const create = () => store.create(ctx(), { id: made, state: { name: 'a' }, requestKey: 'create' });
  const change = () =>
    store.change(ctx(), { id: other, type: 'updated', decide: () => ({ name: 'b' }), requestKey: 'change' });
  const same = () => store.change(ctx(), { id: other, type: 'updated', decide: (state) => state });
  const remove = () => store.remove(ctx(), { id: other, v: 2, requestKey: 'remove' });
  await direct.create(ctx(), { id: other, state: { name: 'a' } });
  for (const [write, ...repeats] of [
    [create, create],
    [change, change, same],
    [remove, remove],
  ]) {
    await write?.();
    for (const repeat of repeats) {
      wire.cutAt('findAndModify');
      expect(await repeat().catch((error: unknown) => error)).toMatchObject({
        code: 'TIMEOUT',
        reason: 'catalog.outcome-unknown',
      });
      wire.mend();
      await eventually(async () => (await mongo.check()) === null);
      expect(await repeat()).toMatchObject({ v: { create: 1, change: 2, same: 2, remove: 3 }[repeat.name] });
    }
  }
});

it('a service that starts before its MongoDB waits for it', async () => {
  wire.cut();
  const { log, lines } = createReadableLog('test');
  const connecting = connectMongo({ url: wire.url, database: 'x', log });
  await eventually(() => lines.length > 0);
  wire.mend();
  const late = await connecting;
  expect(await late.check()).toBeNull();
  expect(lines.map(({ msg }) => msg)).toEqual(['MongoDB cannot be found yet; trying on']);
  await late.close();
});

it('a service that cannot find MongoDB says so and shows no password', async () => {
  wire.cut();
  const failure = await connectMongo({
    url: wire.url.replace('//', '//user:secret@'),
    database: 'x',
    log: rig.namespace.log,
    patienceMs: 0,
  }).catch((error: unknown) => error);
  wire.mend();
  expect(failure).toMatchObject({ code: 'UNAVAILABLE', reason: 'mongodb.unreachable' });
  expect((failure as Error).message).toMatch(/127\.0\.0\.1/);
  expect((failure as Error).message).not.toMatch(/secret/);
});
