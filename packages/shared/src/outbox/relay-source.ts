import type mongoose from 'mongoose';
import type { Kind } from '../contracts/index.ts';
import { databaseOf } from './connect.ts';
import type { StoredDocument } from './envelope.ts';

/** What a store tells its relay: where its documents lie and which of their fields are the state. */
export type RelaySource = { kind: Kind; collection: string; bodyNames: readonly string[] };

export function documentsOf(
  connection: mongoose.Connection,
  { collection }: RelaySource,
): mongoose.mongo.Collection<StoredDocument> {
  return databaseOf(connection).collection<StoredDocument>(collection);
}
