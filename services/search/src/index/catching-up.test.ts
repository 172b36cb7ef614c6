import { systemClock } from '@ortoo/shared/kernel';
import { expect, test } from 'vitest';
import { type CatchingUp, untilCaughtUp } from './catching-up.ts';

type Position = Awaited<ReturnType<CatchingUp['bus']['positionOf']>>;

/** Where a consumer stands at each look cannot be had on demand from a real one: it is played, nothing else is. */
async function wait(positions: Position[], { lastSequence = 9, jumpMs = 0 } = {}) {
  let looks = 0;
  const waited: string[] = [];
  await untilCaughtUp({
    bus: {
      names: { indexDurable: (index: string) => `search-${index}` } as CatchingUp['bus']['names'],
      streamInfo: async () => ({ firstSequence: 1, lastSequence, createdAt: systemClock.now() }),
      positionOf: async () => positions[Math.min(looks++, positions.length - 1)],
    },
    name: 'portal-2',
    clock: { ...systemClock, nowMs: () => systemClock.nowMs() + looks * jumpMs },
    signal: new AbortController().signal,
    onWait: (why) => waited.push(why),
  });
  return { looks, waited };
}

test('a new index waits until it has what was in the stream, also what was not handed to it yet', async () => {
  const { looks, waited } = await wait([
    { delivered: 0, done: 0, pending: 9 },
    { delivered: 9, done: 4, pending: 5 },
    { delivered: 12, done: 9, pending: 3 },
  ]);
  expect(looks).toBe(3);
  expect(waited).toEqual(['9 changes are still to be taken', '5 changes are still to be taken']);
});

test('with nothing pending there is nothing to wait for, although the last change of the stream is of another kind', async () => {
  expect((await wait([{ delivered: 5, done: 5, pending: 0 }])).waited).toEqual([]);
});

test('an index that does not catch up, or that nobody follows, does not take over', async () => {
  await expect(wait([{ delivered: 5, done: 5, pending: 4 }], { jumpMs: 40_000 })).rejects.toMatchObject({
    reason: 'search.not-caught-up',
  });
  await expect(wait([undefined])).rejects.toMatchObject({ reason: 'search.not-followed' });
});
