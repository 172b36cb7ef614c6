import { createHash } from 'node:crypto';
import { DiscardPolicy, headers, JsHeaders, nanos, RetentionPolicy, StorageType } from 'nats';
import { DEFAULT_NAMESPACE } from '../contracts/subjects.ts';
import { AppError } from '../kernel/errors.ts';
import { newSecret } from '../kernel/ids.ts';
import type { Connection } from './connection.ts';
import { apiErrorOf, ensureStream } from './streams.ts';

/** What is known of an upload: its name, its bytes, and their SHA-256 in lowercase hex. */
export type Upload = { name: string; bytes: number; sha256: string };

/** Large files on their way from the gateway to an owner; whatever nobody removes is gone after 7 days. */
export type Uploads = {
  /**
   * Keeps what comes, piece by piece. Throws PAYLOAD_TOO_LARGE `upload.too-large` above `bytesMax`, UNAVAILABLE
   * `uploads.full` and `bus.no-uploads`; nothing is left of what failed.
   */
  put(name: string, source: AsyncIterable<Uint8Array>, limits: { bytesMax: number }): Promise<Upload>;
  /** The bytes from their beginning. Throws GONE `upload.gone`, UNAVAILABLE `bus.no-uploads`. */
  read(name: string): AsyncGenerator<Uint8Array>;
  /** Removes an upload; one that is gone already is no error. Throws UNAVAILABLE `bus.no-uploads`. */
  remove(name: string): Promise<void>;
};

const MIB = 1024 * 1024;
const AGE_MAX_MS = 7 * 24 * 60 * 60 * 1000;
/** An installation that shares its servers takes less, and where there is no room each next smaller size is tried. */
const BUCKET_BYTES = { alone: [2048 * MIB, 512 * MIB, 128 * MIB], shared: [64 * MIB, 16 * MIB, 4 * MIB] };
const CHUNK_BYTES = 128 * 1024;
/** Chunks that are sent and not acknowledged: what an upload holds of memory here. */
const WINDOW = 8;
/** JetStream's API error for a stream that has no room left. */
const STREAM_FULL = 10077;
/** The same for a message that is not there. */
const MESSAGE_NOT_FOUND = 10037;

type Meta = {
  name: string;
  bucket: string;
  nuid: string;
  size: number;
  chunks: number;
  digest: string;
  deleted?: boolean;
};

/**
 * A bucket of JetStream's object store (ADR-20 of NATS): chunks under one subject and what is known of them under another.
 * Chunks are written in a window and read one by one, which the client's own functions do not: they hold what the other
 * side has not taken yet. `nats object ls` shows the bucket all the same.
 */
export function createUploads(connection: Connection): Uploads {
  const objects = createObjects(connection);
  let opening: Promise<void> | undefined;

  async function open(): Promise<void> {
    opening ??= ensureBucket(connection);
    await opening.catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
  }

  /** The bucket may have been deleted since: then it is made again with the next use. */
  async function ask<T>(work: () => Promise<T>): Promise<T> {
    await connection.requireUp();
    try {
      await open();
      return await work();
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      if (apiErrorOf(cause) === STREAM_FULL)
        throw AppError.unavailable('uploads.full', 'There is no room for another upload; try later.', { cause });
      opening = undefined;
      throw AppError.unavailable('bus.no-uploads', 'Uploads cannot be kept or read at the moment.', { cause });
    }
  }

  return {
    put: (name, source, limits) => ask(() => objects.put(name, source, limits)),
    async *read(name) {
      const meta = await ask(() => objects.find(name));
      if (!meta) throw gone();
      let seq = 1;
      for (let chunk = 0; chunk < meta.chunks; chunk += 1) {
        const found = await ask(() => objects.next(meta, seq));
        seq = found.seq + 1;
        yield found.data;
      }
    },
    remove: (name) => ask(() => objects.remove(name)),
  };
}

