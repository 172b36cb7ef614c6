import {
  DiscardPolicy,
  NatsError,
  nanos,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
  type StreamInfo,
} from 'nats';
import { DEFAULT_NAMESPACE, type Names } from '../contracts/subjects.ts';
import { type Instant, toInstant } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Connection } from './connection.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const MIB = 1024 * 1024;

/**
 * JetStream reserves a stream's `max_bytes` on disk when the stream is made. An installation that shares its servers
 * (any namespace but the default) takes less, and where the server has too little left each next smaller size is
 * tried: age, not size, is what usually ends a change. What aged out before search took it, its reconcile finds and mends.
 */
const CHANGES_BYTES = { alone: [2048 * MIB, 512 * MIB, 128 * MIB, 32 * MIB], shared: [128 * MIB, 32 * MIB, 8 * MIB] };
const DEAD_LETTERS_BYTES = { alone: [256 * MIB, 64 * MIB, 16 * MIB], shared: [32 * MIB, 8 * MIB, 4 * MIB] };

/** A change larger than this travels by reference. */
const MESSAGE_MAX_BYTES = 900 * 1024;

/** Numbers of JetStream's API errors. Source: nats-server `errors.json`. */
export const STREAM_NOT_FOUND = 10059;
export const CONSUMER_NOT_FOUND = 10014;
const STREAM_EXISTS_DIFFERENTLY = 10058;
const NO_STORAGE_LEFT = 10047;

type Wanted = Partial<StreamConfig> & { name: string };
export type StreamState = { firstSequence: number; lastSequence: number; createdAt: Instant };

/** The number of JetStream's API error behind a failure, if it is one. */
export function apiErrorOf(error: unknown): number | undefined {
  return error instanceof NatsError ? error.api_error?.err_code : undefined;
}

/**
 * Creates CHANGES and DEAD_LETTERS, or brings what exists to the wanted settings; safe when several services do it at
 * once. Its size and its number of replicas are left as found: they belong to whoever runs the servers.
 * Throws UNAVAILABLE: `bus.stream-mismatch` when a setting differs that cannot be changed, `bus.stream-not-made`.
 */
export async function ensureStreams(connection: Connection): Promise<void> {
  try {
    await ensureBoth(connection);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const message = `The streams could not be made: ${(cause as Error).message}.`;
    throw AppError.unavailable('bus.stream-not-made', message, { cause });
  }
}

async function ensureBoth(connection: Connection): Promise<void> {
  const { names } = connection;
  const size = names.namespace === DEFAULT_NAMESPACE ? 'alone' : 'shared';
  const common = {
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.Old,
    // Named although they are the server's own: to discard old messages under a bound that refused new ones would throw them away.
    max_msgs: -1,
    max_msgs_per_subject: -1,
    allow_direct: true,
    duplicate_window: nanos(2 * 60 * 1000),
  };
  await ensureStream(connection, CHANGES_BYTES[size], {
    ...common,
    name: names.changesStream,
    subjects: [names.allChanges],
    max_age: nanos(7 * DAY_MS),
    max_msg_size: MESSAGE_MAX_BYTES,
  });
  await ensureStream(connection, DEAD_LETTERS_BYTES[size], {
    ...common,
    name: names.deadLettersStream,
    subjects: [names.allDeadLetters],
    max_age: nanos(30 * DAY_MS),
  });
}

/** Makes one stream of the first size for which there is room, or brings it to the wanted settings. */
export async function ensureStream(connection: Connection, sizes: number[], wanted: Wanted): Promise<void> {
  const { jsm, log } = connection;
  const found = await infoOf(connection, wanted.name);
  if (!found) return create(connection, sizes, wanted);
  const fixed = (['storage', 'retention'] as const).filter((key) => found.config[key] !== wanted[key]);
  if (fixed.length > 0) {
    const rows = fixed.map((key) => `${key} is ${found.config[key]}, expected ${wanted[key]}`).join('; ');
    throw AppError.unavailable(
      'bus.stream-mismatch',
      `The stream ${wanted.name} was made with other settings: ${rows}. Delete it; it is filled again.`,
    );
  }
  // Whoever runs the server may have given the stream another size; shrinking it here would throw changes away.
  const maxBytes = found.config.max_bytes > 0 ? found.config.max_bytes : Math.max(sizes[0] ?? 0, found.state.bytes);
  const target = { ...wanted, max_bytes: maxBytes };
  const different = (Object.keys(target) as (keyof Wanted)[]).filter((key) => !isSame(found.config[key], target[key]));
  if (different.length === 0) return;
  await jsm.streams.update(wanted.name, { ...found.config, ...target });
  log.warn({ stream: wanted.name, settings: different }, 'brought a stream to the wanted settings');
}

async function create(connection: Connection, sizes: number[], wanted: Wanted): Promise<void> {
  const { jsm, log } = connection;
  for (const [index, maxBytes] of sizes.entries()) {
    try {
      await jsm.streams.add({ ...wanted, max_bytes: maxBytes });
      log.info({ stream: wanted.name, maxBytes }, 'made a stream');
      return;
    } catch (error) {
      if (apiErrorOf(error) === STREAM_EXISTS_DIFFERENTLY) return ensureStream(connection, sizes, wanted); // another service was first
      if (apiErrorOf(error) !== NO_STORAGE_LEFT || index === sizes.length - 1) throw error;
      log.warn({ stream: wanted.name, maxBytes }, 'the server has too little storage left; trying a smaller stream');
    }
  }
}

function isSame(found: unknown, wanted: unknown): boolean {
  return JSON.stringify(found) === JSON.stringify(wanted);
}

/** What the server says of a stream, or undefined when there is none. */
async function infoOf({ jsm }: Connection, name: string): Promise<StreamInfo | undefined> {
  try {
    return await jsm.streams.info(name);
  } catch (error) {
    if (apiErrorOf(error) === STREAM_NOT_FOUND) return undefined;
    throw error;
  }
}

/** The identity of CHANGES (when it was made) and how far it reaches. Throws UNAVAILABLE `bus.stream-missing`. */
export async function streamInfo(connection: Connection): Promise<StreamState> {
  const { changesStream } = connection.names;
  await connection.requireUp();
  const info = await infoOf(connection, changesStream).catch((error: unknown) => {
    throw AppError.unavailable('bus.no-jetstream', 'JetStream did not answer.', { cause: error });
  });
  if (!info) throw AppError.unavailable('bus.stream-missing', `The stream ${changesStream} is missing.`);
  const { first_seq: firstSequence, last_seq: lastSequence } = info.state;
  return { firstSequence, lastSequence, createdAt: toInstant(Date.parse(info.created)) };
}

/** Deletes every stream of a namespace with its consumers; for tests, so never those of the default namespace. */
export async function deleteStreams(
  { jsm }: Connection,
  { namespace, changesStream, leasesBucket, importsBucket }: Names,
): Promise<void> {
  if (namespace === DEFAULT_NAMESPACE) throw new Error('The streams of the default namespace are not for tests.');
  const prefix = changesStream.replace(/CHANGES$/, '');
  for await (const name of jsm.streams.names()) {
    if (!name.startsWith(prefix) && ![`KV_${leasesBucket}`, `OBJ_${importsBucket}`].includes(name)) continue;
    await jsm.streams.delete(name).catch((error: unknown) => {
      if (apiErrorOf(error) !== STREAM_NOT_FOUND) throw error;
    });
  }
}
