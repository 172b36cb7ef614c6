import { type Clock, type Context, type Instant, remainingMs } from '@ortoo/shared/kernel';
import { createDatabaseGuard, type Mongo } from '@ortoo/shared/outbox';
import type { KeptJob, KeptRow, Outcome } from './import-job.rules.ts';
import type { WrittenRow } from './import-kind.ts';

const STATEMENT_MS = 5_000;
const DUPLICATE_KEY = 11000;

type JobRecord = Omit<KeptJob, 'id'> & { _id: string };
type RowRecord = KeptRow & { _id: string; job: string };

const openJobs = ({ connection }: Mongo) => connection.collection<JobRecord>('import_jobs');
const openRows = ({ connection }: Mongo) => connection.collection<RowRecord>('import_rows');

/** Imports and what came of their rows. Nothing of them is published. */
export type ImportStore = {
  find(ctx: Context, id: string): Promise<KeptJob | undefined>;
  /** Keeps a new job; a repeat with its id answers what is kept. */
  insert(ctx: Context, job: KeptJob): Promise<KeptJob>;
  /** The oldest jobs that have work to do. */
  waiting(ctx: Context, limit: number): Promise<KeptJob[]>;
  /** Replaces a job that is as far as `from` says; false when another was faster. */
  advance(ctx: Context, from: Pick<KeptJob, 'work' | 'done'>, job: KeptJob): Promise<boolean>;
  /** Notes plans before they are done; those noted earlier stay. Answers what is noted, in the order of rows. */
  note(ctx: Context, job: string, rows: KeptRow[]): Promise<KeptRow[]>;
  /** Notes another plan for a row. */
  replan(ctx: Context, job: string, row: KeptRow): Promise<void>;
  /** Notes what came of rows. */
  settle(ctx: Context, job: string, rows: KeptRow[]): Promise<void>;
  /** Rows whose outcome is known, after one. */
  report(
    ctx: Context,
    page: { job: string; after: number; limit: number },
  ): Promise<(KeptRow & { outcome: Outcome })[]>;
  /** The last row that was written and not taken back. */
  lastWritten(ctx: Context, job: string): Promise<KeptRow | undefined>;
  /** Lets earlier rows about the same document know what it was taken back to. */
  carryBack(ctx: Context, job: string, row: number, written: WrittenRow): Promise<void>;
  /** How many rows were taken back, and how many kept. */
  tally(ctx: Context, job: string): Promise<{ undone: number; kept: number }>;
  /** Removes jobs that ended before then, with their rows. */
  removeBefore(ctx: Context, instant: Instant): Promise<void>;
  ensureIndexes(): Promise<void>;
};

export function createImportStore({ mongo, clock }: { mongo: Mongo; clock: Clock }): ImportStore {
  const guard = createDatabaseGuard({ connection: mongo.connection, service: 'news' });
  const jobs = () => openJobs(mongo);
  const rows = () => openRows(mongo);
  const statement = (ctx: Context) => ({ maxTimeMS: Math.max(1, Math.min(STATEMENT_MS, remainingMs(ctx, clock))) });

  const find = async (ctx: Context, id: string) =>
    toJob(await guard.read(() => jobs().findOne({ _id: id }, statement(ctx))));

  return {
    find,
    insert: async (ctx, job) => {
      const { id: _id, ...members } = job;
      try {
        await guard.write((session) => jobs().insertOne({ _id, ...members }, { session, ...statement(ctx) }));
        return job;
      } catch (error) {
        if ((error as { code?: unknown }).code !== DUPLICATE_KEY) throw error;
        return (await find(ctx, job.id)) ?? job;
      }
    },
    waiting: async (ctx, limit) => {
      const filter = { work: { $in: ['import' as const, 'undo' as const] } };
      const found = await guard.read(() => jobs().find(filter, statement(ctx)).sort({ _id: 1 }).limit(limit).toArray());
      return found.flatMap((record) => toJob(record) ?? []);
    },
    advance: async (ctx, { work, done }, { id: _id, ...members }) => {
      const { matchedCount } = await guard.write((session) =>
        jobs().replaceOne({ _id, work, done }, members, { session, ...statement(ctx) }),
      );
      return matchedCount === 1;
    },
    ...createRows({ rows, guard, statement }),
    removeBefore: async (ctx, instant) => {
      const filter = { work: 'none' as const, finishedAt: { $lt: instant } };
      const old = await guard.read(() =>
        jobs()
          .find(filter, { projection: { _id: 1 }, limit: 100 })
          .toArray(),
      );
      for (const { _id } of old) {
        await guard.write((session) => rows().deleteMany({ job: _id }, { session }));
        await guard.write((session) => jobs().deleteOne({ _id }, { session, ...statement(ctx) }));
      }
    },
    ensureIndexes: async () => {
      await jobs().createIndexes([{ key: { work: 1, _id: 1 } }, { key: { finishedAt: 1 }, sparse: true }]);
      await rows().createIndexes([{ key: { job: 1, row: 1 } }]);
    },
  };
}

