import { join } from 'node:path';
import { composeWay } from './containers/compose-way.ts';
import { bringUpContained, type Contained, noContainers } from './containers/contained.ts';
import { allocatePorts } from './embedded/kept-ports.ts';
import type { StartContext } from './embedded/plan.ts';
import { startEmbedded, stopDeadlineMs } from './embedded/start.ts';
import { type Folders, locateFolders, makeFolder } from './folders.ts';
import { checkGiven, maskUrl } from './given.ts';
import type { Guard } from './guard.ts';
import { joinServer, readLivingState, serverOf } from './join.ts';
import { withLock } from './lock.ts';
import { chooseWays } from './resolve.ts';
import { type Launched, stopProcess } from './server-process.ts';
import { type RunningServer, type ServerName, type Servers, serverNames } from './servers.ts';
import type { StackOptions } from './stack-options.ts';
import { type Owner, readState, type State, type StateEntry, writeState } from './state-file.ts';

/** A cold first start may download for many minutes; whoever comes second waits for it. */
const startWaitMs = 35 * 60_000;

export type BringUp = {
  folders: Folders;
  guard: Guard;
  /** The process with which started servers end; undefined when they are to stay. */
  owner: Owner | undefined;
};

export type Fresh = { entry: StateEntry; launched: Launched };
export type BroughtUp = { servers: Servers; state: State; fresh: Map<ServerName, Fresh>; contained: Contained };

export function foldersOf({ projectDir, env }: StackOptions): Folders {
  return locateFolders(projectDir, env);
}

/** Gets all three servers, each in its own way: checks what was given, joins what is already up, starts the rest. */
export async function bringUp(options: StackOptions, base: BringUp): Promise<BroughtUp> {
  const choices = chooseWays(options.env);
  const given = await Promise.all(
    serverNames.map(async (name) => {
      const choice = choices[name];
      if (choice.way !== 'given') return undefined;
      const server = await checkGiven(name, choice.url);
      options.report(`${name}: given ${server.version} at ${maskUrl(server.url)}`);
      return server;
    }),
  );
  const servers: Partial<Servers> = {};
  for (const server of given) if (server) servers[server.name] = server;
  const wanted = serverNames.filter((name) => !servers[name]);
  if (wanted.length === 0) return { servers: servers as Servers, state: {}, fresh: new Map(), contained: noContainers };
  return withServerLocks(wanted, options, base.folders, async () => {
    const state = options.env.ORTOO_STACK === 'containers' ? {} : await joinEmbedded(wanted, servers, options, base);
    const contained = await openContained(
      wanted.filter((name) => !servers[name]),
      options,
      base,
    );
    Object.assign(servers, contained.servers);
    try {
      const fresh = await startAll(
        wanted.filter((name) => !servers[name]),
        options,
        base,
      );
      for (const [name, { entry }] of fresh) {
        state[name] = entry;
        servers[name] = serverOf(entry);
      }
      await changeState(options, base.folders, state);
      return { servers: servers as Servers, state, fresh, contained };
    } catch (error) {
      await contained.stop();
      throw error;
    }
  });
}

/** Puts the embedded servers that are up into `servers`. */
async function joinEmbedded(
  wanted: readonly ServerName[],
  servers: Partial<Servers>,
  options: StackOptions,
  { folders }: BringUp,
): Promise<State> {
  const state = await readLivingState(folders.data, wanted, options.report);
  const up = wanted.flatMap((name) => state[name] ?? []);
  for (const server of await Promise.all(up.map((entry) => joinServer(entry, options.report))))
    servers[server.name] = server;
  return state;
}

async function openContained(
  names: readonly ServerName[],
  { env, report, signal, containers: way = composeWay }: StackOptions,
  { folders, guard, owner }: BringUp,
): Promise<Contained> {
  if (names.length === 0 || env.ORTOO_STACK === 'embedded') return noContainers;
  const context = { env, report, signal, guard, folders };
  return bringUpContained(names, { way, context, owner, isForced: env.ORTOO_STACK === 'containers' });
}

/**
 * Keeps two starts of one clone apart. A lock for each server, taken in one order: a server that takes long to come up
 * again holds up nobody who only wants another one.
 */
export async function withServerLocks<T>(
  names: readonly ServerName[],
  options: StackOptions,
  folders: Folders,
  work: () => Promise<T>,
): Promise<T> {
  makeFolder(folders.data, 0o700);
  makeFolder(folders.logs, 0o700);
  const [name, ...rest] = serverNames.filter((one) => names.includes(one));
  if (!name) return work();
  const lock = {
    what: 'another start in this clone',
    report: options.report,
    signal: options.signal,
    waitMs: startWaitMs,
  };
  return withLock(join(folders.data, `${name}.lock`), lock, () => withServerLocks(rest, options, folders, work));
}

/** Puts entries into the state file (undefined takes one out), and drops what no longer runs. Held by a lock of its own, briefly. */
export function changeState(
  { report, signal }: Pick<StackOptions, 'report' | 'signal'>,
  { data }: Folders,
  entries: { [name in ServerName]?: StateEntry | undefined },
): Promise<void> {
  return withLock(
    join(data, 'stack.lock'),
    { what: 'a change of the state file', report, signal, waitMs: 10_000 },
    async () => {
      writeState(data, { ...readState(data).state, ...entries });
    },
  );
}

/** Starts servers side by side. When one fails the others are stopped before the error is passed on. */
export async function startAll(
  names: ServerName[],
  options: StackOptions,
  { folders, guard, owner }: BringUp,
): Promise<Map<ServerName, Fresh>> {
  if (names.length === 0) return new Map();
  const failing = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, failing.signal]) : failing.signal;
  const ports = await allocatePorts(folders.data, new Set(names), options.report);
  const context: StartContext = { ...options, signal, folders, guard, ports };
  const fresh = new Map<ServerName, Fresh>();
  const starts = names.map(async (name) => {
    try {
      fresh.set(name, await startOne(name, context, owner));
    } catch (error) {
      failing.abort(error);
      throw error;
    }
  });
  await Promise.allSettled(starts);
  if (!signal.aborted) return fresh;
  await Promise.all([...fresh].map(([name, { launched }]) => endStarted(name, launched, guard)));
  // The first reason is the cause; later failures are its consequences.
  throw options.signal?.aborted ? options.signal.reason : failing.signal.reason;
}

async function startOne(name: ServerName, context: StartContext, owner: Owner | undefined): Promise<Fresh> {
  const { url, version, data, launched } = await startEmbedded(name, context);
  const { pid, startedAt } = launched.process;
  const server: RunningServer = { name, url, version, way: 'embedded', pid, startedAt, data, log: launched.log };
  return { entry: { ...server, pid, startedAt, data, log: launched.log, ...(owner ? { owner } : {}) }, launched };
}

/** Stops a server that this process started. */
export async function endStarted(name: ServerName, launched: Launched, guard: Guard): Promise<void> {
  await stopProcess(launched.process, stopDeadlineMs[name]);
  guard.forget(launched.process);
}
