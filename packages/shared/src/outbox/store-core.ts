import type mongoose from 'mongoose';
import type { Kind, Service } from '../contracts/index.ts';
import { AppError, type Clock, type Context, type Instant, remainingMs, requireTime } from '../kernel/index.ts';
import type { JsonRecord } from './difference.ts';
import type { DatabaseGuard } from './driver-errors.ts';
import type { Envelope, StoredDocument } from './envelope.ts';
import type { Relay } from './relay.ts';

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
  bodyNames: readonly string[];
  keysOf: (state: T) => string[];
  isVisible: (state: T) => boolean;
};

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

/** What a repeat of the same request finds, if the document still remembers its key. */
export function remembers(document: Pick<Envelope, 'requests'>, requestKey: string | undefined): boolean {
  return requestKey !== undefined && document.requests.some(({ key }) => key === requestKey);
}