/** The bucket as it is, without care for whether it is there. */
function createObjects({ js, jsm, names: { importsBucket: bucket } }: Connection) {
  const stream = streamOf(bucket);
  const chunksOf = (nuid: string) => `$O.${bucket}.C.${nuid}`;
  const metaOf = (name: string) =>
    `$O.${bucket}.M.${Buffer.from(name).toString('base64').replaceAll('+', '-').replaceAll('/', '_')}`;

  async function sendAll(nuid: string, chunks: AsyncIterable<Uint8Array>): Promise<number> {
    const inFlight = new Set<Promise<unknown>>();
    let count = 0;
    try {
      for await (const chunk of chunks) {
        const sent: Promise<unknown> = js.publish(chunksOf(nuid), chunk).finally(() => inFlight.delete(sent));
        sent.catch(() => undefined); // whoever waits for the window meets it
        inFlight.add(sent);
        count += 1;
        if (inFlight.size >= WINDOW) await Promise.race(inFlight);
      }
      await Promise.all(inFlight);
      return count;
    } finally {
      await Promise.allSettled(inFlight); // what fails is purged when nothing more of it can come
    }
  }

  async function putMeta(meta: Meta): Promise<void> {
    const found = headers();
    found.set(JsHeaders.RollupHdr, JsHeaders.RollupValueSubject);
    await js.publish(metaOf(meta.name), JSON.stringify(meta), { headers: found });
  }

  const purge = async (nuid: string) => {
    await jsm.streams.purge(stream, { filter: chunksOf(nuid) });
  };

  async function find(name: string): Promise<Meta | undefined> {
    const found = await orAbsent(jsm.streams.getMessage(stream, { last_by_subj: metaOf(name) }));
    const meta = found?.json<Meta>();
    return meta?.deleted ? undefined : meta;
  }

  return {
    find,
    next: async ({ nuid }: Meta, seq: number) => {
      const query = { next_by_subj: chunksOf(nuid), seq }; // the client's type knows one of them, the server takes both
      const found = await orAbsent(jsm.streams.getMessage(stream, query));
      if (!found) throw gone();
      return found;
    },
    put: async (name: string, source: AsyncIterable<Uint8Array>, { bytesMax }: { bytesMax: number }) => {
      const nuid = newSecret(16);
      const measured = createMeasured(source, bytesMax);
      try {
        const chunks = await sendAll(nuid, inChunks(measured.pieces()));
        const { bytes, digest } = measured.outcome();
        const shown = `SHA-256=${digest.toString('base64url')}=`;
        await putMeta({ bucket, name, nuid, size: bytes, chunks, digest: shown });
        return { name, bytes, sha256: digest.toString('hex') };
      } catch (error) {
        await purge(nuid).catch(() => undefined); // it is gone in 7 days
        throw error;
      }
    },
    remove: async (name: string) => {
      const meta = await find(name);
      if (!meta) return;
      await putMeta({ ...meta, size: 0, chunks: 0, digest: '', deleted: true });
      await purge(meta.nuid);
    },
  };
}

const streamOf = (bucket: string) => `OBJ_${bucket}`;

async function orAbsent<T>(asking: Promise<T>): Promise<T | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (apiErrorOf(error) === MESSAGE_NOT_FOUND) return undefined;
    throw error;
  }
}

/** The pieces of an upload, counted on their way. */
function createMeasured(source: AsyncIterable<Uint8Array>, bytesMax: number) {
  const hash = createHash('sha256');
  let bytes = 0;
  async function* pieces(): AsyncGenerator<Uint8Array> {
    const coming = source[Symbol.asyncIterator]();
    try {
      for (let next = await nextPiece(coming); !next.done; next = await nextPiece(coming)) {
        bytes += next.value.byteLength;
        if (bytes > bytesMax) throw tooLarge(bytesMax);
        hash.update(next.value);
        yield next.value;
      }
    } finally {
      await coming.return?.();
    }
  }
  return { pieces, outcome: () => ({ bytes, digest: hash.digest() }) };
}

async function nextPiece(coming: AsyncIterator<Uint8Array>): Promise<IteratorResult<Uint8Array>> {
  try {
    return await coming.next();
  } catch (cause) {
    throw new AppError('VALIDATION_FAILED', 'upload.broken-off', 'The upload ended before all of it was there.', {
      cause,
    });
  }
}

async function ensureBucket(connection: Connection): Promise<void> {
  const { namespace, importsBucket: bucket } = connection.names;
  await ensureStream(connection, BUCKET_BYTES[namespace === DEFAULT_NAMESPACE ? 'alone' : 'shared'], {
    name: streamOf(bucket),
    subjects: [`$O.${bucket}.C.>`, `$O.${bucket}.M.>`],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.New, // to throw away a part of another upload would leave it in pieces
    allow_rollup_hdrs: true,
    allow_direct: true,
    max_age: nanos(AGE_MAX_MS),
  });
}

/** The same bytes in pieces of one size, the last one smaller. */
async function* inChunks(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const piece of source) {
    waiting.push(piece);
    size += piece.byteLength;
    if (size < CHUNK_BYTES) continue;
    const whole = Buffer.concat(waiting);
    let from = 0;
    for (; whole.length - from >= CHUNK_BYTES; from += CHUNK_BYTES) yield whole.subarray(from, from + CHUNK_BYTES);
    waiting = [whole.subarray(from)];
    size = whole.length - from;
  }
  if (size > 0) yield Buffer.concat(waiting);
}

function gone(): AppError {
  return new AppError('GONE', 'upload.gone', 'The upload is not kept any more; send it again.');
}

function tooLarge(bytesMax: number): AppError {
  const message = `An upload may have ${bytesMax} bytes at most.`;
  const fault = { pointer: '', message: 'is too large', expected: `at most ${bytesMax} bytes` };
  return new AppError('PAYLOAD_TOO_LARGE', 'upload.too-large', message, { details: { errors: [fault] } });
}
