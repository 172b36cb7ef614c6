import type mongoose from 'mongoose';
import type { Kind } from '../contracts/index.ts';
import { databaseOf } from './connect.ts';
import type { StoredDocument } from './envelope.ts';
import type { Revision } from './revisions.ts';

/** What a store tells its relay: where its documents lie, which of their fields are the state, and who may see them. */
export type RelaySource = {
  kind: Kind;
  collection: string;
  bodyNames: readonly string[];
  /** The state never travels. */
  isPersonal: boolean;
};

export function documentsOf(
  connection: mongoose.Connection,
  { collection }: RelaySource,
): mongoose.mongo.Collection<StoredDocument> {
  return databaseOf(connection).collection<StoredDocument>(collection);
}

/** Where past versions of a collection's documents lie. */
export function revisionsOf(
  connection: mongoose.Connection,
  { collection }: Pick<RelaySource, 'collection'>,
): mongoose.mongo.Collection<Revision> {
  return databaseOf(connection).collection<Revision>(`${collection}_revisions`);
}
