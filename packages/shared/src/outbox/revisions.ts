import type mongoose from 'mongoose';
import type { Instant } from '../kernel/index.ts';
import type { JsonRecord } from './difference.ts';
import { fieldsOf, type StoredDocument, stateOf } from './envelope.ts';

/** A stored past version: how it came from the one before, or the state as a whole; of a personal document neither. */
export type Revision = {
  /** `<id>:<v>`. */
  _id: string;
  v: number;
  type: string;
  at: Instant;
  actor: string;
  fields: string[];
  patch?: JsonRecord;
  nulls?: string[];
  state?: JsonRecord;
};
type Revisions = mongoose.mongo.Collection<Revision>;

/** Between two whole states lie at most this many versions, and those that were published together with the second. */
export const SNAPSHOT_EVERY = 50;
/** The newest that callers see. Older ones are removed; a few more stay, so that a whole state lies before the oldest seen. */
export const REVISIONS_KEPT = 1_000;
const STATEMENT_MS = 10_000;
const DUPLICATE_KEY = 11000;

/**
 * The revisions of a document's pending entries. Version 1 is stored whole; the newest is, too, when its entries pass a
 * multiple of 50 (the states between are known only as patches).
 */
export function buildRevisions(document: StoredDocument, bodyNames: readonly string[]): Revision[] {
  const { _id: id, v: current, pending } = document;
  const firstV = pending[0]?.v ?? current;
  const isSnapshotDue = Math.floor(current / SNAPSHOT_EVERY) > Math.floor((firstV - 1) / SNAPSHOT_EVERY);
  return pending.map((entry) => {
    const { v, type, at, actor, patch, nulls } = entry;
    const about = { _id: `${id}:${v}`, v, type, at, actor, fields: fieldsOf(entry) };
    if (!patch) return about;
    if (v === 1) return { ...about, state: patch };
    const difference = { patch, ...(nulls ? { nulls } : {}) };
    return v === current && isSnapshotDue
      ? { ...about, ...difference, state: stateOf(document, bodyNames) }
      : { ...about, ...difference };
  });
}

/** Stores revisions; those that are there already (a repeat, another replica) are passed over. */
export async function storeRevisions(revisions: Revisions, rows: Revision[]): Promise<void> {
  if (rows.length === 0) return;
  try {
    await revisions.insertMany(rows, { ordered: false, maxTimeMS: STATEMENT_MS });
  } catch (error) {
    if (!isDuplicatesOnly(error)) throw error;
  }
  const outdated = rows.flatMap(buildOutdated);
  if (outdated.length > 0) await revisions.deleteMany({ _id: { $in: outdated } }, { maxTimeMS: STATEMENT_MS });
}

/** At each multiple of 50 the ids of 50 revisions that lie further back than what is kept. */
function buildOutdated({ _id, v }: Revision): string[] {
  if (v % SNAPSHOT_EVERY !== 0) return [];
  const id = _id.slice(0, _id.lastIndexOf(':'));
  const end = v - REVISIONS_KEPT - 2 * SNAPSHOT_EVERY;
  return Array.from({ length: SNAPSHOT_EVERY }, (_, step) => end - step)
    .filter((old) => old >= 1)
    .map((old) => `${id}:${old}`);
}

function isDuplicatesOnly(error: unknown): boolean {
  const { writeErrors, code, result } = error as {
    writeErrors?: unknown;
    code?: unknown;
    result?: { getWriteConcernError?(): unknown };
  };
  if (result?.getWriteConcernError?.()) return false;
  if (!Array.isArray(writeErrors)) return code === DUPLICATE_KEY;
  return writeErrors.length > 0 && writeErrors.every((one: { code?: unknown }) => one.code === DUPLICATE_KEY);
}