type Core = {
  rows: () => ReturnType<typeof openRows>;
  guard: ReturnType<typeof createDatabaseGuard>;
  statement: (ctx: Context) => { maxTimeMS: number };
};
type RowStore = Pick<ImportStore, 'note' | 'replan' | 'settle' | 'report' | 'lastWritten' | 'carryBack' | 'tally'>;

function createRows({ rows, guard, statement }: Core): RowStore {
  const idOf = (job: string, row: number) => `${job}:${String(row).padStart(9, '0')}`;
  const taken = { $in: ['created' as const, 'updated' as const] };

  return {
    note: async (ctx, job, noted) => {
      const operations = noted.map(({ row, ...rest }) => ({
        updateOne: { filter: { _id: idOf(job, row) }, update: { $setOnInsert: { job, row, ...rest } }, upsert: true },
      }));
      await guard.write((session) => rows().bulkWrite(operations, { session, ordered: false }));
      const ids = noted.map(({ row }) => idOf(job, row));
      const found = await guard.read(() =>
        rows()
          .find({ _id: { $in: ids } }, statement(ctx))
          .sort({ _id: 1 })
          .toArray(),
      );
      return found.map(toRow);
    },
    replan: async (ctx, job, { row, plan }) => {
      const filter = { _id: idOf(job, row), outcome: { $exists: false } };
      await guard.write((session) => rows().updateOne(filter, { $set: { plan } }, { session, ...statement(ctx) }));
    },
    settle: async (_ctx, job, settled) => {
      const operations = settled.map(({ row, ...members }) => ({
        updateOne: { filter: { _id: idOf(job, row) }, update: { $set: members } },
      }));
      if (operations.length > 0)
        await guard.write((session) => rows().bulkWrite(operations, { session, ordered: false }));
    },
    report: async (ctx, { job, after, limit }) => {
      const filter = { job, row: { $gt: after }, outcome: { $exists: true } };
      const found = await guard.read(() => rows().find(filter, statement(ctx)).sort({ row: 1 }).limit(limit).toArray());
      return found.map((record) => toRow(record) as KeptRow & { outcome: Outcome });
    },
    lastWritten: async (ctx, job) => {
      const filter = { job, outcome: taken };
      const found = await guard.read(() => rows().findOne(filter, { ...statement(ctx), sort: { row: -1 } }));
      return found ? toRow(found) : undefined;
    },
    tally: async (ctx, job) => {
      const of = (outcome: 'undone' | 'kept') =>
        guard.read(() => rows().countDocuments({ job, outcome }, statement(ctx)));
      const [undone, kept] = await Promise.all([of('undone'), of('kept')]);
      return { undone, kept };
    },
    carryBack: async (ctx, job, row, { id, updatedAt }) => {
      const filter = { job, row: { $lt: row }, 'plan.id': id, outcome: taken };
      const update = { $set: { 'written.updatedAt': updatedAt } };
      await guard.write((session) => rows().updateMany(filter, update, { session, ...statement(ctx) }));
    },
  };
}

function toJob(record: JobRecord | null): KeptJob | undefined {
  if (!record) return undefined;
  const { _id: id, ...rest } = record;
  return { id, ...rest };
}

function toRow({ _id: _key, job: _job, ...row }: RowRecord): KeptRow {
  return row;
}
