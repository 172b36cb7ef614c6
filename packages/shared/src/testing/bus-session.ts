import type { Bus, ConsumeOptions, Consumer, Delivery, Outcome } from '../bus/index.ts';
import type { Change, Names, Service } from '../contracts/index.ts';
import type { Logger } from '../kernel/index.ts';
import { buildTestChange } from './build-test-change.ts';
import { eventually } from './eventually.ts';

/** What the suite of a bus is given: one installation, empty and for it alone. */
export type BusUnderTest = {
  names: Names;
  log: Logger;
  /** A connection of one service, as its process has it. */
  connect(service: Service): Promise<Bus>;
  /** Deletes every stream and with it every consumer, as a fault would. */
  deleteStreams(): Promise<void>;
  close(): Promise<void>;
};

export const DURABLE = 'search-test';

/** What the tests of the suite share: a bus, and what publishes and consumes over it. */
export type BusSession = BusUnderTest & {
  bus: Bus;
  /** Publishes a change of one company, or a payload, under a message id of its own. */
  publish(data: Partial<Change['data']>, payload?: string): Promise<{ sequence: number }>;
  publishMany(from: number, to: number): Promise<void>;
  /** Starts a consumer of all changes, small batches, from the first on. */
  consume(handle: ConsumeOptions['handle'], options?: Partial<ConsumeOptions>): Promise<Consumer>;
  /** Waits until everything up to a sequence was answered. */
  untilDone(sequence: number): Promise<void>;
  /** Another connection, closed after the test. */
  join(service: Service): Promise<Bus>;
  /** Makes empty streams for the next test. */
  begin(): Promise<void>;
  /** Ends what the test left running. */
  rest(): Promise<void>;
};

export const done = (deliveries: Delivery[]): Outcome[] => deliveries.map(() => ({ type: 'done' }));
export const versionsOf = (deliveries: Delivery[]): number[] => deliveries.map(({ change }) => change.data.v);

export async function openBusSession(given: BusUnderTest): Promise<BusSession> {
  const { names, log } = given;
  const bus = await given.connect('catalog');
  const consumers: Consumer[] = [];
  const joined: Bus[] = [];
  let published = 0;

  function publish(data: Partial<Change['data']>, payload?: string): Promise<{ sequence: number }> {
    published += 1;
    const change = buildTestChange(data);
    const subject = names.change('catalog', change.data.kind, change.subject);
    return bus.publisher.publish({ subject, messageId: `m${published}`, payload: payload ?? JSON.stringify(change) });
  }

  return {
    ...given,
    bus,
    publish,
    publishMany: async (from, to) => {
      for (let v = from; v <= to; v += 1) await publish({ v });
    },
    consume: async (handle, options) => {
      const batch = { maxMessages: 50, maxBytes: 1_000_000, maxWaitMs: 25 };
      const all = { durable: DURABLE, subjects: [names.allChanges], from: { type: 'all' } as const, batch, log };
      const consumer = await bus.consume({ ...all, ...options, handle });
      consumers.push(consumer);
      return consumer;
    },
    untilDone: async (sequence) => {
      await eventually(async () => (await bus.positionOf(DURABLE))?.done === sequence);
    },
    join: async (service) => {
      const other = await given.connect(service);
      joined.push(other);
      return other;
    },
    begin: async () => {
      await given.deleteStreams();
      await bus.ensureStreams();
    },
    rest: async () => {
      await Promise.all(consumers.splice(0).map((consumer) => consumer.stop()));
      await Promise.all(joined.splice(0).map((other) => other.close()));
    },
    close: async () => {
      await bus.close();
      await given.close();
    },
  };
}
