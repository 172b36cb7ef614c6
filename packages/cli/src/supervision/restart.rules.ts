/** A process that runs this long is taken for healthy again: its next death is waited out as if it were the first. */
const healthyAfterMs = 60_000;
const deathWindowMs = 60_000;
const deathsMax = 5;
const firstDelayMs = 500;
const delayMaxMs = 10_000;

/** What is remembered of one process: when it died within the window, and how often in a row without a healthy run. */
export type DeathRecord = { deathsMs: readonly number[]; streak: number };
export const noDeaths: DeathRecord = { deathsMs: [], streak: 0 };

export type Verdict = { isGivenUp: boolean; delayMs: number; record: DeathRecord };

/**
 * Decides what follows a death: a new start after 0.5 s, doubling to 10 s, or, at the fifth death within a minute, no more.
 * Times are milliseconds of one clock that never goes back.
 */
export function judgeDeath(record: DeathRecord, { nowMs, ranForMs }: { nowMs: number; ranForMs: number }): Verdict {
  const deathsMs = [...record.deathsMs.filter((at) => nowMs - at < deathWindowMs), nowMs];
  const streak = ranForMs >= healthyAfterMs ? 1 : record.streak + 1;
  return {
    isGivenUp: deathsMs.length >= deathsMax,
    delayMs: Math.min(delayMaxMs, firstDelayMs * 2 ** (streak - 1)),
    record: { deathsMs, streak },
  };
}
