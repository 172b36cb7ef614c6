import type { Bus } from '@ortoo/shared/bus';
import { AppError, type Clock, type Context, failpoint, type Logger, serviceContext } from '@ortoo/shared/kernel';
import type { ImportStore } from './import.store.ts';
import { countRows, endJob, failureOf, type KeptJob, type KeptRow, outcomeOf } from './import-job.rules.ts';
import type { ImportKind, Plan, SourceRow } from './import-kind.ts';

/** Rows between two notes of how far a job is, and of them those that are worked on at once. */
const BATCH = 100;
const AT_ONCE = 16;
const BATCH_DEADLINE_MS = 60_000;
/** Others may write the same document between the plan and the write of a row. */
const REPLANS_MAX = 5;
/** Answers that say that a row was planned on what is no longer so. */
const moved = new Set(['VERSION_MISMATCH', 'CONFLICT', 'NOT_FOUND']);
/** Answers that say nothing of the job: it goes on when they are over. */
const passing = new Set(['UNAVAILABLE', 'TIMEOUT']);

type Deps<T> = {
  store: ImportStore;
  kind: ImportKind<T>;
  uploads: Pick<Bus['uploads'], 'read' | 'remove'>;
  clock: Clock;
  log: Logger;
};

/**
 * Works on a job until it is done, failed, or the signal aborts. Throws UNAVAILABLE and TIMEOUT: the job goes on later,
 * and after a crash, where its last note says; a row that was written and not noted is found written.
 */
export type ImportRun = (job: KeptJob, signal: AbortSignal) => Promise<void>;
type Write = Plan & { type: 'create' | 'update' };

