import { jitterMs, type Logger, type Part, pause } from '@ortoo/shared/kernel';
import type { EventUpkeep } from './event-upkeep.ts';

/** A window is moved by the month: a minute more does not matter. */
const ROUND_EVERY_MS = 30_000;

/**
 * Moves the windows of dates on; at the start and then twice a minute. Runs in each replica: a move is one versioned write
 * that decides again, so two of them at once move once. What fails is tried in the next round.
 */
export function createEventWindowWorker({ upkeep, log }: { upkeep: EventUpkeep; log: Logger }): Part {
  const ending = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        const events = await upkeep.moveWindows(ending.signal);
        if (events > 0) log.info({ events }, 'the window of dates was moved on');
      } catch (error) {
        if (!ending.signal.aborted)
          log.warn({ err: error }, 'windows of dates could not be moved; the next round does it');
      }
      await pause(jitterMs(ROUND_EVERY_MS), ending.signal);
    }
  }

  return {
    name: 'event windows',
    start: async () => {
      running = run();
    },
    stop: async () => {
      ending.abort();
      await running;
    },
  };
}
