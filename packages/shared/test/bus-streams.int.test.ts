import { DiscardPolicy } from 'nats';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, openConnection } from '../src/bus/connection.ts';
import { type Bus, connectBus } from '../src/bus/index.ts';
import { type AppError, systemClock } from '../src/kernel/index.ts';
import {
  buildTestChange,
  eventually,
  openLinkProxy,
  openTestNamespace,
  type TestNamespace,
} from '../src/testing/index.ts';

const DAY_NS = 24 * 60 * 60 * 1e9;

let space: TestNamespace;
let bus: Bus;
let raw: Connection;

const open = (url = space.natsUrl) => connectBus({ url, names: space.names, service: 'catalog', log: space.log });
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => {
      throw new Error('It did not fail.');
    },
    (error: AppError) => error,
  );
const publication = (v: number) => ({
  subject: space.names.change('catalog', 'company', 'company_1'),
  messageId: `company_1:${v}`,
  payload: JSON.stringify(buildTestChange({ v })),
});

beforeAll(async () => {
  space = await openTestNamespace();
  bus = await open();
  raw = await openConnection({
    url: space.natsUrl,
    names: space.names,
    log: space.log,
    service: 'catalog',
    clock: systemClock,
  });
});

beforeEach(async () => {
  for (const name of [space.names.changesStream, space.names.deadLettersStream])
    await raw.jsm.streams.delete(name).catch(() => undefined);
});

afterAll(async () => {
  await bus?.close();
  await raw?.drain();
  await space?.dispose();
});

describe('streams', () => {
  it('that refused what is new are brought to the wanted settings without losing what they hold', async () => {
    await bus.ensureStreams();
    for (let v = 1; v <= 5; v += 1) await bus.publisher.publish(publication(v));
    const { config } = await raw.jsm.streams.info(space.names.changesStream);
    await raw.jsm.streams.update(space.names.changesStream, { ...config, discard: DiscardPolicy.New, max_msgs: 5 });
    expect(await failureOf(bus.publisher.publish(publication(6)))).toMatchObject({ reason: 'bus.publish-failed' });

    await bus.ensureStreams();
    await bus.publisher.publish(publication(6));
    expect((await raw.jsm.streams.info(space.names.changesStream)).state).toMatchObject({ messages: 6, first_seq: 1 });
  });

  it('are made with the settings of the design, by several services at once', async () => {
    const others = await Promise.all([open(), open(), open()]);
    await Promise.all([bus, ...others].map((one) => one.ensureStreams()));
    const changes = (await raw.jsm.streams.info(space.names.changesStream)).config;
    expect(changes).toMatchObject({
      subjects: [space.names.allChanges],
      storage: 'file',
      retention: 'limits',
      discard: 'old',
      max_age: 7 * DAY_NS,
      max_msg_size: 900 * 1024,
      duplicate_window: 120e9,
      allow_direct: true,
    });
    expect(changes.max_bytes).toBeGreaterThan(0);
    const dead = (await raw.jsm.streams.info(space.names.deadLettersStream)).config;
    expect(dead).toMatchObject({ subjects: [space.names.allDeadLetters], max_age: 30 * DAY_NS, storage: 'file' });
    await Promise.all(others.map((one) => one.close()));
  });

  it('that were changed by hand are brought back, without losing what they hold', async () => {
    await bus.ensureStreams();
    await bus.publisher.publish(publication(1));
    const { config } = await raw.jsm.streams.info(space.names.changesStream);
    await raw.jsm.streams.update(space.names.changesStream, { ...config, max_age: DAY_NS, max_msg_size: 1_000 });

    await bus.ensureStreams();

    const { config: mended, state } = await raw.jsm.streams.info(space.names.changesStream);
    expect(mended).toMatchObject({ max_age: 7 * DAY_NS, max_msg_size: 900 * 1024 });
    expect(state.messages).toBe(1);
  });

  it('with a setting that cannot be changed are refused in a sentence that names it', async () => {
    await raw.jsm.streams.add({
      name: space.names.changesStream,
      subjects: [space.names.allChanges],
      storage: 'memory' as never,
    });
    expect(await failureOf(bus.ensureStreams())).toMatchObject({
      code: 'UNAVAILABLE',
      reason: 'bus.stream-mismatch',
      message: expect.stringContaining('storage is memory, expected file'),
    });
  });

  it('tell their identity and how far they reach', async () => {
    expect(await failureOf(bus.streamInfo())).toMatchObject({ code: 'UNAVAILABLE', reason: 'bus.stream-missing' });
    await bus.ensureStreams();
    const before = await bus.streamInfo();
    await bus.publisher.publish(publication(1));
    const after = await bus.streamInfo();
    expect(after).toEqual({ firstSequence: 1, lastSequence: 1, createdAt: before.createdAt });
    await raw.jsm.streams.delete(space.names.changesStream);
    await bus.ensureStreams();
    expect((await bus.streamInfo()).createdAt).not.toBe(before.createdAt);
  });
});

describe('a published message', () => {
  it('fails as UNAVAILABLE when its stream is missing, and is taken again once the stream was made anew by itself', async () => {
    await bus.ensureStreams();
    await raw.jsm.streams.delete(space.names.changesStream);
    expect(await failureOf(bus.publisher.publish(publication(1)))).toMatchObject({
      code: 'UNAVAILABLE',
      reason: 'bus.publish-failed',
    });
    expect(await eventually(() => bus.publisher.publish(publication(1)))).toEqual({ sequence: 1, isDuplicate: false });
  });

  it('does not count when another stream took it', async () => {
    const name = `${space.names.changesStream}_OTHER`;
    await raw.jsm.streams.add({ name, subjects: [space.names.allChanges] });
    const error = await failureOf(bus.publisher.publish(publication(1)));
    await raw.jsm.streams.delete(name);
    expect(error).toMatchObject({ code: 'UNAVAILABLE', reason: 'bus.publish-failed' });
  });

  it('fails at once while the connection is lost', async () => {
    await bus.ensureStreams();
    const proxy = await openLinkProxy(space.natsUrl);
    const cutOff = await open(proxy.url);
    proxy.cut();
    await eventually(async () => (await cutOff.check()) !== null);
    await eventually(async () => (await failureOf(cutOff.streamInfo())).reason === 'bus.disconnected');
    expect(await failureOf(cutOff.publisher.publish(publication(3)))).toMatchObject({
      code: 'UNAVAILABLE',
      reason: 'bus.disconnected',
    });
    await cutOff.close();
    await proxy.close();
  });
});
