import type { Bus, Lease } from '@ortoo/shared/bus';
import type { ReconcileMode, ReconcileResult, ReconcileState } from '@ortoo/shared/contracts';
import { AppError, type Clock, type Instant, jitterMs, type Logger, type Part, pause } from '@ortoo/shared/kernel';
import type { IndexWorker } from '../index/index.worker.ts';
import type { PhysicalIndexes } from '../index/physical-indexes.ts';
import { indexMissing } from '../query/engine-failure.ts';
import type { SearchMetrics } from '../search-metrics.ts';
import type { Comparison } from './comparison.ts';
import { noCounts } from './reconcile.rules.ts';
import { dueMode } from './schedule.rules.ts';

/** How often it is looked whether a comparison is due. */
const LOOK_MS = 60_000;
const LEASE = 'reconcile';

export type ReconcileWorker = Part & {
  /** Begins a comparison in the background. Throws CONFLICT `reconcile.running`, UNAVAILABLE `search.index-missing`. */
  begin(mode: ReconcileMode): Promise<{ startedAt: Instant }>;
  /** What runs, in whichever replica, and what the last run found. */
  state(): Promise<ReconcileState>;
};

export type ReconcileWorkerDeps = {
  bus: Pick<Bus, 'leases'>;
  indexes: Pick<PhysicalIndexes, 'look' | 'note'>;
  worker: Pick<IndexWorker, 'current'>;
  comparison: Pick<Comparison, 'run'>;
  /** Asks for a new index: this one is ahead of an owner that was restored. */
  rebuild(): Promise<unknown>;
  metrics: Pick<SearchMetrics, 'reconciled'>;
  log: Logger;
  clock: Clock;
};

/** Compares the index with its owners: hourly what is cheap, daily everything, by one replica at a time. */
export function createReconcileWorker(deps: ReconcileWorkerDeps): ReconcileWorker {
  const { bus, indexes, worker, log, clock } = deps;
  const ending = new AbortController();
  const { signal } = ending;
  let running: Promise<unknown> = Promise.resolve();
  let looking: Promise<void> = Promise.resolve();

  async function noted() {
    return (await indexes.look()).find(({ name }) => name === worker.current()?.name)?.meta;
  }

  async function start(mode: ReconcileMode): Promise<{ startedAt: Instant; done: Promise<unknown> }> {
    const index = worker.current()?.name;
    if (!index) throw indexMissing();
    const lease = await bus.leases.take(LEASE, `a ${mode} comparison of ${index}`);
    if (!lease) throw AppError.conflict('reconcile.running', 'The index is being compared with its owners already.');
    const done = compare(deps, { index, mode, lease, signal: AbortSignal.any([signal, lease.signal]) })
      .catch((error: unknown) => log.error({ err: error }, 'a comparison could not be recorded'))
      .then(() => lease.release());
    running = done;
    return { startedAt: clock.now(), done };
  }

  async function lookOnce(): Promise<void> {
    const meta = await noted();
    const mode = meta && dueMode(meta, clock.nowMs());
    if (mode) await (await start(mode)).done;
  }

  async function look(): Promise<void> {
    while (!signal.aborted) {
      await pause(jitterMs(LOOK_MS), signal);
      if (signal.aborted) return;
      await lookOnce().catch((error: unknown) =>
        log.info({ reason: (error as Error).message }, 'no comparison was begun'),
      );
    }
  }

  return {
    name: 'reconcile',
    start: async () => {
      looking = look();
    },
    stop: async () => {
      ending.abort();
      await looking;
      await running;
    },
    begin: async (mode) => {
      const { startedAt } = await start(mode);
      return { startedAt };
    },
    state: async () => {
      const [running, meta] = await Promise.all([bus.leases.noteOf(LEASE), noted()]);
      return { running: running ?? null, last: meta?.reconcile?.last ?? null };
    },
  };
}

type Work = { index: string; mode: ReconcileMode; lease: Lease; signal: AbortSignal };

/** Compares, and writes down what was found, also when it ended early. */
async function compare(deps: ReconcileWorkerDeps, { index, mode, lease, signal }: Work): Promise<void> {
  const { indexes, comparison, metrics, log, clock } = deps;
  const startedAt = clock.now();
  const startedMs = clock.nowMs();
  let last: ReconcileResult;
  try {
    last = await comparison.run(index, mode, { signal, say: lease.say });
  } catch (error) {
    const tookMs = clock.nowMs() - startedMs;
    last = { at: clock.now(), startedAt, mode, ...noCounts(), tookMs, error: (error as Error).message };
  }
  log[last.error === undefined ? 'info' : 'warn']({ index, ...last }, 'compared the index with its owners');
  metrics.reconciled(last);
  const before = (await indexes.look()).find(({ name }) => name === index)?.meta?.reconcile?.fullAt;
  const fullAt = mode === 'full' && last.error === undefined ? last.at : before;
  await indexes.note(index, { reconcile: { last, ...(fullAt === undefined ? {} : { fullAt }) } });
  if (last.ahead > 0) {
    log.error({ index, ahead: last.ahead }, 'the index is ahead of an owner that was restored; it is made anew');
    await deps.rebuild();
  }
}
