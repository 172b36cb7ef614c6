import mongoose from 'mongoose';
import type { Names, Service } from '../contracts/subjects.ts';

/** A document and a revision as MongoDB has them. */
export type RawDocument = {
  _id: string;
  v: number;
  live: boolean;
  visible: boolean;
  check: number;
  changedAt: string;
  firstPublishedAt?: string;
  pending: { v: number; type: string; patch: Record<string, unknown> }[];
  pendingSince?: string;
} & Record<string, unknown>;
export type RawRevision = {
  _id: string;
  v: number;
  type: string;
  patch?: Record<string, unknown>;
  state?: Record<string, unknown>;
};

/** A hand in an owner's database, beside the service: to see what it keeps and to turn back its clock. */
export type OwnerHand = {
  documents(service: Service, collection: string): Promise<RawDocument[]>;
  revisions(service: Service, collection: string): Promise<RawRevision[]>;
  /** Sets members of documents past their store. */
  set(service: Service, collection: string, ids: string[], members: Record<string, unknown>): Promise<void>;
  close(): Promise<void>;
};

export async function openOwnerHand({ mongoUrl, names }: { mongoUrl: string; names: Names }): Promise<OwnerHand> {
  const connection = await mongoose.createConnection(mongoUrl, { serverSelectionTimeoutMS: 10_000 }).asPromise();
  const collectionOf = (service: Service, collection: string) =>
    connection.getClient().db(names.database(service)).collection<{ _id: string }>(collection);
  const readAll = async <T>(service: Service, collection: string) =>
    (await collectionOf(service, collection).find({}, { readConcern: 'majority' }).toArray()) as unknown as T[];
  return {
    documents: (service, collection) => readAll<RawDocument>(service, collection),
    revisions: (service, collection) => readAll<RawRevision>(service, `${collection}_revisions`),
    set: async (service, collection, ids, members) =>
      void (await collectionOf(service, collection).updateMany({ _id: { $in: ids } }, { $set: members })),
    close: () => connection.close(),
  };
}
