import { type Connection, openConnection } from '../src/bus/connection.ts';
import {
  type Bus,
  type ConsumeOptions,
  type Consumer,
  connectBus,
  type Delivery,
  type Outcome,
} from '../src/bus/index.ts';
import type { Change } from '../src/contracts/index.ts';
import { systemClock } from '../src/kernel/index.ts';
import {
  type BusUnderTest,
  buildTestChange,
  openTestNamespace,
  removeStreams,
  type TestNamespace,
} from '../src/testing/index.ts';

/** What tests of streams and consumers need: a namespace, a bus, and a bare connection to look behind it. */
export type BusRig = {
  space: TestNamespace;
  bus: Bus;
  raw: Connection;
  durable: string;
  open(url?: string): Promise<Bus>;
  /** Deletes the streams and makes them anew. */
  resetStreams(): Promise<void>;
  deleteStreams(): Promise<void>;
  /** Publishes a change of one company, or a payload, under a message id of its own. */
  publish(data: Partial<Change['data']>, payload?: string): Promise<{ sequence: number }>;
  /** Starts a consumer that `stopConsumers` stops. */
  consume(handle: ConsumeOptions['handle'], options?: Partial<ConsumeOptions>): Promise<Consumer>;
  stopConsumers(): Promise<void>;
  durableInfo(): ReturnType<Connection['jsm']['consumers']['info']>;
  /** Whether everything up to this sequence was answered. */
  isAcked(sequence: number): Promise<boolean>;
  close(): Promise<void>;
};

export const done = (deliveries: Delivery[]): Outcome[] => deliveries.map(() => ({ type: 'done' }));

export async function openBusRig(): Promise<BusRig> {
  const space = await openTestNamespace();
  const { natsUrl, names, log } = space;
  const durable = 'search-test';
  const raw = await openConnection({ url: natsUrl, names, log, service: 'search', clock: systemClock });
  const open = (url = natsUrl) => connectBus({ url, names, service: 'catalog', log });
  const bus = await open();
  const consumers: Consumer[] = [];
  let published = 0;

  const deleteStreams = async () => {
    for (const name of [names.changesStream, names.deadLettersStream]) {
      await raw.jsm.streams.delete(name).catch(() => undefined);
    }
  };
  const durableInfo = () => raw.jsm.consumers.info(names.changesStream, durable);
  return {
    space,
    bus,
    raw,
    durable,
    open,
    deleteStreams,
    resetStreams: async () => {
      await deleteStreams();
      await bus.ensureStreams();
    },
    publish: (data, payload) => {
      published += 1;
      const change = buildTestChange(data);
      const subject = names.change('catalog', change.data.kind, change.subject);
      return bus.publisher.publish({ subject, messageId: `m${published}`, payload: payload ?? JSON.stringify(change) });
    },
    consume: async (handle, options) => {
      const batch = { maxMessages: 50, maxBytes: 1_000_000, maxWaitMs: 25 };
      const defaults = { durable, subjects: [names.allChanges], from: { type: 'all' } as const, batch, log };
      const consumer = await bus.consume({ ...defaults, ...options, handle });
      consumers.push(consumer);
      return consumer;
    },
    stopConsumers: async () => {
      await Promise.all(consumers.splice(0).map((consumer) => consumer.stop()));
    },
    durableInfo,
    isAcked: async (sequence) => (await durableInfo()).ack_floor.stream_seq === sequence,
    close: async () => {
      await bus.close();
      await raw.drain();
      await space.dispose();
    },
  };
}

/** The bus over NATS, as its conformance suite wants it. */
export async function openNatsBus(): Promise<BusUnderTest> {
  const { natsUrl: url, names, log, dispose } = await openTestNamespace();
  return {
    names,
    log,
    connect: (service) => connectBus({ url, names, service, log }),
    deleteStreams: () => removeStreams({ url, names, log }),
    close: dispose,
  };
}