export function createImportRun<T>({ store, kind, uploads, clock, log }: Deps<T>): ImportRun {
  /** In the name of whoever sent the import. */
  const contextOf = ({ actor }: KeptJob): Context => ({
    ...serviceContext({ log, service: 'news', clock, forMs: BATCH_DEADLINE_MS }),
    actor,
  });

  /** Notes a step; a job that another has brought further is left to it. */
  async function advance(ctx: Context, from: KeptJob, to: KeptJob): Promise<KeptJob> {
    if (await store.advance(ctx, from, to)) return to;
    throw AppError.unavailable('import.elsewhere', 'Another replica has brought this import further.');
  }

  /** What is only planned is settled with its plan. */
  async function planRow(ctx: Context, { dryRun }: KeptJob, { row, item }: SourceRow<T>): Promise<KeptRow> {
    const plan = await kind.plan(ctx, item);
    return dryRun || !isWrite(plan) ? { row, plan, outcome: outcomeOf[plan.type] } : { row, plan };
  }

  async function writeRow(ctx: Context, job: KeptJob, { row, plan: first }: KeptRow, item: T): Promise<KeptRow> {
    const requestKey = `${job.id}:${row}`;
    let plan = first;
    for (let attempt = 1; isWrite(plan); attempt += 1) {
      try {
        return { row, plan, outcome: outcomeOf[plan.type], written: await kind.write(ctx, { plan, item, requestKey }) };
      } catch (error) {
        if (!moved.has(AppError.from(error).code) || attempt > REPLANS_MAX) throw error;
        plan = await kind.plan(ctx, item);
        await store.replan(ctx, job.id, { row, plan });
      }
    }
    return { row, plan, outcome: outcomeOf[plan.type] };
  }

  /** Plans are noted before anything is written, so that a repeat knows what was new. */
  async function doBatch(job: KeptJob, batch: SourceRow<T>[]): Promise<KeptJob> {
    const ctx = contextOf(job);
    const noted = await store.note(ctx, job.id, await inLanes(batch, (row) => planRow(ctx, job, row)));
    const items = new Map(batch.map(({ row, item }) => [row, item]));
    const settled = await inLanes(noted, async (row) => {
      const item = items.get(row.row);
      return row.outcome !== undefined || item === undefined ? row : await writeRow(ctx, job, row, item);
    });
    failpoint('import.rows-written');
    if (!job.dryRun) await store.settle(ctx, job.id, settled);
    const outcomes = settled.flatMap(({ outcome }) => outcome ?? []);
    const counts = countRows(job.counts, outcomes);
    return await advance(ctx, job, { ...job, done: job.done + batch.length, counts });
  }

  async function importAll(first: KeptJob, signal: AbortSignal): Promise<void> {
    const read = kind.readers[first.mediaType];
    if (!read) throw AppError.invalid('import.kind-unknown', { pointer: '/mediaType', message: 'cannot be read here' });
    const source = await read(() => uploads.read(first.upload));
    let job = await advance(contextOf(first), first, { ...first, total: source.total });
    for await (const batch of inBatches(source.rows(), first.done)) {
      if (signal.aborted) return;
      job = await doBatch(job, batch);
    }
    await end(job);
  }

  async function takeBackAll(first: KeptJob, signal: AbortSignal): Promise<void> {
    let job = first;
    for (;;) {
      const ctx = contextOf(job);
      const row = await store.lastWritten(ctx, job.id);
      if (!row) return await end({ ...job, counts: { ...job.counts, ...(await store.tally(ctx, job.id)) } });
      if (signal.aborted) return;
      job = await takeBackOne(ctx, job, row);
    }
  }

  async function takeBackOne(ctx: Context, job: KeptJob, { row, plan, written }: KeptRow): Promise<KeptJob> {
    const requestKey = `${job.id}:undo:${row}`;
    const back =
      isWrite(plan) && written && written.updatedAt !== ''
        ? await kind.takeBack(ctx, { type: plan.type, written, requestKey })
        : undefined;
    if (back) await store.carryBack(ctx, job.id, row, back);
    const outcome = back ? 'undone' : 'kept';
    await store.settle(ctx, job.id, [{ row, plan, outcome }]);
    return await advance(ctx, job, { ...job, done: job.done + 1 });
  }

  async function end(job: KeptJob, error?: unknown): Promise<void> {
    const ctx = contextOf(job);
    await advance(ctx, job, endJob(job, clock.now(), error === undefined ? undefined : failureOf(error)));
    await uploads.remove(job.upload).catch(() => undefined); // then it goes by its age
    log.info({ import: job.id, counts: job.counts }, error === undefined ? 'an import is done' : 'an import failed');
  }

  return async (job, signal) => {
    try {
      await (job.work === 'undo' ? takeBackAll : importAll)(job, signal);
    } catch (error) {
      if (signal.aborted || passing.has(AppError.from(error).code)) throw error;
      if (!(error instanceof AppError)) log.error({ err: error, import: job.id }, 'an import met a defect');
      const now = (await store.find(contextOf(job), job.id)) ?? job;
      await end(now, error);
    }
  };
}

function isWrite(plan: Plan): plan is Write {
  return plan.type === 'create' || plan.type === 'update';
}

/** Batches of rows from after the first ones; a key that comes again begins the next batch, after the one before. */
async function* inBatches<T>(rows: AsyncIterable<SourceRow<T>>, done: number): AsyncGenerator<SourceRow<T>[]> {
  let batch: SourceRow<T>[] = [];
  let skipped = 0;
  for await (const row of rows) {
    if (skipped < done) {
      skipped += 1;
      continue;
    }
    if (batch.length >= BATCH || batch.some(({ key }) => key === row.key)) {
      yield batch;
      batch = [];
    }
    batch.push(row);
  }
  if (batch.length > 0) yield batch;
}

/** Some at once, answered in their order. */
async function inLanes<A, B>(all: readonly A[], work: (one: A) => Promise<B>): Promise<B[]> {
  const results: B[] = [];
  const waiting = [...all.entries()];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results[next[0]] = await work(next[1]);
  };
  const lanes = await Promise.allSettled(Array.from({ length: AT_ONCE }, lane));
  const broken = lanes.find((one) => one.status === 'rejected');
  if (broken) throw broken.reason;
  return results;
}
