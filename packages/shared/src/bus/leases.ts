import { type KV, type NatsError, StorageType } from 'nats';
import { AppError } from '../kernel/errors.ts';
import { pause } from '../kernel/retry.ts';
import type { Connection } from './connection.ts';
import { apiErrorOf } from './streams.ts';

/** The server forgets a lease that was not renewed this long: its holder was killed, stopped or cut off. */
const LEASE_MS = 6_000;
const RENEW_MS = 1_500;
/** A holder that could not renew gives up this long before the server forgets. */
const SAFETY_MS = 1_000;
/** JetStream's API error for a write that expected another revision: somebody else holds the lease. */
const WRONG_REVISION = 10071;

/** A piece of work that one of several replicas does. */
export type Lease = {
  /** Aborts when the lease is lost or given back: whoever held it must stop. */
  signal: AbortSignal;
  /** What everybody can read of the work, within a renewal. */
  say(note: string): void;
  /** Gives it back; others may take it at once. */
  release(): Promise<void>;
};

/** Leases by name (letters, digits, dashes), kept by the server and not by anybody's clock. */
export type Leases = {
  /** Undefined when another holds it. Throws UNAVAILABLE `bus.no-leases`. */
  take(name: string, note: string): Promise<Lease | undefined>;
  /** What the holder says of its work; undefined when nobody holds it. Throws as `take`. */
  noteOf(name: string): Promise<string | undefined>;
};

/** Leases in a bucket whose entries the server removes when they are not renewed in time. */
export function createLeases(connection: Connection): Leases {
  let opening: Promise<KV> | undefined;

  function open(): Promise<KV> {
    opening ??= connection.js.views
      .kv(connection.names.leasesBucket, { ttl: LEASE_MS, history: 1, storage: StorageType.Memory })
      .catch((error: unknown) => {
        opening = undefined;
        throw error;
      });
    return opening;
  }

  async function ask<T>(work: (bucket: KV) => Promise<T>): Promise<T> {
    await connection.requireUp();
    try {
      return await work(await open());
    } catch (cause) {
      opening = undefined; // the bucket may be gone: it is looked for, or made, again
      throw AppError.unavailable('bus.no-leases', 'The leases could not be asked.', { cause });
    }
  }

  return {
    take: (name, note) =>
      ask(async (bucket) => {
        const startedMs = performance.now();
        try {
          return hold(connection, { bucket, name, note, revision: await bucket.create(name, note), startedMs });
        } catch (error) {
          if (isTaken(error)) return undefined;
          throw error;
        }
      }),
    noteOf: (name) =>
      ask(async (bucket) => {
        const entry = await bucket.get(name);
        return entry?.operation === 'PUT' ? entry.string() : undefined;
      }),
  };
}

type Held = { bucket: KV; name: string; note: string; revision: number; startedMs: number };

function hold({ log }: Connection, { bucket, name, note: first, revision: made, startedMs }: Held): Lease {
  const ending = new AbortController();
  let [note, revision] = [first, made];
  let expiry: NodeJS.Timeout | undefined;

  function lose(reason: string): void {
    if (ending.signal.aborted) return;
    log.warn({ lease: name, reason }, 'lost a lease');
    ending.abort();
  }

  /** The holder counts from when it asked, the server from when it heard: the holder gives up first. */
  function expireAfter(askedMs: number): void {
    clearTimeout(expiry);
    const leftMs = askedMs + LEASE_MS - SAFETY_MS - performance.now();
    expiry = setTimeout(() => lose('it could not be renewed in time'), Math.max(0, leftMs));
  }

  async function keep(): Promise<void> {
    expireAfter(startedMs);
    for (;;) {
      await pause(RENEW_MS, ending.signal);
      if (ending.signal.aborted) break;
      const askedMs = performance.now();
      try {
        revision = await bucket.update(name, note, revision);
        expireAfter(askedMs);
      } catch (error) {
        if (isTaken(error)) lose('another holds it');
      }
    }
    clearTimeout(expiry);
  }

  const keeping = keep();
  return {
    signal: ending.signal,
    say: (text) => {
      note = text;
    },
    release: async () => {
      ending.abort();
      await keeping;
      await bucket.delete(name, { previousSeq: revision }).catch(() => undefined); // then the server forgets it
    },
  };
}

function isTaken(error: unknown): boolean {
  return apiErrorOf(error) === WRONG_REVISION || (error as NatsError).message?.includes('wrong last sequence') === true;
}
