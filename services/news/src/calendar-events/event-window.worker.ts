import { createRounds, type Logger, type Part } from '@ortoo/shared/kernel';
import type { EventUpkeep } from './event-upkeep.ts';

/** A window is moved by the month: a minute more does not matter. */
const ROUND_EVERY_MS = 30_000;

/**
 * Moves the windows of dates on; at the start and then twice a minute. Runs in each replica: a move is one versioned write
 * that decides again, so two of them at once move once. What fails is tried in the next round.
 */
export function createEventWindowWorker({ upkeep, log }: { upkeep: EventUpkeep; log: Logger }): Part {
  return createRounds({
    name: 'event windows',
    everyMs: ROUND_EVERY_MS,
    log,
    failure: 'windows of dates could not be moved; the next round does it',
    round: async (signal) => {
      const events = await upkeep.moveWindows(signal);
      if (events > 0) log.info({ events }, 'the window of dates was moved on');
    },
  });
}
