import type { ConsumerInfo } from 'nats';
import type { Clock } from '../kernel/clock.ts';

export type ConsumerState = {
  /** Changes not yet done: waiting in the stream, delivered, or put off. */
  pending: number;
  /** Time since the last change was done while some are pending: the main health figure. */
  stalledMs: number;
  /** Age of the oldest change not done, as far as known here. */
  lagMs: number;
};

/** Keeps what a consumer's health figures are made of. */
export type Progress = {
  /** What the server says is pending. */
  note: (info: ConsumerInfo) => void;
  /** A batch was handled and this many of its changes need no repeat. */
  advance(done: number): void;
  /**
   * `oldestMs`: when the oldest change in hand was stored, if one is. `isKnown`: the server was asked just now; when it
   * could not be, nobody knows that nothing is pending, so the lag grows.
   */
  state(oldestMs: number | undefined, isKnown: boolean): ConsumerState;
};

export function createProgress(clock: Clock): Progress {
  let pending = 0;
  let progressMs = clock.nowMs();
  /** When nothing was pending last. */
  let emptyMs = clock.nowMs();
  return {
    note: ({ num_pending, num_ack_pending }) => {
      pending = num_pending + num_ack_pending;
      if (pending === 0) emptyMs = clock.nowMs();
    },
    advance: (done) => {
      if (done > 0) progressMs = clock.nowMs();
    },
    state: (oldestMs, isKnown) => {
      if (pending === 0 && isKnown) return { pending, stalledMs: 0, lagMs: 0 };
      const idleMs = clock.nowMs() - Math.max(progressMs, emptyMs);
      const ageMs = oldestMs === undefined ? idleMs : clock.nowMs() - oldestMs;
      const stalledMs = pending === 0 ? 0 : Math.max(0, idleMs);
      return { pending, stalledMs, lagMs: Math.max(0, Math.round(ageMs)) };
    },
  };
}
