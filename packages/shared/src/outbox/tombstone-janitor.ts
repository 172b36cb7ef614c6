import type mongoose from 'mongoose';
import { type Clock, createRounds, failpoint, type Logger, type Part, shiftInstant } from '../kernel/index.ts';
import { databaseOf } from './connect.ts';
import { documentsOf, type RelaySource } from './relay-source.ts';
import type { Revision } from './revisions.ts';

/** A tombstone stays this long: longer than the stream keeps changes and than any rebuild takes. */
const TOMBSTONE_AGE_MS = 30 * 24 * 60 * 60 * 1000;
const ROUND_EVERY_MS = 60 * 60 * 1000;
const BATCH = 500;
const STATEMENT_MS = 30_000;

export type JanitorOptions = {
  connection: mongoose.Connection;
  sources: () => Iterable<RelaySource>;
  clock: Clock;
  log: Logger;
};

/**
 * Removes tombstones that are older than 30 days, with their revisions, each only at the version that was found; at the
 * start and then every hour. Those whose ids may be used again stay: the version has to go on from them. Runs in each
 * replica: what two of them do at once is harmless.
 */
export function createTombstoneJanitor({ connection, sources, clock, log }: JanitorOptions): Part {
  async function tidy(signal: AbortSignal): Promise<void> {
    for (const source of sources()) {
      if (source.isIdReusable) continue;
      for (let removed = BATCH; removed === BATCH && !signal.aborted; ) removed = await tidyBatch(source);
    }
  }

  async function tidyBatch(source: RelaySource): Promise<number> {
    const documents = documentsOf(connection, source);
    const revisions = databaseOf(connection).collection<Revision>(`${source.collection}_revisions`);
    const due = await documents
      .find(
        {
          live: false,
          changedAt: { $lt: shiftInstant(clock.now(), -TOMBSTONE_AGE_MS) },
          pendingSince: { $exists: false },
        },
        { projection: { v: 1 }, limit: BATCH, maxTimeMS: STATEMENT_MS },
      )
      .toArray();
    if (due.length > 0) failpoint('tombstone.not-purged');
    for (const { _id, v } of due) {
      // The tombstone goes last: while it is there, a round that was interrupted is found again.
      await revisions.deleteMany({ _id: { $gte: `${_id}:`, $lt: `${_id};` } }, { maxTimeMS: STATEMENT_MS });
      await documents.deleteOne({ _id, v, live: false }, { maxTimeMS: STATEMENT_MS });
      failpoint('janitor.midway');
    }
    if (due.length > 0) log.info({ kind: source.kind, tombstones: due.length }, 'old tombstones removed');
    return due.length;
  }

  return createRounds({
    name: 'tombstone janitor',
    everyMs: ROUND_EVERY_MS,
    log,
    failure: 'tombstones could not be removed; the next round does it',
    round: tidy,
  });
}
