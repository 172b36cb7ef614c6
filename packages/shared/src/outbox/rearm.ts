import type mongoose from 'mongoose';
import type { ChangeEntry } from '../contracts/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { StoredDocument } from './envelope.ts';
import { documentsOf, type RelaySource } from './relay-source.ts';
import type { Revision } from './revisions.ts';

const STATEMENT_MS = 60_000;
/** A message that is published again names at most this many of the changes that led to it. */
const ENTRIES_MAX = 50;

/**
 * Marks every document that has changed since a moment as one to be published again, in a round that gives its messages
 * ids of their own: the plain ids would be swallowed as duplicates. Safe to repeat; answers how many were marked.
 */
export async function rearmDocuments(
  connection: mongoose.Connection,
  sources: Iterable<RelaySource>,
  { since, round, now }: { since: Instant; round: number; now: Instant },
): Promise<number> {
  let marked = 0;
  for (const source of sources) {
    const { matchedCount } = await documentsOf(connection, source).updateMany(
      { changedAt: { $gte: since } },
      [{ $set: { pendingSince: { $ifNull: ['$pendingSince', now] }, rearm: { round, since } } }],
      { maxTimeMS: STATEMENT_MS },
    );
    marked += matchedCount;
  }
  return marked;
}

/** For each document that is to be published again the entries, since the moment of its mark, that led to it. */
export async function readPastEntries(
  revisions: mongoose.mongo.Collection<Revision>,
  documents: StoredDocument[],
): Promise<Map<string, ChangeEntry[]>> {
  const marked = documents.filter(({ rearm }) => rearm !== undefined);
  if (marked.length === 0) return new Map();
  const ids = marked.flatMap(({ _id, v }) =>
    Array.from({ length: Math.min(v, ENTRIES_MAX) }, (_, back) => `${_id}:${v - back}`),
  );
  const projection = { patch: 0, nulls: 0, state: 0 } as const;
  const rows = await revisions.find({ _id: { $in: ids } }, { projection, maxTimeMS: STATEMENT_MS }).toArray();
  const byDocument = Map.groupBy(rows, ({ _id }) => _id.slice(0, _id.lastIndexOf(':')));
  return new Map(
    marked.map(({ _id, rearm, pending }) => {
      const waiting = new Set(pending.map(({ v }) => v));
      const entries = (byDocument.get(_id) ?? [])
        .filter(({ at, v }) => at >= (rearm?.since ?? '') && !waiting.has(v))
        .toSorted((a, b) => a.v - b.v)
        .map(({ v, type, at, actor, fields }) => ({ v, type, at, actor, fields }));
      return [_id, entries];
    }),
  );
}
