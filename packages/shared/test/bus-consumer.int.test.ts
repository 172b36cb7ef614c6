import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Delivery } from '../src/bus/index.ts';
import { eventually } from '../src/testing/index.ts';
import { type BusRig, done, openBusRig } from './bus-rig.ts';

let rig: BusRig;
beforeAll(async () => {
  rig = await openBusRig();
});
beforeEach(() => rig.resetStreams());
afterEach(() => rig.stopConsumers());
afterAll(() => rig?.close());

const batch = { maxMessages: 50, maxBytes: 1_000_000, maxWaitMs: 25 };
async function publishMany(from: number, to: number): Promise<void> {
  for (let v = from; v <= to; v += 1) await rig.publish({ v });
}

it('what waits is handed over in batches within the limits', async () => {
  await publishMany(1, 120);
  const sizes: number[] = [];
  await rig.consume(async (deliveries) => {
    sizes.push(deliveries.length);
    return done(deliveries);
  });
  await eventually(() => rig.isAcked(120));
  expect(Math.max(...sizes)).toBe(50);
  expect(sizes.length).toBeLessThanOrEqual(6);
  expect(sizes.reduce((sum, size) => sum + size)).toBe(120);
});

it('a batch keeps within its bytes, but one large change gets through', async () => {
  for (let v = 1; v <= 6; v += 1) await rig.publish({ v, state: { text: 'x'.repeat(20_000) } });
  await rig.publish({ v: 7, state: { text: 'x'.repeat(120_000) } });
  const sizes: number[] = [];
  await rig.consume(
    async (deliveries) => {
      sizes.push(deliveries.reduce((sum, { bytes }) => sum + bytes, 0));
      return done(deliveries);
    },
    { batch: { ...batch, maxBytes: 50_000 } },
  );
  await eventually(() => rig.isAcked(7));
  expect(sizes.filter((size) => size > 50_000)).toEqual([expect.closeTo(120_000, -4)]);
});

it('a single change is handed over at once when nothing else waits', async () => {
  const seen: number[] = [];
  await rig.consume(
    async (deliveries) => {
      seen.push(performance.now());
      return done(deliveries);
    },
    { batch: { ...batch, maxWaitMs: 5_000 } },
  );
  const startedMs = performance.now();
  await rig.publish({ v: 1 });
  await eventually(() => seen.length === 1);
  expect(seen[0]! - startedMs).toBeLessThan(2_000);
});

it('a durable hears only its subjects, also after they were changed', async () => {
  const { names } = rig.space;
  const companies = names.changesOf('catalog', 'company');
  const seen: string[] = [];
  const handle = async (deliveries: Delivery[]) => {
    seen.push(...deliveries.map(({ change }) => change.data.kind));
    return done(deliveries);
  };
  const first = await rig.consume(handle, { subjects: [companies] });
  await rig.publish({ kind: 'offering' });
  await rig.publish({ kind: 'company' });
  await eventually(() => seen.length === 1);
  await first.stop();
  await rig.consume(handle, { subjects: [companies, names.changesOf('catalog', 'event')] });
  await rig.publish({ kind: 'event' });
  await eventually(() => seen.length >= 2);
  expect(seen).toEqual(['company', 'event']);
});

it('the state tells what is pending and for how long nothing went on', async () => {
  const release = Promise.withResolvers<void>();
  const consumer = await rig.consume(async (deliveries) => {
    await release.promise;
    return done(deliveries);
  });
  expect(await consumer.state()).toEqual({ pending: 0, stalledMs: 0, lagMs: 0 });
  await publishMany(1, 2);
  const stalled = await eventually(async () => {
    const state = await consumer.state();
    return state.stalledMs > 200 && state.lagMs > 200 && state;
  });
  expect(stalled.pending).toBe(2);
  release.resolve();
  await eventually(async () => (await consumer.state()).pending === 0);
  expect(await consumer.state()).toEqual({ pending: 0, stalledMs: 0, lagMs: 0 });
});

it('a durable can be removed from the server, also twice', async () => {
  const consumer = await rig.consume(async (deliveries) => done(deliveries));
  await consumer.deleteDurable();
  await expect(rig.durableInfo()).rejects.toThrow('consumer not found');
  await expect(consumer.deleteDurable()).resolves.toBeUndefined();
});

it('poison that cannot be set aside stays in the stream until it can, and the missing stream is made again', async () => {
  const { changesStream, deadLettersStream, allDeadLetters } = rig.space.names;
  const { streams } = rig.raw.jsm;
  await rig.consume(async (deliveries) => done(deliveries));
  await streams.delete(deadLettersStream);
  await streams.add({ name: `${changesStream}_OTHER`, subjects: [allDeadLetters] }); // takes the subject, but is not ours
  await rig.publish({}, 'no json');
  await eventually(async () => (await rig.durableInfo()).num_redelivered > 0);
  expect(await rig.isAcked(0)).toBe(true);
  await streams.delete(`${changesStream}_OTHER`);
  await eventually(() => rig.isAcked(1));
  expect((await streams.info(deadLettersStream)).state.messages).toBe(1);
});
