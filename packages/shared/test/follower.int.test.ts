import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Bus, Following, FollowOptions } from '../src/bus/index.ts';
import { AppError, pause } from '../src/kernel/index.ts';
import { eventually, openLinkProxy } from '../src/testing/index.ts';
import { type BusRig, openBusRig } from './bus-rig.ts';

const ACK_WAIT_MS = 1_500;

let rig: BusRig;
const running: Following[] = [];
beforeAll(async () => {
  rig = await openBusRig();
});
beforeEach(() => rig.resetStreams());
afterEach(async () => {
  for (const following of running.splice(0)) await following.stop();
});
afterAll(() => rig?.close());

async function follow(apply: FollowOptions['apply'], bus: Bus = rig.bus): Promise<Following> {
  const { durable, space } = rig;
  const options = { durable, subjects: [space.names.allChanges], log: space.log, ackWaitMs: ACK_WAIT_MS };
  const following = await bus.follow({ ...options, apply });
  running.push(following);
  return following;
}

test('of each document in hand the newest change is followed, and those before it are done with it', async () => {
  for (const v of [1, 2, 3]) await rig.publish({ v });
  await rig.publish({ id: 'company_2', v: 1 });
  const seen: string[] = [];
  await follow(async (changes) => void seen.push(...changes.map(({ data }) => `${data.id}:${data.v}`)));
  await eventually(() => rig.isAcked(4));
  expect(seen).toEqual(['company_1:3', 'company_2:1']);
});

test('work that takes longer than the server waits is done once, by one of the replicas, and so is what waits behind it', async () => {
  const other = await rig.open();
  const seen: number[] = [];
  const apply: FollowOptions['apply'] = async ([change]) => {
    seen.push(change!.data.v);
    if (change!.data.v === 1) await pause(3 * ACK_WAIT_MS);
  };
  await follow(apply);
  await rig.publish({ v: 1 });
  await eventually(() => seen.length === 1);
  await rig.publish({ v: 2 });
  await pause(200);
  await follow(apply, other);
  await eventually(() => rig.isAcked(2));
  expect(seen).toEqual([1, 2]);
  await other.close();
});

test('a replica that is not heard of any more is followed by another, which does its work', async () => {
  const link = await openLinkProxy(rig.space.natsUrl);
  const lost = await rig.open(link.url);
  const seen: string[] = [];
  await follow(async (_changes, signal) => {
    seen.push('lost');
    link.cut();
    await pause(60_000, signal);
  }, lost);
  await rig.publish({ v: 1 });
  await eventually(() => seen.length > 0);
  await follow(async () => void seen.push('other'));
  await eventually(() => rig.isAcked(1));
  expect(seen).toEqual(['lost', 'other']);
  link.mend();
  await lost.close();
  await link.close();
});

test('work is ended at its next boundary when the follower stops, and taken up again at once', async () => {
  const begun = Promise.withResolvers<void>();
  const first = await follow(async (_changes, signal) => {
    begun.resolve();
    await pause(60_000, signal);
    signal.throwIfAborted();
  });
  await rig.publish({ v: 1 });
  await begun.promise;
  const startedMs = performance.now();
  await first.stop();
  const seen: number[] = [];
  await follow(async (changes) => void seen.push(...changes.map(({ data }) => data.v)));
  await eventually(() => rig.isAcked(1));
  expect(seen).toEqual([1]);
  expect(performance.now() - startedMs).toBeLessThan(10_000);
});

test('what fails for the moment comes again, and one that cannot be followed does not keep the others', async () => {
  let isAway = true;
  const followed = new Set<string>();
  await rig.publish({ id: 'company_bad' });
  for (const n of [1, 2, 3]) await rig.publish({ id: `company_${n}` });
  await follow(async (changes) => {
    if (isAway) {
      isAway = false;
      throw AppError.unavailable('test.away', 'Nobody answers.');
    }
    if (changes.some(({ subject }) => subject === 'company_bad')) throw new TypeError('no such member');
    for (const { subject } of changes) followed.add(subject);
  });
  await eventually(() => followed.size === 3);
  expect([...followed].sort()).toEqual(['company_1', 'company_2', 'company_3']);
  const { num_ack_pending: open } = await rig.durableInfo();
  expect(open).toBe(1);
});

test('a stream that was deleted and filled again is followed again from its beginning', async () => {
  const seen: number[] = [];
  await follow(async (changes) => void seen.push(...changes.map(({ data }) => data.v)));
  await rig.publish({ v: 1 });
  await eventually(() => seen.length === 1);
  await rig.deleteStreams();
  await rig.bus.ensureStreams();
  await rig.publish({ v: 2 });
  await eventually(() => seen.length === 2, { timeoutMs: 60_000 });
  expect(seen).toEqual([1, 2]);
});
