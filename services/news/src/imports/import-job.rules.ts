import { type ImportRequest, type ImportRow, type ImportState, importBounds } from '@ortoo/shared/contracts';
import { type Actor, AppError, type Instant } from '@ortoo/shared/kernel';
import type { Plan, WrittenRow } from './import-kind.ts';

/** An import as it is kept. `work` is what a worker has to do for it, `done` how many of its rows are. */
export type KeptJob = Omit<ImportRequest, 'id'> & {
  id: string;
  actor: Actor;
  state: ImportState['state'];
  work: 'import' | 'undo' | 'none';
  done: number;
  total: number;
  counts: ImportCounts;
  createdAt: Instant;
  finishedAt?: Instant;
  failure?: ImportFailure;
};

/** A row as it is kept: its plan before, its outcome after it is done. */
export type KeptRow = { row: number; plan: Plan; outcome?: ImportRow['outcome']; written?: WrittenRow };

type ImportCounts = ImportState['counts'];
type ImportFailure = NonNullable<ImportState['failure']>;
export type Outcome = ImportRow['outcome'];

const none = { read: 0, created: 0, updated: 0, unchanged: 0, rejected: 0 };
export const outcomeOf = {
  create: 'created',
  update: 'updated',
  unchanged: 'unchanged',
  rejected: 'rejected',
} as const;

export function openJob({ id, ...request }: ImportRequest, { actor, now }: { actor: Actor; now: Instant }): KeptJob {
  return { id, ...request, actor, state: 'running', work: 'import', done: 0, total: 0, counts: none, createdAt: now };
}

/** The counts with those of some more rows. */
export function countRows(counts: ImportCounts, outcomes: readonly Outcome[]): ImportCounts {
  const next: Record<string, number> = { ...counts, read: counts.read + outcomes.length };
  for (const outcome of outcomes) next[outcome] = (next[outcome] ?? 0) + 1;
  return next as ImportCounts;
}

/**
 * The job as it is to be taken back. Throws CONFLICT `import.running` while it works, `import.dry-run` where nothing was
 * written; one that is being taken back, or was, stays as it is.
 */
export function beginUndo(job: KeptJob): KeptJob {
  if (job.work === 'undo' || job.state === 'undone') return job;
  if (job.work === 'import')
    throw AppError.conflict('import.running', 'The import still runs; undo it when it is done.', {
      retryAfterMs: 1_000,
    });
  if (job.dryRun) throw AppError.conflict('import.dry-run', 'A dry run wrote nothing that could be undone.');
  return { ...job, state: 'running', work: 'undo', done: 0 };
}

/** What a job that ends is. */
export function endJob(job: KeptJob, now: Instant, failure?: ImportFailure): KeptJob {
  if (failure) return { ...job, state: 'failed', work: 'none', finishedAt: now, failure };
  const state = job.work === 'undo' ? 'undone' : 'done';
  return { ...job, state, work: 'none', finishedAt: now };
}

export function failureOf(error: unknown): ImportFailure {
  const { code, reason, message, details } = AppError.from(error);
  return { code, reason, message, ...(details?.errors ? { errors: details.errors } : {}) };
}

export function viewJob(job: KeptJob): ImportState {
  const { id, kind, mode, dryRun, state, counts, done, total, createdAt, finishedAt, failure } = job;
  const isOver = state === 'done' || state === 'undone';
  return {
    id,
    kind,
    mode,
    dryRun,
    state,
    counts,
    progress: isOver ? 1 : total === 0 ? 0 : Math.min(1, Math.round((100 * done) / total) / 100),
    createdAt,
    ...(finishedAt === undefined ? {} : { finishedAt }),
    ...(failure ? { failure } : {}),
  };
}

/** A line of the report. What a dry run would create has no id. */
export function viewRow({ row, plan, outcome }: KeptRow & { outcome: Outcome }, isDry: boolean): ImportRow {
  const id = isDry && plan.type === 'create' ? undefined : plan.id;
  const errors = plan.type === 'rejected' ? plan.faults.slice(0, importBounds.rowFaults) : undefined;
  return {
    row,
    outcome,
    ...(id === undefined ? {} : { id }),
    ...(errors
      ? {
          errors: errors.map(({ pointer, message, expected }) => ({
            pointer: pointer.slice(0, 200),
            message: message.slice(0, 300),
            ...(expected === undefined ? {} : { expected: expected.slice(0, 300) }),
          })),
        }
      : {}),
  };
}
