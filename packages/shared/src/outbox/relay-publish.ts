import type mongoose from 'mongoose';
import type { Publisher } from '../bus/index.ts';
import type { Names, Service } from '../contracts/index.ts';
import type { Clock } from '../kernel/index.ts';
import { databaseOf } from './connect.ts';
import type { StoredDocument } from './envelope.ts';
import { buildMessage } from './message.ts';
import type { Clearer } from './relay-clear.ts';
import type { RelayMetrics } from './relay-metrics.ts';
import type { Wake } from './relay-queue.ts';
import { documentsOf, type RelaySource } from './relay-source.ts';
import { buildRevisions, type Revision, storeRevisions } from './revisions.ts';

/** Documents with something pending, as they were read, and when the revisions of what is pending are durable. */
export type Prepared = { documents: Map<string, StoredDocument>; isRecorded: Promise<void> };

export type Publishing = {
  /** Reads the documents at their versions, as a majority has them, and begins to store their revisions. */
  prepare(source: RelaySource, wakes: Wake[]): Promise<Prepared>;
  /** Publishes a document. Once the stream has it and its revisions are durable, clears what was published. */
  publish(wake: Wake, document: StoredDocument, isRecorded: Promise<void>): Promise<void>;
};

export type PublishingOptions = {
  connection: mongoose.Connection;
  publisher: Publisher;
  service: Service;
  names: Names;
  clock: Clock;
  clearer: Clearer;
  metrics: RelayMetrics;
};

const STATEMENT_MS = 10_000;

export function createPublishing({
  connection,
  publisher,
  service,
  names,
  clock,
  clearer,
  metrics,
}: PublishingOptions): Publishing {
  async function prepare(source: RelaySource, wakes: Wake[]): Promise<Prepared> {
    const read = {
      readConcern: 'majority',
      readPreference: 'primary',
      batchSize: wakes.length + 1,
      maxTimeMS: STATEMENT_MS,
    } as const;
    const found = await documentsOf(connection, source)
      .find({ _id: { $in: wakes.map(({ id }) => id) } }, read)
      .toArray();
    const pending = found.filter((document) => document.pending.length > 0);
    const revisions = databaseOf(connection).collection<Revision>(`${source.collection}_revisions`);
    const rows = pending.flatMap((document) => buildRevisions(document, source.bodyNames));
    const isRecorded = storeRevisions(revisions, rows);
    isRecorded.catch(() => undefined); // each document waits for it and fails by itself; with no document nobody does
    return { documents: new Map(pending.map((document) => [document._id, document])), isRecorded };
  }

  async function publish(
    { source, traceparent }: Wake,
    document: StoredDocument,
    isRecorded: Promise<void>,
  ): Promise<void> {
    const { _id: id, v, pending } = document;
    const isTaken = publisher.publish({
      subject: names.change(service, source.kind, id),
      messageId: `${id}:${v}`,
      payload: buildMessage({ service, kind: source.kind, document, bodyNames: source.bodyNames }),
      ...(traceparent ? { headers: { traceparent } } : {}),
    });
    await Promise.all([isTaken, isRecorded]);
    metrics.published(clock.nowMs() - Date.parse(pending[0]?.at ?? clock.now()));
    await clearer.clear(documentsOf(connection, source), id, v);
  }

  return { prepare, publish };
}
