import type mongoose from 'mongoose';
import type { Publisher } from '../bus/index.ts';
import type { ChangeEntry, Names, Service } from '../contracts/index.ts';
import { type Clock, failpoint } from '../kernel/index.ts';
import type { StoredDocument } from './envelope.ts';
import { buildMessage } from './message.ts';
import { readPastEntries } from './rearm.ts';
import type { Clearer } from './relay-clear.ts';
import type { RelayMetrics } from './relay-metrics.ts';
import type { Wake } from './relay-queue.ts';
import { documentsOf, type RelaySource, revisionsOf } from './relay-source.ts';
import { buildRevisions, storeRevisions } from './revisions.ts';

/** Documents with something pending, as they were read, and when the revisions of what is pending are durable. */
export type Prepared = {
  documents: Map<string, StoredDocument>;
  isRecorded: Promise<void>;
  /** Entries of earlier publications, for what is published again. */
  past: Map<string, ChangeEntry[]>;
};

export type Publishing = {
  /** Reads the documents at their versions, as a majority has them, and begins to store their revisions. */
  prepare(source: RelaySource, wakes: Wake[]): Promise<Prepared>;
  /** Publishes a document. Once the stream has it and its revisions are durable, clears what was published. */
  publish(wake: Wake, document: StoredDocument, prepared: Prepared): Promise<void>;
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
    const pending = found.filter(({ pending: entries, rearm }) => entries.length > 0 || rearm !== undefined);
    const revisions = revisionsOf(connection, source);
    const rows = pending.flatMap((document) => buildRevisions(document, source.bodyNames));
    const isRecorded = storeRevisions(revisions, rows);
    isRecorded.catch(() => undefined); // each document waits for it and fails by itself; with no document nobody does
    const past = await readPastEntries(revisions, pending);
    return { documents: new Map(pending.map((document) => [document._id, document])), isRecorded, past };
  }

  async function publish(
    { source, traceparent }: Wake,
    document: StoredDocument,
    { isRecorded, past }: Prepared,
  ): Promise<void> {
    const { _id: id, v, pending, rearm } = document;
    const isTaken = publisher.publish({
      subject: names.change(service, source.kind, id),
      messageId: rearm ? `${id}:${v}:r${rearm.round}` : `${id}:${v}`,
      payload: buildMessage({ ...source, service, document, past: past.get(id) }),
      ...(traceparent ? { headers: { traceparent } } : {}),
    });
    await Promise.all([isTaken.then(() => failpoint('relay.published-not-acked')), isRecorded]);
    failpoint('relay.acked-not-cleared');
    metrics.published(clock.nowMs() - Date.parse(pending[0]?.at ?? clock.now()));
    await clearer.clear(documentsOf(connection, source), { id, v, round: rearm?.round });
    failpoint('relay.cleared');
  }

  return { prepare, publish };
}
