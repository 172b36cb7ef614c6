import { type Static, Type } from 'typebox';
import { type Bus, connectBus, type Publisher } from '../src/bus/index.ts';
import type { Change } from '../src/contracts/index.ts';
import { type Clock, createMetrics, systemClock } from '../src/kernel/index.ts';
import {
  connectMongo,
  createRelay,
  createVersionedStore,
  type Mongo,
  type Relay,
  type VersionedStore,
} from '../src/outbox/index.ts';
import { openTestNamespace, type TestNamespace } from '../src/testing/index.ts';

/** A small state with every shape that matters: optional, nested, null, array, categories, keys, visibility. */
export const ThingState = Type.Object({
  name: Type.String(),
  rank: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
  score: Type.Optional(Type.Number()),
  slug: Type.Optional(Type.String()),
  registrationNumber: Type.Optional(Type.String()),
  tags: Type.Optional(Type.Array(Type.String())),
  nested: Type.Optional(Type.Object({}, { additionalProperties: true })),
  categories: Type.Optional(Type.Object({ primary: Type.String() })),
  isPublished: Type.Optional(Type.Boolean()),
});
export type ThingState = Static<typeof ThingState> & { nested?: Record<string, unknown> };

export type StoreRig = { store: VersionedStore<ThingState>; relay: Relay };

export type Rig = {
  namespace: TestNamespace;
  mongo: Mongo;
  bus: Bus;
  /** What the stream has delivered so far to one consumer, in order. */
  received: Change[];
  receivedOf(id: string): Change[];
  /** A store with a relay of its own; several on one collection are replicas. */
  makeStore(options?: {
    collection?: string;
    publisher?: Publisher;
    clock?: Clock;
    isIdReusable?: boolean;
    isPersonal?: boolean;
  }): StoreRig;
  close(): Promise<void>;
};

/** Real MongoDB and NATS for one test file. */
export async function openRig(): Promise<Rig> {
  const namespace = await openTestNamespace();
  const { names, log } = namespace;
  const mongo = await connectMongo({ url: namespace.mongoUrl, database: names.database('catalog'), log });
  const bus = await connectBus({ url: namespace.natsUrl, names, service: 'catalog', log });
  await bus.ensureStreams();
  const received: Change[] = [];
  const consumer = await bus.consume({
    durable: `${namespace.namespace}-seen`,
    subjects: [names.changesOf('catalog', 'company')],
    from: { type: 'all' },
    batch: { maxMessages: 500, maxBytes: 5_000_000, maxWaitMs: 10 },
    handle: async (batch) => {
      received.push(...batch.map(({ change }) => change));
      return batch.map(() => ({ type: 'done' as const }));
    },
    log,
  });
  const relays: Relay[] = [];

  function makeStore({
    collection = 'things',
    publisher = bus.publisher,
    clock = systemClock,
    isIdReusable = false,
    isPersonal = false,
  }: Parameters<Rig['makeStore']>[0] = {}): StoreRig {
    const { connection } = mongo;
    if (connection.models[collection]) connection.deleteModel(collection);
    const relay = createRelay({
      connection,
      publisher,
      service: 'catalog',
      names,
      log,
      clock,
      metrics: createMetrics('test'),
    });
    const store = createVersionedStore<ThingState>({
      mongo,
      relay,
      clock,
      service: 'catalog',
      kind: 'company',
      collection,
      members: ThingState,
      keysOf: ({ slug, registrationNumber }) => [
        ...(slug ? [`slug:${slug}`] : []),
        ...(registrationNumber ? [`reg:${registrationNumber}`] : []),
      ],
      isVisible: ({ isPublished }) => isPublished === true,
      isIdReusable,
      isPersonal,
      indexes: [{ live: 1, name: 1, _id: 1 }],
    });
    relays.push(relay);
    return { store, relay };
  }

  return {
    namespace,
    mongo,
    bus,
    received,
    receivedOf: (id) => received.filter(({ subject }) => subject === id),
    makeStore,
    async close() {
      for (const relay of relays) await relay.stop();
      await consumer.stop();
      await bus.close();
      await mongo.close();
      await namespace.dispose();
    },
  };
}
