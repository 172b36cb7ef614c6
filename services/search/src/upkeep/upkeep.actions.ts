import type { Bus } from '@ortoo/shared/bus';
import type {
  RebuildState,
  ReconcileMode,
  ReconcileResult,
  SearchPipeline,
  SearchState,
} from '@ortoo/shared/contracts';
import type { Logger } from '@ortoo/shared/kernel';
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

/** What can be asked about the pipeline, and done with it. */
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

    rebuildStart: (): Promise<RebuildState> => rebuild.start(),
    rebuildState: (): Promise<RebuildState> => rebuild.state(),
    reconcileStart: (mode: ReconcileMode) => reconcile.begin(mode),
    reconcileState: () => reconcile.state(),
    deadLetters: bus.deadLetters,
  };
}
