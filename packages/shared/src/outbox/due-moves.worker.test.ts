import { afterEach, expect, test } from 'vitest';
import { type Part, shiftInstant, systemClock } from '../kernel/index.ts';
import { createReadableLog, eventually } from '../testing/index.ts';
import type { Look } from './due-moves.ts';
import { createDueMovesWorker } from './due-moves.worker.ts';

let worker: Part | undefined;
afterEach(() => worker?.stop());

/** A worker over kinds that answer as told; `looks` has when each was looked at. */
async function startOver(...answers: ((count: number) => Look)[]) {
  const { log, lines } = createReadableLog('test');
  const looks = answers.map(() => [] as number[]);
  const kinds = answers.map((answer, place) => ({
    moveDue: async () => {
      const seen = looks[place] ?? [];
      seen.push(systemClock.nowMs());
      return answer(seen.length);
    },
  }));
  worker = createDueMovesWorker({ kinds, clock: systemClock, log });
  await worker.start();
  return { looks: looks as [number[], ...number[][]], lines };
}

test('looks again at the next planned instant, and after a second when there is none', async () => {
  const nextAt = shiftInstant(systemClock.now(), 200);
  const { looks } = await startOver((count) => (count === 1 ? { nextAt } : {}));
  const [first] = looks;
  await eventually(() => first.length >= 3);
  const [, second = 0, third = 0] = first;
  expect(second - Date.parse(nextAt)).toBeGreaterThanOrEqual(-2); // timers count in whole milliseconds
  expect(second - Date.parse(nextAt)).toBeLessThan(800);
  expect(third - second).toBeGreaterThan(900);
});

test('an instant that lies far ahead does not keep it from looking', async () => {
  const { looks } = await startOver(() => ({ nextAt: shiftInstant(systemClock.now(), 3_600_000) }));
  await eventually(() => looks[0].length >= 2);
});

test('what fails is tried again without haste, told once, and does not keep the other kinds', async () => {
  const { looks, lines } = await startOver(
    (count) => {
      if (count === 1) throw new Error('away');
      return count === 2 ? { failure: new Error('still') } : {};
    },
    () => ({}),
  );
  await eventually(() => lines.length >= 2);
  expect(lines.map(({ msg }) => msg)).toEqual([
    'planned moves could not all be made; they are tried again',
    'planned moves are made again',
  ]);
  expect(looks.map(({ length }) => length)).toEqual([3, 3]);
});

test('a stop ends the wait at once', async () => {
  await startOver(() => ({}));
  const before = systemClock.nowMs();
  await worker?.stop();
  expect(systemClock.nowMs() - before).toBeLessThan(500);
});
