import type { ConsumerState } from '@ortoo/shared/bus';
import { type Clock, systemClock } from '@ortoo/shared/kernel';
import { eventually } from '@ortoo/shared/testing';
import { expect, test } from 'vitest';
import { watchConsumer } from './consumer-watch.ts';

const quiet: ConsumerState = { pending: 0, stalledMs: 0, lagMs: 0 };

/** A clock that a test moves on. */
function createMovableClock(): { clock: Clock; move(ms: number): void } {
  let movedMs = 0;
  return { clock: { ...systemClock, nowMs: () => systemClock.nowMs() + movedMs }, move: (ms) => (movedMs += ms) };
}

test('the state is what was last heard, at once, and its lag grows while the server does not answer', async () => {
  const { clock, move } = createMovableClock();
  const ending = new AbortController();
  let asked = 0;
  const never = new Promise<ConsumerState>(() => undefined);
  const state = () => {
    asked += 1;
    return asked === 1 ? Promise.resolve({ ...quiet, pending: 3, lagMs: 40 }) : never;
  };
  const watch = watchConsumer({ state }, { clock, signal: ending.signal });
  await eventually(() => watch.state().pending === 3);
  expect(watch.state().lagMs).toBe(40);
  await eventually(() => asked === 2);
  move(60_000);
  expect(watch.state()).toMatchObject({ pending: 3, lagMs: expect.toSatisfy((ms: number) => ms >= 60_000) });
  ending.abort();
});

test('what is heard again ends the growing', async () => {
  const { clock, move } = createMovableClock();
  const ending = new AbortController();
  const watch = watchConsumer({ state: async () => quiet }, { clock, signal: ending.signal });
  move(60_000);
  await eventually(() => watch.state().lagMs === 0);
  ending.abort();
});
