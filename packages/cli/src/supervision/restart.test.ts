import { expect, test } from 'vitest';
import { type DeathRecord, judgeDeath, noDeaths } from './restart.rules.ts';

/** Deaths at the given times, each after `ranForMs` of life. */
function dieAt(timesMs: number[], ranForMs = 100) {
  let record: DeathRecord = noDeaths;
  return timesMs.map((nowMs) => {
    const verdict = judgeDeath(record, { nowMs, ranForMs });
    record = verdict.record;
    return verdict;
  });
}

test('the wait before a new start begins at half a second and doubles up to ten', () => {
  const verdicts = dieAt([0, 20_000, 40_000, 60_000, 80_000, 100_000, 120_000]);
  expect(verdicts.map(({ delayMs }) => delayMs)).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
  expect(verdicts.some(({ isGivenUp }) => isGivenUp)).toBe(false);
});

test('the fifth death within a minute is the last', () => {
  expect(dieAt([0, 1000, 3000, 6000, 59_999]).map(({ isGivenUp }) => isGivenUp)).toEqual([
    false,
    false,
    false,
    false,
    true,
  ]);
});

test('deaths older than a minute no longer count', () => {
  expect(dieAt([0, 1000, 3000, 6000, 60_000]).at(-1)?.isGivenUp).toBe(false);
});

test('a healthy minute starts the waits anew', () => {
  const [, second] = dieAt([0, 1000]);
  const later = judgeDeath(second?.record ?? noDeaths, { nowMs: 90_000, ranForMs: 60_000 });
  expect(second?.delayMs).toBe(1000);
  expect(later.delayMs).toBe(500);
});
