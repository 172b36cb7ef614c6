import { jitterMs } from './ids.ts';
import type { Part } from './lifecycle.ts';
import type { Logger } from './logger.ts';
import { pause } from './retry.ts';

/** A part that works from its start until `signal` aborts at its stop, which waits for the end of the work. */
export function createBackground(name: string, work: (signal: AbortSignal) => Promise<void>): Part {
  const ending = new AbortController();
  let working: Promise<void> = Promise.resolve();
  return {
    name,
    start: async () => {
      working = work(ending.signal);
    },
    stop: async () => {
      ending.abort();
      await working;
    },
  };
}

type RoundsOptions = {
  name: string;
  everyMs: number;
  log: Logger;
  /** What the log says of a round that failed; the next one does its work. */
  failure: string;
  round(signal: AbortSignal): Promise<void>;
};

/** A part that does a round at its start and others `everyMs` (with jitter, so that replicas part) after the one before. */
export function createRounds({ name, everyMs, log, failure, round }: RoundsOptions): Part {
  return createBackground(name, async (signal) => {
    while (!signal.aborted) {
      try {
        await round(signal);
      } catch (error) {
        if (!signal.aborted) log.warn({ err: error }, failure);
      }
      await pause(jitterMs(everyMs), signal);
    }
  });
}
