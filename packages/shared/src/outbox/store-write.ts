import {
  AppError,
  type Context,
  failpoint,
  type Instant,
  jitterMs,
  pause,
  type RetryOptions,
  retry,
} from '../kernel/index.ts';
import type { Difference, JsonRecord } from './difference.ts';
import { duplicateKeyOf, isTooLarge } from './driver-errors.ts';
import { actorName, checkOf, PENDING_MAX, type PendingEntry, REQUESTS_MAX, type StoredDocument } from './envelope.ts';
import { keyTaken } from './key-taken.ts';
import { notFound, type StoreCore, statementMs } from './store-core.ts';

/** What one attempt writes: members to set and to remove, and the entry that says so. */
export type Step = { set: JsonRecord; unset: string[]; entry: PendingEntry };

/** Loads and decides that often when another writer was faster. */
const ATTEMPTS_MAX = 5;
/** How soon a document whose pending changes are full is worth another try. */
const FULL_RETRY_MS = 2_000;
const FULL = 'outbox.document-full';
/**
 * A full document is looked at again, for 2 s in all, before a write is refused: while the stream takes changes the relay
 * makes room in milliseconds, and in tenths of a second where many other documents wait to be published as well.
 */
const FULL_PATIENCE: RetryOptions = {
  attempts: 11,
  firstMs: 10,
  maxMs: 320,
  isTransient: (error) => error instanceof AppError && error.reason === FULL,
};

/**
 * Loads the document and tries until `once` answers something: it answers nothing when
 * another writer was faster.
 */
export async function tryOnCurrent<T, R>(
  core: StoreCore<T>,
  ctx: Context,
  { id }: { id: string },
  once: (current: StoredDocument) => Promise<R | undefined>,
): Promise<R> {
  core.relay.requireRoom();
  for (let tries = 1; tries <= ATTEMPTS_MAX; tries += 1) {
    if (tries > 1) await pause(jitterMs(4 * tries, 0.9));
    const answer = await retry(() => loadAnd(core, ctx, id, once), FULL_PATIENCE);
    if (answer !== undefined) return answer;
  }
  throw AppError.unavailable('outbox.contended', `Others change ${id} at the same time; nothing was written.`, {
    retryAfterMs: 250,
  });
}

async function loadAnd<T, R>(
  core: StoreCore<T>,
  ctx: Context,
  id: string,
  once: (current: StoredDocument) => Promise<R | undefined>,
): Promise<R | undefined> {
  const maxTimeMS = statementMs(ctx, core.clock);
  const current = await core.guard.read(() =>
    core.documents().findOne({ _id: id }, { projection: { 'pending.patch': 0 }, maxTimeMS }),
  );
  if (!current) throw notFound(core.kind, id);
  return await once(current);
}

/** Throws NOT_FOUND or UNAVAILABLE when the document as it is cannot take the write. */
export function requireWritable<T>(core: StoreCore<T>, { _id: id, live, pending }: StoredDocument): void {
  if (!live) throw notFound(core.kind, id);
  if (pending.length >= PENDING_MAX) throw documentFull(id);
}

function documentFull(id: string): AppError {
  return AppError.unavailable(FULL, `Too many changes of ${id} wait to be published.`, {
    retryAfterMs: FULL_RETRY_MS,
  });
}

/** The members of the envelope that every write sets. */
export function nextEnvelope({ _id, v }: StoredDocument, at: Instant, live: boolean): JsonRecord {
  return { changedAt: at, check: checkOf(_id, v + 1, live) };
}

type EntryOptions = { v: number; type: string; at: Instant; difference: Difference; requestKey: string | undefined };

/** What is to be published of a write. Of a personal document only the names of what changed. */
export function buildEntry<T>(
  { isPersonal }: StoreCore<T>,
  ctx: Context,
  { v, type, at, difference, requestKey }: EntryOptions,
): PendingEntry {
  const { patch, nulls } = difference;
  const change = isPersonal ? { fields: Object.keys(patch) } : { patch, ...(nulls.length > 0 ? { nulls } : {}) };
  return {
    v,
    type,
    at,
    actor: actorName(ctx),
    ...change,
    ...(requestKey === undefined ? {} : { request: requestKey }),
  };
}

/** The one write: it happens only on exactly the version that was read, alive as it was, with room for its entry. */
export async function writeStep<T>(
  core: StoreCore<T>,
  ctx: Context,
  { _id, v, live, pending }: StoredDocument,
  { set, unset, entry }: Step,
): Promise<boolean> {
  const maxTimeMS = statementMs(ctx, core.clock);
  const { request: key } = entry;
  const request = key === undefined ? {} : { requests: { $each: [{ key, v: entry.v }], $slice: -REQUESTS_MAX } };
  const filter = { _id, v, live, [`pending.${PENDING_MAX - 1}`]: { $exists: false } };
  const update = {
    $set: set,
    ...(unset.length > 0 ? { $unset: Object.fromEntries(unset.map((name) => [name, ''])) } : {}),
    $inc: { v: 1 },
    $push: { pending: entry, ...request },
    $min: { pendingSince: entry.at },
  };
  failpoint('store.before-commit');
  try {
    const after = await core.guard.write((session) =>
      core.documents().findOneAndUpdate(filter, update as never, {
        session,
        maxTimeMS,
        returnDocument: 'after',
        projection: { 'pending.v': 1 },
      }),
    );
    if (after) failpoint('store.committed-not-answered');
    if (after)
      core.relay.wake(core.kind, _id, { traceparent: ctx.traceparent, isNewlyPending: after.pending.length === 1 });
    return after !== null;
  } catch (error) {
    if (pending.length > 0 && isTooLarge(error)) throw documentFull(_id);
    const duplicate = duplicateKeyOf(error);
    throw duplicate ? await keyTaken(core, ctx, { key: String(duplicate.value), state: set }) : error;
  }
}
