import type { Bus } from '@ortoo/shared/bus';
import type {
  RebuildState,
  ReconcileMode,
  ReconcileResult,
  SearchPipeline,
  SearchState,
} from '@ortoo/shared/contracts';
import type { Logger } from '@ortoo/shared/kernel';
import { toAppError } from '../query/engine-failure.ts';
import type { ReconcileWorker } from '../reconcile/reconcile.worker.ts';
import type { Rebuild } from './rebuild.ts';

export type UpkeepDeps = {
  bus: Pick<Bus, 'streamInfo' | 'deadLetters'>;
  reconcile: Pick<ReconcileWorker, 'begin' | 'state'>;
  rebuild: Rebuild;
  indexState(): Promise<SearchState>;
  log: Logger;
};

export type UpkeepActions = ReturnType<typeof createUpkeepActions>;

/** What can be asked about the pipeline, and done with it. Throws also what callers of a search are told of the engine. */
export function createUpkeepActions({ bus, rebuild, reconcile, indexState, log }: UpkeepDeps) {
  /** A part that cannot be asked is null, so that the others are seen while it is away. */
  async function orNull<T>(part: string, work: Promise<T>): Promise<T | null> {
    return work.catch((error: unknown) => {
      log.warn({ part, reason: (error as Error).message }, 'a part of the pipeline could not be asked');
      return null;
    });
  }

  async function stream() {
    const { firstSequence: first, lastSequence: last, createdAt } = await bus.streamInfo();
    return { first, last, createdAt };
  }

  async function lastReconcile(): Promise<ReconcileResult | null> {
    return (await reconcile.state()).last;
  }

  return {
    async pipeline(): Promise<SearchPipeline> {
      const [streamNow, index, deadLetters, last] = await Promise.all([
        orNull('stream', stream()),
        orNull('index', indexState()),
        orNull('deadLetters', bus.deadLetters.count()),
        orNull('reconcile', lastReconcile()),
      ]);
      return { stream: streamNow, index, deadLetters, reconcile: last };
    },

    rebuildStart: (): Promise<RebuildState> => told(rebuild.start()),
    rebuildState: (): Promise<RebuildState> => told(rebuild.state()),
    reconcileStart: (mode: ReconcileMode) => told(reconcile.begin(mode)),
    reconcileState: () => told(reconcile.state()),
    deadLetters: bus.deadLetters,
  };
}

async function told<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw toAppError(error);
  });
}
