import { type Clock, systemClock, toInstant } from '../kernel/clock.ts';

/** A clock that goes on by itself, and that a test can turn ahead. */
export type TurnableClock = Clock & { turn(ms: number): void };

export function createTurnableClock(): TurnableClock {
  let aheadMs = 0;
  const nowMs = () => systemClock.nowMs() + aheadMs;
  return {
    nowMs,
    now: () => toInstant(nowMs()),
    turn(ms) {
      aheadMs += ms;
    },
  };
}
