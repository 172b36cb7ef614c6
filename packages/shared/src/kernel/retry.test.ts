import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffMs, isOverWithin, pause, retry, retryPatiently } from './retry.ts';

const quick = { firstMs: 1, maxMs: 2 };

test('the wait never exceeds the cap by more than the jitter', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), (attempt) => {
      const ms = backoffMs(attempt, { firstMs: 100, maxMs: 5_000 });
      expect(ms).toBeGreaterThanOrEqual(80);
      expect(ms).toBeLessThanOrEqual(6_000);
    }),
  );
});

test('work is tried again until it succeeds', async () => {
  const done = await retry(async (attempt) => (attempt < 3 ? Promise.reject(new Error('not yet')) : attempt), {
    ...quick,
    attempts: 5,
  });
  expect(done).toBe(3);
});

test('the last error is thrown when the attempts are used up', async () => {
  let runs = 0;
  const failing = retry(
    async () => {
      runs += 1;
      throw new Error(`run ${runs}`);
    },
    { ...quick, attempts: 3 },
  );
  await expect(failing).rejects.toThrow('run 3');
});

test('a failure that is not transient is not tried again', async () => {
  let runs = 0;
  const failing = retry(
    async () => {
      runs += 1;
      throw new Error('for good');
    },
    { ...quick, attempts: 5, isTransient: () => false },
  );
  await expect(failing).rejects.toThrow('for good');
  expect(runs).toBe(1);
});

test('what a start needs is tried until its time is over, with one word about the wait', async () => {
  const waits: unknown[] = [];
  let runs = 0;
  const work = async () => {
    runs += 1;
    throw new Error(`run ${runs}`);
  };
  const failing = retryPatiently(work, { forMs: 600, onWait: (error) => waits.push((error as Error).message) });
  await expect(failing).rejects.toThrow(/^run [3-9]$/);
  expect(waits).toEqual(['run 1']);
});

test('what a start needs is not waited for when it will not come', async () => {
  const waits: unknown[] = [];
  const failing = retryPatiently(() => Promise.reject(new Error('no such user')), {
    forMs: 60_000,
    isTransient: () => false,
    onWait: (error) => waits.push(error),
  });
  await expect(failing).rejects.toThrow('no such user');
  expect(waits).toEqual([]);
});

test('a bounded wait answers whether the work was over, by time and by signal, and throws what the work throws', async () => {
  const never = new Promise<void>(() => undefined);
  expect(await isOverWithin(60_000, Promise.resolve())).toBe(true);
  expect(await isOverWithin(5, never)).toBe(false);
  expect(await isOverWithin(60_000, never, AbortSignal.timeout(5))).toBe(false);
  await expect(isOverWithin(60_000, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});

test('an abort ends a pause at once and without an error', async () => {
  const abort = new AbortController();
  const waiting = pause(60_000, abort.signal);
  abort.abort();
  await expect(waiting).resolves.toBeUndefined();
});
