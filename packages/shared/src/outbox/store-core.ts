import type mongoose from 'mongoose';
import type { Kind, Service } from '../contracts/index.ts';
import { AppError, type Clock, type Context, type Instant, remainingMs, requireTime } from '../kernel/index.ts';
import type { JsonRecord } from './difference.ts';
import type { DatabaseGuard } from './driver-errors.ts';
import type { Envelope, StoredDocument } from './envelope.ts';
import type { Relay } from './relay.ts';
import type { Revision } from './revisions.ts';

/** What the parts of one store share. */
export type StoreCore<T> = {
  kind: Kind;
  service: Service;
  clock: Clock;
  relay: Relay;
  guard: DatabaseGuard;
  /** Casts and checks the filters of callers; fixed statements go to `documents`. */
  model: mongoose.Model<StoredDocument>;
  documents(): mongoose.mongo.Collection<StoredDocument>;
  revisions(): mongoose.mongo.Collection<Revision>;
  bodyNames: readonly string[];
  /** Members that callers set, which a refused change is compared by. */
  settableNames: readonly string[];
  /** Values stand in the documents alone; see `VersionedStoreOptions`. */
  isPersonal: boolean;
  keysOf: (state: T) => string[];
  isVisible: (state: T) => boolean;
  /** Whether an id may be used again after its document was deleted. */
  isIdReusable: boolean;
};

export type CreateOptions<T> = { id: string; state: T; type?: string; requestKey?: string | undefined };

/** No statement may work longer than this, however much time the caller has. */
const STATEMENT_MAX_MS = 10_000;

/** What no reader of a state needs. */
export const READ_PROJECTION = { pending: 0, requests: 0, keys: 0 };

/** The time that one statement may take. Throws TIMEOUT when the caller has stopped waiting. */
export function statementMs(ctx: Context, clock: Clock): number {
  requireTime(ctx, clock);
  return Math.max(1, Math.min(STATEMENT_MAX_MS, Math.floor(remainingMs(ctx, clock))));
}

export function notFound(kind: Kind, id: string): AppError {
  return AppError.notFound(`${kind}.not-found`, `There is no ${kind} ${id}.`);
}

/** Times of one document never run backwards, even when the clock of a replica does. */
export function changeInstant(clock: Clock, last?: Instant): Instant {
  const now = clock.now();
  return last !== undefined && last > now ? last : now;
}

/** The keys to store: each once; absent rather than empty, since the unique index is sparse. */
export function storedKeys<T>(core: StoreCore<T>, state: JsonRecord): string[] | undefined {
  const keys = [...new Set(core.keysOf(state as T))];
  return keys.length > 0 ? keys : undefined;
}

/**
 * Reads a document as no failover can take it back any more; null when nothing matches. What a plain read finds may
 * still be undone, so nothing that was not written just now is answered as done from that alone. An update that changes
 * nothing writes nothing, and is answered when a majority has all that came before it: what a linearizable read does,
 * in 1–10 ms instead of the 100 ms until the journal is next written by itself. Throws TIMEOUT when nobody can say.
 */
export async function readConfirmed<T>(core: StoreCore<T>, ctx: Context, filter: JsonRecord) {
  const maxTimeMS = statementMs(ctx, core.clock);
  const options = { projection: { pending: 0 }, returnDocument: 'after', maxTimeMS } as const;
  return await core.guard.confirm(() =>
    core.documents().findOneAndUpdate(filter as never, [{ $set: { v: '$v' } }], options),
  );
}

/** The document that remembers a request, confirmed. Throws TIMEOUT when nobody can say, or it has just been undone. */
export async function readRepeated<T>(
  core: StoreCore<T>,
  ctx: Context,
  { id, requestKey }: { id: string; requestKey?: string | undefined },
): Promise<StoredDocument> {
  const found = await readConfirmed(core, ctx, { _id: id, 'requests.key': requestKey });
  if (found) return found;
  throw AppError.timeout(`${core.service}.outcome-unknown`, `Whether ${id} was written is not certain yet.`);
}

/** What a repeat of the same request finds, if the document still remembers its key. */
export function remembers(document: Pick<Envelope, 'requests'>, requestKey: string | undefined): boolean {
  return requestKey !== undefined && document.requests.some(({ key }) => key === requestKey);
}
