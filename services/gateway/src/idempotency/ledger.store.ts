import { AppError } from '@ortoo/shared/kernel';
import mongoose, { type Connection } from 'mongoose';

/** An answer as it was given: what of its headers matters, and its bytes. */
export type StoredAnswer = { status: number; headers: Record<string, string>; body: Buffer };

/** One use of an Idempotency-Key; times in milliseconds since the epoch. */
export type LedgerEntry = {
  id: string;
  bodyHash: string;
  /** The id that a create carries, in each of its runs. */
  resourceId: string;
  /** While it runs: when the run counts as lost. The time also names the run. */
  untilMs: number;
  answer?: StoredAnswer;
  expiresAtMs: number;
};

/** Where the uses of keys lie. Each function throws UNAVAILABLE `idempotency.unavailable` when the database is away. */
export type LedgerStore = {
  /** Keeps a new entry; false when there is one of that id. */
  insert(entry: LedgerEntry): Promise<boolean>;
  find(id: string): Promise<LedgerEntry | undefined>;
  /** Sets when a run without an answer ends; false when another has set it, or there is an answer. */
  extend(id: string, run: { fromMs: number; toMs: number }): Promise<boolean>;
  /** Keeps the answer of a run; nothing when another run has begun meanwhile. */
  finish(id: string, run: { untilMs: number; answer: StoredAnswer }): Promise<void>;
  /** Removes an entry that is out of date; MongoDB does it only once a minute. */
  removeExpired(id: string, nowMs: number): Promise<void>;
  ensureIndexes(): Promise<void>;
};

type LedgerRecord = Omit<LedgerEntry, 'id' | 'expiresAtMs'> & { _id: string; expiresAt: Date };

const DUPLICATE = 11000;
/** Each statement is about one document found by its id. */
const OPERATION_MS = 2_000;

/** Uses of keys in the gateway's own database; MongoDB removes them when they expire, which takes a date of its own. */
export function createLedgerStore(connection: Connection): LedgerStore {
  const schema = new mongoose.Schema<LedgerRecord>(
    {
      _id: { type: String, required: true },
      bodyHash: { type: String, required: true },
      resourceId: { type: String, required: true },
      untilMs: { type: Number, required: true },
      answer: { type: { status: Number, headers: mongoose.Schema.Types.Mixed, body: Buffer, _id: false } },
      expiresAt: { type: Date, required: true },
    },
    { versionKey: false, strict: 'throw', autoIndex: false },
  );
  const records = connection.model<LedgerRecord>('IdempotentRequest', schema, 'idempotency');

  return {
    async insert({ id, expiresAtMs, ...entry }) {
      try {
        await records.create({ _id: id, ...entry, expiresAt: new Date(expiresAtMs) });
        return true;
      } catch (error) {
        if ((error as { code?: unknown }).code === DUPLICATE) return false;
        throw unavailable(error);
      }
    },
    async find(id) {
      const record = await guard(() => records.findById(id).maxTimeMS(OPERATION_MS).lean());
      return record ? toEntry(record) : undefined;
    },
    async extend(id, { fromMs, toMs }) {
      const filter = { _id: id, untilMs: fromMs, answer: { $exists: false } };
      const { modifiedCount } = await guard(() => records.updateOne(filter, { $set: { untilMs: toMs } }));
      return modifiedCount === 1;
    },
    async finish(id, { untilMs, answer }) {
      await guard(() => records.updateOne({ _id: id, untilMs }, { $set: { answer } }));
    },
    async removeExpired(id, nowMs) {
      await guard(() => records.deleteOne({ _id: id, expiresAt: { $lte: new Date(nowMs) } }));
    },
    async ensureIndexes() {
      await guard(() => records.collection.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 }));
    },
  };
}

function toEntry({ _id: id, expiresAt, answer, ...entry }: LedgerRecord): LedgerEntry {
  const kept = answer ? { answer: { ...answer, body: toBuffer(answer.body) } } : {};
  return { id, ...entry, ...kept, expiresAtMs: expiresAt.getTime() };
}

/** Lean reads answer the driver's own binary. */
function toBuffer(body: Buffer | mongoose.mongo.Binary): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.from(body.buffer);
}

async function guard<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw unavailable(error);
  }
}

function unavailable(cause: unknown): AppError {
  return AppError.unavailable('idempotency.unavailable', 'Idempotency-Key cannot be honoured at the moment.', {
    cause,
  });
}
