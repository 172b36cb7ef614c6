import { AppError } from '@ortoo/shared/kernel';
import mongoose, { type Connection } from 'mongoose';
import type { Key, Scope } from './key.rules.ts';

type KeyRecord = Omit<Key, 'id'> & { _id: string };

/** Where keys lie. Throws UNAVAILABLE `keys.unavailable` when the database does not answer. */
export type KeyStore = {
  find(id: string): Promise<Key | undefined>;
  /** Keeps a new key; false when its id is already there. Of two that try at once, one gets true. */
  insert(key: Key): Promise<boolean>;
  revoke(id: string, now: string): Promise<void>;
};

const DUPLICATE = 11000;
/** A key is one document found by its id: what takes longer is a database in trouble. */
const OPERATION_MS = 2_000;

/** Keys in the gateway's own database, found by their id alone. */
export function createKeyStore(connection: Connection): KeyStore {
  const schema = new mongoose.Schema<KeyRecord>(
    {
      _id: { type: String, required: true },
      name: { type: String, required: true },
      scopes: { type: [String], required: true },
      hash: { type: String, required: true },
      createdAt: { type: String, required: true },
      expiresAt: String,
      revokedAt: String,
    },
    { versionKey: false, strict: 'throw' },
  );
  const records = connection.model<KeyRecord>('Key', schema, 'keys');

  return {
    async find(id) {
      const record = await guard(() => records.findById(id).maxTimeMS(OPERATION_MS).lean());
      return record ? toKey(record) : undefined;
    },
    async insert({ id, ...key }) {
      try {
        await records.create({ _id: id, ...key });
        return true;
      } catch (error) {
        if ((error as { code?: unknown }).code === DUPLICATE) return false;
        throw unavailable(error);
      }
    },
    async revoke(id, now) {
      await guard(() => records.updateOne({ _id: id, revokedAt: { $exists: false } }, { $set: { revokedAt: now } }));
    },
  };
}

function toKey({ _id: id, scopes, ...rest }: KeyRecord): Key {
  return { id, ...rest, scopes: scopes as Scope[] };
}

async function guard<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw unavailable(error);
  }
}

function unavailable(cause: unknown): AppError {
  return AppError.unavailable('keys.unavailable', 'Keys cannot be checked at the moment.', { cause });
}
