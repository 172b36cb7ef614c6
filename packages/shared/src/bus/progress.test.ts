import type { ConsumerInfo } from 'nats';
import { expect, test } from 'vitest';
import { systemClock } from '../kernel/clock.ts';
import { createProgress } from './progress.ts';

/** Progress by a clock that a test moves on. */
function openProgress() {
  let nowMs = 1_000_000;
  const progress = createProgress({ ...systemClock, nowMs: () => nowMs });
  const hear = (waiting: number, open = 0) =>
    progress.note({ num_pending: waiting, num_ack_pending: open } as ConsumerInfo);
  return { progress, hear, move: (ms: number) => (nowMs += ms), now: () => nowMs };
}

test('with nothing pending there is no lag, however long ago the last change was', () => {
  const { progress, hear, move } = openProgress();
  move(60_000);
  hear(0);
  expect(progress.state(undefined, true)).toEqual({ pending: 0, stalledMs: 0, lagMs: 0 });
});

test('while the server cannot be asked the lag grows since nothing was pending, for nobody knows what is', () => {
  const { progress, hear, move } = openProgress();
  hear(0);
  move(4_000);
  expect(progress.state(undefined, false)).toEqual({ pending: 0, stalledMs: 0, lagMs: 4_000 });
});

test('the lag is the age of the oldest change in hand, the stall the time since one was done', () => {
  const { progress, hear, move, now } = openProgress();
  hear(2, 1);
  const storedMs = now() - 500;
  move(2_000);
  expect(progress.state(storedMs, true)).toEqual({ pending: 3, stalledMs: 2_000, lagMs: 2_500 });
  progress.advance(1);
  expect(progress.state(storedMs, true)).toMatchObject({ stalledMs: 0 });
});
