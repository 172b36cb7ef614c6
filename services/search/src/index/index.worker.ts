import { backoffMs, type Clock, type HealthCheck, type Logger, type Part, pause } from '@ortoo/shared/kernel';
import { createFilling, type FillingDeps } from './filling.ts';
import { type CurrentIndex, createStepTaker, type Standing } from './take-step.ts';

const RETRY = { firstMs: 500, maxMs: 5_000 };

export type IndexWorker = Part & {
  /** The index behind the read alias; undefined while there is none that can be used. */
  current(): CurrentIndex | undefined;
  /** Looks again at once, because somebody met an index that is not there. */
  wake(): void;
  /** Null when the read alias stands on an index that is kept up to date. */
  check: HealthCheck;
};

export type IndexWorkerDeps = Omit<FillingDeps, 'signal'> & { log: Logger; clock: Clock };

/**
 * Sees to it that there is an index of this release, filled and followed, whatever is found at the start or happens
 * later: none, an older one, one that another replica fills or has left half filled, an alias or an index deleted
 * under it, another stream. All replicas run it; what two of them do at once is harmless.
 */
export function createIndexWorker({ clock, ...deps }: IndexWorkerDeps): IndexWorker {
  const { follower, log } = deps;
  const ending = new AbortController();
  const standing: Standing = { current: undefined, detail: 'the index has not been looked at yet' };
  const filling = createFilling({ ...deps, signal: ending.signal });
  const takeStep = createStepTaker({ ...deps, clock, filling, standing });
  let sleep = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    for (let failures = 0; !ending.signal.aborted; ) {
      sleep = new AbortController();
      let waitMs: number;
      try {
        waitMs = await takeStep();
        failures = 0;
      } catch (error) {
        if (ending.signal.aborted) return;
        failures += 1;
        waitMs = backoffMs(failures, RETRY);
        standing.detail = `the index is not ready: ${(error as Error).message}`;
        log.warn(
          { failures, reason: (error as Error).message },
          'the index could not be brought into order; trying again',
        );
      }
      await pause(waitMs, AbortSignal.any([ending.signal, sleep.signal]));
    }
  }

  return {
    name: 'index',
    start: async () => {
      running = run();
    },
    stop: async () => {
      ending.abort();
      await running;
      await filling.settled();
      await follower.stop();
    },
    current: () => standing.current,
    wake: () => sleep.abort(),
    check: async () => standing.detail ?? follower.trouble(),
  };
}
