import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { decodeHeader } from '../src/bus/codec.ts';
import type { Delivery } from '../src/bus/index.ts';
import { systemClock } from '../src/kernel/index.ts';
import { buildTestChange, eventually } from '../src/testing/index.ts';
import { type BusRig, done, openBusRig } from './bus-rig.ts';

let rig: BusRig;
beforeAll(async () => {
  rig = await openBusRig();
});
beforeEach(() => rig.resetStreams());
afterEach(() => rig.stopConsumers());
afterAll(() => rig?.close());

it('a change is handed over with its place in the stream and acknowledged only after the handler answered', async () => {
  const seen: Delivery[] = [];
  const release = Promise.withResolvers<void>();
  await rig.consume(async (deliveries) => {
    seen.push(...deliveries);
    await release.promise;
    return done(deliveries);
  });
  await rig.publish({ v: 1 });
  await eventually(() => seen.length === 1);
  const change = { id: 'company_1:1', data: { state: { name: 'Тест' } } };
  expect(seen[0]).toMatchObject({ change, sequence: 1, deliveries: 1 });
  expect(Math.abs(systemClock.nowMs() - (seen[0]?.publishedMs ?? 0))).toBeLessThan(10_000);
  expect((await rig.durableInfo()).num_ack_pending).toBe(1);
  release.resolve();
  await eventually(() => rig.isAcked(1));
});

it('a change comes again when the handler throws, until it is done', async () => {
  const deliveries: number[] = [];
  await rig.consume(async ([delivery]) => {
    deliveries.push(delivery!.deliveries);
    if (delivery!.deliveries === 1) throw new Error('not this time');
    return [{ type: 'done' }];
  });
  await rig.publish({ v: 1 });
  await eventually(() => rig.isAcked(1));
  expect(deliveries).toEqual([1, 2]);
});

it('a change comes again when the handler answers for too few', async () => {
  let calls = 0;
  await rig.consume(async (deliveries) => {
    calls += 1;
    return calls === 1 ? [] : done(deliveries);
  });
  await rig.publish({ v: 1 });
  await eventually(() => rig.isAcked(1));
  expect(calls).toBe(2);
});

it('a change comes again after the time that the handler asked for, and the others of its batch do not', async () => {
  const times: number[] = [];
  const seen: number[] = [];
  await rig.publish({ v: 1 });
  await rig.publish({ v: 2 });
  await rig.consume(async (deliveries) => {
    seen.push(...deliveries.map(({ change }) => change.data.v));
    return deliveries.map(({ change, deliveries: count }) => {
      if (change.data.v === 2) return { type: 'done' };
      times.push(performance.now());
      return count < 2 ? { type: 'retry', afterMs: 400 } : { type: 'done' };
    });
  });
  await eventually(() => times.length === 2);
  expect(times[1]! - times[0]!).toBeGreaterThan(350);
  expect(times[1]! - times[0]!).toBeLessThan(3_000);
  expect(seen).toEqual([1, 2, 1]);
});

it('poison is set aside with its reason and never comes again, and its neighbours are done', async () => {
  const { names } = rig.space;
  const seen: number[] = [];
  await rig.publish({ v: 1 });
  await rig.publish({}, '{"type":"mn.ortoo.company.changed.v9"}');
  await rig.publish({}, '{"__proto__":{}}');
  await rig.publish({}, JSON.stringify({ ...buildTestChange(), subject: 7 }));
  await rig.publish({ v: 5 });
  await rig.publish({ v: 6 });
  await rig.consume(async (deliveries) => {
    seen.push(...deliveries.map(({ change }) => change.data.v));
    return deliveries.map(({ change }) =>
      change.data.v === 5 ? { type: 'poison', reason: 'no projection: ө\r\nx' } : { type: 'done' },
    );
  });
  await eventually(() => rig.isAcked(6));
  expect(seen).toEqual([1, 5, 6]);

  const read = (seq: number) => rig.raw.jsm.streams.getMessage(names.deadLettersStream, { seq });
  const letters = await Promise.all([1, 2, 3, 4].map(read));
  letters.sort((a, b) => Number(a.header.get('Ortoo-Dead-Sequence')) - Number(b.header.get('Ortoo-Dead-Sequence')));
  expect(letters.map(({ header }) => decodeHeader(header.get('Ortoo-Dead-Reason')))).toEqual([
    'unknown type mn.ortoo.company.changed.v9',
    'not JSON that can be taken',
    expect.stringContaining('/subject'),
    'no projection: ө\r\nx',
  ]);
  const first = letters[0]!;
  expect(first.subject).toBe(names.deadLetter(rig.durable));
  expect(first.string()).toBe('{"type":"mn.ortoo.company.changed.v9"}');
  expect(first.header.get('Nats-Msg-Id')).toBe(`${rig.durable}:2`);
  expect(decodeHeader(first.header.get('Ortoo-Dead-Subject'))).toBe(names.change('catalog', 'company', 'company_1'));
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
