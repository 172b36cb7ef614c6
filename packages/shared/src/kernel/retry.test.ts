import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffMs, pause, retry } from './retry.ts';

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

test('an abort ends a pause at once and without an error', async () => {
  const abort = new AbortController();
  const waiting = pause(60_000, abort.signal);
  abort.abort();
  await expect(waiting).resolves.toBeUndefined();
});
