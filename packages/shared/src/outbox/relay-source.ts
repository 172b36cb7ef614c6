import type mongoose from 'mongoose';
import type { Kind } from '../contracts/index.ts';
import { databaseOf } from './connect.ts';
import type { StoredDocument } from './envelope.ts';
import type { Revision } from './revisions.ts';

/** What a store tells of itself to its relay and to the janitor. */
export type RelaySource = {
  kind: Kind;
  /** Where its documents lie. */
  collection: string;
  /** Which of their fields are the state. */
  bodyNames: readonly string[];
  /** The state never travels. */
  isPersonal: boolean;
  /** A tombstone may be needed again. */
  isIdReusable: boolean;
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
