import { AppError, createLogger, systemClock } from '@ortoo/shared/kernel';
import { testContext } from '@ortoo/shared/testing';
import { expect, test } from 'vitest';
import { type Counts, createCategoryCounts } from './category-counts.client.ts';

const countsOf = (companies: number): Counts => ({ food: { companies, offerings: 0, articles: 0, events: 0 } });

/** A client of a search that counts its questions, on a clock that the test turns. */
function rig() {
  let nowMs = 1_000_000;
  let isAway = false;
  const asked: (string[] | undefined)[] = [];
  const counts = createCategoryCounts({
    ask: async (_ctx, { waitFor }) => {
      asked.push(waitFor);
      if (isAway) throw AppError.unavailable('search.no-responders', 'Nobody answers.');
      return { categories: countsOf(asked.length), consistent: true };
    },
    log: createLogger({ service: 'test', level: 'silent' }),
    clock: { ...systemClock, nowMs: () => nowMs },
  });
  return {
    asked,
    pass: (ms: number) => {
      nowMs += ms;
    },
    leave: () => {
      isAway = true;
    },
    read: (waitFor?: string[]) => counts.current(testContext(), waitFor),
  };
}

test('all who read within a second share one question', async () => {
  const { asked, pass, read } = rig();
  expect(await Promise.all([read(), read(), read()])).toEqual([countsOf(1), countsOf(1), countsOf(1)]);
  pass(999);
  expect(await read()).toEqual(countsOf(1));
  pass(1);
  expect(await read()).toEqual(countsOf(2));
  expect(asked).toHaveLength(2);
});

test('who waits for a version asks for itself, and others profit', async () => {
  const { asked, read } = rig();
  await read();
  expect(await read(['company_x:1'])).toEqual(countsOf(2));
  expect(await read()).toEqual(countsOf(2));
  expect(asked).toEqual([undefined, ['company_x:1']]);
});

test('while search is away the last counts are shown for a minute, then none, and it is asked once a second', async () => {
  const { asked, pass, leave, read } = rig();
  await read();
  leave();
  pass(1_000);
  expect(await Promise.all([read(), read()])).toEqual([countsOf(1), countsOf(1)]);
  expect(await read(['company_x:1'])).toEqual(countsOf(1));
  pass(58_999);
  expect(await read()).toEqual(countsOf(1));
  pass(1);
  expect(await read()).toBeUndefined();
  expect(asked).toHaveLength(4);
});

test('a search that hangs holds a reader up for a second at most', async () => {
  const counts = createCategoryCounts({
    ask: () => new Promise(() => undefined),
    log: createLogger({ service: 'test', level: 'silent' }),
    clock: systemClock,
  });
  const startedMs = performance.now();
  expect(await counts.current(testContext())).toBeUndefined();
  expect(performance.now() - startedMs).toBeLessThan(3_000);
});
