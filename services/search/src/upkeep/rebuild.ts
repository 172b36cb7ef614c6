import type { Bus } from '@ortoo/shared/bus';
import type { RebuildState } from '@ortoo/shared/contracts';
import { AppError, type Clock, type Logger } from '@ortoo/shared/kernel';
import type { IndexWorker } from '../index/index.worker.ts';
import { decideStep, type IndexFacts } from '../index/next-step.ts';
import type { OwnDefinition } from '../index/own-definition.ts';
import type { PhysicalIndexes } from '../index/physical-indexes.ts';
import { indexMissing } from '../query/engine-failure.ts';

/** A new index on demand. */
export type Rebuild = {
  /** Makes one, unless one is being filled already; whoever gets the lease fills it. Throws CONFLICT `rebuild.refused`. */
  start(): Promise<RebuildState>;
  /** The index that is being filled or, when none is, the one that answers. Throws UNAVAILABLE `search.index-missing`. */
  state(): Promise<RebuildState>;
};

export function createRebuild({
  bus,
  indexes,
  own,
  worker,
  log,
  clock,
}: {
  bus: Pick<Bus, 'streamInfo' | 'leases'>;
  indexes: Pick<PhysicalIndexes, 'look' | 'make'>;
  own: OwnDefinition;
  worker: Pick<IndexWorker, 'wake'>;
  log: Logger;
  clock: Clock;
}): Rebuild {
  async function look() {
    const [stream, all] = await Promise.all([bus.streamInfo(), indexes.look()]);
    return { stream, all, step: decideStep(all, await own.look(all, stream)) };
  }

  async function state(): Promise<RebuildState> {
    const { all, step } = await look();
    const build = step.type === 'serve' ? step.build : undefined;
    const index = build ?? all.toSorted((a, b) => b.n - a.n).find(({ isRead }) => isRead);
    if (!index) throw indexMissing();
    return toState(index, build ? ((await bus.leases.noteOf('rebuild')) ?? 'about to begin') : null);
  }

  return {
    state,
    start: async () => {
      own.forget();
      const { stream, all, step } = await look();
      if (step.type === 'refuse' || (step.type === 'serve' && step.read && !step.isIndexing))
        throw AppError.conflict('rebuild.refused', 'The index belongs to another release, which alone may rebuild it.');
      if (step.type === 'serve' && !step.build) {
        const n = Math.max(...all.map((index) => index.n)) + 1;
        if (await indexes.make(n, stream, clock.now())) log.info({ n }, 'a new index was asked for');
      }
      worker.wake();
      return state();
    },
  };
}

function toState({ name, meta }: IndexFacts, doing: string | null): RebuildState {
  const { fill } = meta ?? {};
  const isDone = doing === null && fill?.state === 'done';
  return {
    name,
    state: isDone ? 'done' : 'filling',
    doing: isDone ? null : (doing ?? 'about to be written down'),
    documents: fill?.taken ?? 0,
    left: fill?.left ?? 0,
    startedAt: fill?.startedAt ?? null,
    tookMs: fill?.tookMs ?? null,
  };
}
