import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, openConnection } from '../src/bus/connection.ts';
import { type Bus, connectBus, type Delivery } from '../src/bus/index.ts';
import { systemClock } from '../src/kernel/index.ts';
import {
  buildTestChange,
  eventually,
  type LinkProxy,
  openLinkProxy,
  openTestNamespace,
  type TestNamespace,
} from '../src/testing/index.ts';

const durable = 'search-test';
const batch = { maxMessages: 50, maxBytes: 1_000_000, maxWaitMs: 25 };

let space: TestNamespace;
let proxy: LinkProxy;
let publishing: Bus;
let bus: Bus;
let raw: Connection;

beforeAll(async () => {
  space = await openTestNamespace();
  const { natsUrl: url, names, log } = space;
  publishing = await connectBus({ url, names, log, service: 'catalog' });
  raw = await openConnection({ url, names, log, service: 'search', clock: systemClock });
});

beforeEach(async () => {
  const { names, log } = space;
  for (const name of [names.changesStream, names.deadLettersStream])
    await raw.jsm.streams.delete(name).catch(() => undefined);
  await publishing.ensureStreams();
  proxy = await openLinkProxy(space.natsUrl);
  bus = await connectBus({ url: proxy.url, names, log, service: 'search' });
});

afterEach(async () => {
  await bus.close();
  await proxy.close();
});

afterAll(async () => {
  await publishing?.close();
  await raw?.drain();
  await space?.dispose();
});

let published = 0;
function publish(v: number) {
  published += 1;
  return publishing.publisher.publish({
    subject: space.names.change('catalog', 'company', 'company_1'),
    messageId: `m${published}`,
    payload: JSON.stringify(buildTestChange({ v })),
  });
}

async function consumeInto(seen: number[]) {
  return bus.consume({
    durable,
    subjects: [space.names.allChanges],
    from: { type: 'all' },
    batch,
    log: space.log,
    handle: async (deliveries: Delivery[]) => {
      seen.push(...deliveries.map(({ change }) => change.data.v));
      return deliveries.map(() => ({ type: 'done' }));
    },
  });
}

const acked = async (sequence: number) =>
  (await raw.jsm.consumers.info(space.names.changesStream, durable)).ack_floor.stream_seq === sequence;

describe('a consumer goes on', () => {
  it('when it is ahead of a stream that lost its end', async () => {
    const seen: number[] = [];
    for (let v = 1; v <= 3; v += 1) await publish(v);
    // A durable that was told to begin far behind the end stands as one does whose stream was rolled back.
    await raw.jsm.consumers.add(space.names.changesStream, {
      durable_name: durable,
      ack_policy: 'explicit' as never,
      deliver_policy: 'by_start_sequence' as never,
      opt_start_seq: 1_000,
      filter_subjects: [space.names.allChanges],
    });
    await consumeInto(seen);
    await eventually(() => seen.length === 3, { timeoutMs: 20_000 });
    await publish(4);
    await eventually(() => seen.includes(4));
  });

  it('when the connection was lost, and nothing is lost with it', async () => {
    const seen: number[] = [];
    await consumeInto(seen);
    await publish(1);
    await eventually(() => acked(1));
    proxy.cut();
    await eventually(async () => (await bus.check()) !== null);
    for (let v = 2; v <= 5; v += 1) await publish(v);
    proxy.mend();
    await eventually(() => acked(5), { timeoutMs: 30_000 });
    expect(new Set(seen)).toEqual(new Set([1, 2, 3, 4, 5]));
  });
});

describe('a listener', () => {
  it('hears each change from now on, in order, and is told first to load', async () => {
    await publish(1);
    const heard: (number | 'gap')[] = [];
    const listening = await bus.listen({
      subjects: [space.names.allChanges],
      onChange: ({ data }) => void heard.push(data.v),
      onGap: () => void heard.push('gap'),
      log: space.log,
    });
    expect(heard).toEqual(['gap']);
    for (let v = 2; v <= 20; v += 1) await publish(v);
    await eventually(() => heard.length === 20);
    expect(heard).toEqual(['gap', ...Array.from({ length: 19 }, (_, index) => index + 2)]);
    await listening.stop();
    await publish(21);
    const { state } = await raw.jsm.streams.info(space.names.changesStream);
    expect(state.consumer_count).toBe(0);
    expect(heard).toHaveLength(20);
  });

  it('passes over what it cannot read and what its owner throws on', async () => {
    const heard: number[] = [];
    await bus.listen({
      subjects: [space.names.allChanges],
      log: space.log,
      onChange: ({ data }) => {
        heard.push(data.v);
        if (data.v === 1) throw new Error('not this one');
      },
    });
    await publish(1);
    await publishing.publisher.publish({
      subject: space.names.change('catalog', 'company', 'company_1'),
      messageId: `bad${published}`,
      payload: 'no json',
    });
    await publish(2);
    await eventually(() => heard.length === 2);
    expect(heard).toEqual([1, 2]);
  });

  it('goes on after a lost connection, and is told to load again', async () => {
    let gaps = 0;
    const heard: number[] = [];
    await bus.listen({
      subjects: [space.names.allChanges],
      onChange: ({ data }) => void heard.push(data.v),
      onGap: () => {
        gaps += 1;
      },
      log: space.log,
    });
    proxy.cut();
    await eventually(async () => (await bus.check()) !== null);
    proxy.mend();
    await eventually(() => gaps === 2);
    await publish(7);
    await eventually(() => heard.includes(7));
  });

  it('goes on when its consumer or its stream is deleted, and is told to load again', async () => {
    let gaps = 0;
    const heard: number[] = [];
    await bus.listen({
      subjects: [space.names.allChanges],
      onChange: ({ data }) => void heard.push(data.v),
      onGap: () => {
        gaps += 1;
      },
      log: space.log,
    });
    const [consumer] = await raw.jsm.consumers.list(space.names.changesStream).next();
    await raw.jsm.consumers.delete(space.names.changesStream, consumer!.name);
    await eventually(() => gaps === 2);
    await publish(1);
    await eventually(() => heard.includes(1));
    await raw.jsm.streams.delete(space.names.changesStream);
    await eventually(() => gaps === 3);
    await eventually(() => publish(2));
    await eventually(() => heard.includes(2));
  });
});
