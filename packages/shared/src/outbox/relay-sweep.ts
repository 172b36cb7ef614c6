import type mongoose from 'mongoose';
import type { OutboxState } from '../contracts/index.ts';
import type { Clock, Instant } from '../kernel/index.ts';
import { documentsOf, type RelaySource } from './relay-source.ts';

/** What one look at the collections finds: the documents that have waited longest, and how many wait in all. */
export type Found = OutboxState & {
  oldest: { source: RelaySource; id: string; pendingSince: Instant }[];
  isCut: boolean;
};

/** Documents that one look names in each collection. */
export const SWEEP_MAX = 1_000;
const STATEMENT_MS = 5_000;

/** Every instant sorts after the empty text, so this is what the sparse index holds; `$exists` would fetch documents. */
const isPending = { pendingSince: { $gte: '' } };

export type SweepOptions = {
  connection: mongoose.Connection;
  sources: Iterable<RelaySource>;
  clock: Clock;
  /** How far to count; left out, `pending` is only how many are named. */
  countMax?: number | undefined;
};

/** Looks once at each collection; `isCut` says that more wait than are named. */
export async function findPending({ connection, sources, clock, countMax }: SweepOptions): Promise<Found> {
  const found: Found = { pending: 0, oldestMs: 0, oldest: [], isCut: false };
  for (const source of sources) {
    const documents = documentsOf(connection, source);
    const rows = await documents
      .find(isPending, {
        projection: { pendingSince: 1 },
        sort: { pendingSince: 1 },
        limit: SWEEP_MAX,
        batchSize: SWEEP_MAX + 1,
        maxTimeMS: STATEMENT_MS,
      })
      .toArray();
    const isCut = rows.length === SWEEP_MAX;
    found.isCut ||= isCut;
    found.pending +=
      isCut && countMax !== undefined
        ? await documents.countDocuments(isPending, { limit: countMax, maxTimeMS: STATEMENT_MS })
        : rows.length;
    found.oldest.push(...rows.map(({ _id: id, pendingSince = clock.now() }) => ({ source, id, pendingSince })));
  }
  for (const { pendingSince } of found.oldest)
    found.oldestMs = Math.max(found.oldestMs, clock.nowMs() - Date.parse(pendingSince));
  return found;
}
