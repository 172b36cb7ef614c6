import { type Clock, createBackground, type Logger, type Part, pause } from '../kernel/index.ts';
import type { Look } from './due-moves.ts';

/**
 * However far away the next move is, another look is taken after this long: a plan may be written through another
 * replica, for an instant that is nearer than any that was seen here. A move is late by at most this, and only when it
 * was planned less than this before.
 */
const LOOK_EVERY_MS = 1_000;

type Kind = { moveDue(log: Logger, signal: AbortSignal): Promise<Look> };
type DueMovesWorkerOptions = {
  /** The kinds that the clock moves. */
  kinds: readonly Kind[];
  clock: Clock;
  log: Logger;
};

/**
 * Publishes and archives documents at the instants that were planned. Runs in each replica, without a leader: what two
 * of them do at once is done once. What was due while none ran is done at the start; what fails is tried again.
 */
export function createDueMovesWorker({ kinds, clock, log }: DueMovesWorkerOptions): Part {
  let isFailing = false;

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const looks = await Promise.all(kinds.map((kind) => lookSafely(kind, signal)));
      if (!signal.aborted) tell(looks.find(({ failure }) => failure !== undefined)?.failure);
      await pause(waitMs(looks), signal);
    }
  }

  /** A kind that cannot be read just now does not keep the others. */
  async function lookSafely({ moveDue }: Kind, signal: AbortSignal): Promise<Look> {
    try {
      return await moveDue(log, signal);
    } catch (failure) {
      return { failure };
    }
  }

  /** An outage is told once, and its end. */
  function tell(failure: unknown): void {
    if ((failure !== undefined) === isFailing) return;
    isFailing = failure !== undefined;
    if (isFailing) log.warn({ err: failure }, 'planned moves could not all be made; they are tried again');
    else log.info('planned moves are made again');
  }

  function waitMs(looks: Look[]): number {
    const aheadMs = looks.flatMap(({ nextAt }) => (nextAt === undefined ? [] : [Date.parse(nextAt) - clock.nowMs()]));
    return Math.max(1, Math.min(LOOK_EVERY_MS, ...aheadMs));
  }

  return createBackground('due moves', run);
}
