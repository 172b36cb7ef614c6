import { backoffMs, type Clock, type HealthCheck, type Logger, type Part, pause } from '@ortoo/shared/kernel';
import { type BuildingDeps, createBuilding } from './building.ts';
import type { Engine } from './engine.ts';
import type { IndexFollowers } from './index-followers.ts';
import { createRefilling, type RefillingDeps } from './refilling.ts';
import { createRetirement, type RetirementDeps, WAY_BACK_MS } from './retirement.ts';
import { type CurrentIndex, createStepTaker, type Standing, type StepDeps } from './take-step.ts';

const RETRY = { firstMs: 500, maxMs: 5_000 };

export type IndexWorker = Part & {
  /** The index behind the read alias; undefined while there is none that can be used. */
  current(): CurrentIndex | undefined;
  /** Looks again at once, because somebody met an index that is not there, or asked for a new one. */
  wake(): void;
  /** Null when the read alias stands on an index that is kept up to date. */
  check: HealthCheck;
};

export type IndexWorkerDeps = Omit<BuildingDeps & RefillingDeps & RetirementDeps, 'signal' | 'onDone' | 'wayBackMs'> &
  Pick<StepDeps, 'bus' | 'metrics' | 'own'> & {
    engine: Engine;
    followers: IndexFollowers;
    log: Logger;
    clock: Clock;
    /** How long an index that was replaced is kept; tests make it short. */
    wayBackMs?: number | undefined;
  };

/**
 * Sees to it that there is an index of this release, filled and followed, whatever is found at the start or happens
 * later: none, an older one, one that another replica fills or has left half filled, an alias or an index deleted
 * under it, another stream. All replicas run it; what two of them do at once is harmless.
 */
export function createIndexWorker({ wayBackMs = WAY_BACK_MS, ...deps }: IndexWorkerDeps): IndexWorker {
  const { followers, log } = deps;
  const ending = new AbortController();
  const { signal } = ending;
  const standing: Standing = { current: undefined, detail: 'the index has not been looked at yet' };
  let sleep = new AbortController();
  const wake = () => sleep.abort();
  const building = createBuilding({ ...deps, signal, onDone: wake });
  const refilling = createRefilling({ ...deps, signal });
  const retire = createRetirement({ ...deps, wayBackMs });
  const takeStep = createStepTaker({ ...deps, building, refilling, retire, signal, standing });
  let running: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      sleep = new AbortController();
      let waitMs: number;
      try {
        waitMs = await takeStep();
        failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        failures += 1;
        waitMs = backoffMs(failures, RETRY);
        const reason = (error as Error).message;
        standing.detail = `the index is not ready: ${reason}`;
        log.warn({ failures, reason }, 'the index could not be brought into order; trying again');
      }
      await pause(waitMs, AbortSignal.any([signal, sleep.signal]));
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
      await Promise.all([building.settled(), refilling.settled()]);
      await followers.stop();
    },
    current: () => standing.current,
    wake,
    check: async () => standing.detail ?? followers.trouble(standing.current?.name),
  };
}
