import { createLeasedRounds, type Leases } from '@ortoo/shared/bus';
import { type Clock, type Logger, type Part, serviceContext, shiftInstant } from '@ortoo/shared/kernel';
import type { Relay } from '@ortoo/shared/outbox';
import { BEHIND_MS } from './import.actions.ts';
import type { ImportStore } from './import.store.ts';
import type { KeptJob } from './import-job.rules.ts';
import type { ImportRun } from './import-run.ts';

/** How often it is looked for work, and, by replicas that wait, whether the worker is gone. */
const LOOK_MS = 300;
const LOOK_DEADLINE_MS = 5_000;
/** Jobs that one look takes. */
const JOBS_MAX = 20;
/** Reports are kept so long. */
const KEPT_MS = 90 * 24 * 3_600_000;
const TIDY_MS = 3_600_000;

type Deps = {
  imports: ImportStore;
  runs: Record<string, ImportRun>;
  relay: Pick<Relay, 'state'>;
  leases: Pick<Leases, 'take'>;
  clock: Clock;
  log: Logger;
};

/**
 * Works on imports, the oldest first; one replica at a time. Whoever loses the lease stops after its batch, and what it
 * has not noted the next one does again, to no second effect.
 */
export function createImportsWorker({ imports, runs, relay, leases, clock, log }: Deps): Part {
  let tidiedMs = Number.NEGATIVE_INFINITY;
  const failing = new Set<string>();
  const context = () => serviceContext({ log, service: 'news', clock, forMs: LOOK_DEADLINE_MS });

  async function step(signal: AbortSignal): Promise<void> {
    const jobs = await imports.waiting(context(), JOBS_MAX);
    if (jobs.length === 0) await tidy();
    for (const job of jobs) if (!signal.aborted) await runOne(job, signal);
  }

  /**
   * While changes wait to be published for long, imports would only add to them. One that cannot go on does not hold up
   * the others; it is told once.
   */
  async function runOne(job: KeptJob, signal: AbortSignal): Promise<void> {
    const run = runs[job.kind];
    const { oldestMs } = await relay.state();
    if (!run || oldestMs > BEHIND_MS) return;
    try {
      await run(job, signal);
      failing.delete(job.id);
    } catch (error) {
      if (!failing.has(job.id) && !signal.aborted)
        log.warn({ err: error, import: job.id }, 'an import cannot go on; it is tried on');
      failing.add(job.id);
    }
  }

  async function tidy(): Promise<void> {
    if (performance.now() - tidiedMs < TIDY_MS) return;
    tidiedMs = performance.now();
    await imports.removeBefore(context(), shiftInstant(clock.now(), -KEPT_MS));
  }

  return createLeasedRounds({
    name: 'imports',
    lease: 'imports',
    note: 'imports',
    everyMs: LOOK_MS,
    leases,
    log,
    says: { failing: 'imports cannot go on; it is tried on', again: 'imports go on again' },
    round: step,
  });
}
