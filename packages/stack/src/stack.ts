import {
  type BringUp,
  type BroughtUp,
  bringUp,
  changeState,
  endStarted,
  type Fresh,
  foldersOf,
  startAll,
  withServerLocks,
} from './bring-up.ts';
import { readableTail, stopDeadlineMs } from './embedded/start.ts';
import { createGuard } from './guard.ts';
import { readLivingState, serverOf } from './join.ts';
import { isProcessAlive, startTicksOf } from './process-table.ts';
import { stopProcess } from './server-process.ts';
import { type ExitDetail, type RunningServer, type ServerName, type Servers, serverNames } from './servers.ts';
import { StackError } from './stack-error.ts';
import type { StackOptions } from './stack-options.ts';
import type { Owner, StateEntry } from './state-file.ts';

const joinedPollMs = 500;

export type Stack = {
  servers: Servers;
  /** False when nothing was started here: then stop() leaves everything running. */
  isOurs: boolean;
  /** Starts a died server again on the same data and, where it is still free, the same port. */
  restart(name: ServerName): Promise<RunningServer>;
  /** Stops what was started here: asked in reverse order with SIGTERM, killed after a deadline. May be called twice. */
  stop(): Promise<void>;
};

/**
 * Finds or starts MongoDB, NATS and Elasticsearch, each on its own: given by URL, already up in this clone, in a
 * container, or embedded. What is started here ends with this process, however it ends. Rejects with a StackError of one clear sentence, and then
 * nothing that was started is left running.
 */
export async function openStack(options: StackOptions): Promise<Stack> {
  const folders = foldersOf(options);
  const guard = createGuard();
  const owner: Owner = { pid: process.pid, startedAt: startTicksOf(process.pid) ?? 0 };
  const closing = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, closing.signal]) : closing.signal;
  try {
    const broughtUp = await bringUp({ ...options, signal }, { folders, guard, owner });
    return superviseStack({ ...options, signal: closing.signal }, { folders, guard, owner }, { broughtUp, closing });
  } catch (error) {
    guard.release();
    throw error;
  }
}

function superviseStack(
  options: StackOptions,
  base: BringUp,
  { broughtUp, closing }: { broughtUp: BroughtUp; closing: AbortController },
): Stack {
  const { servers, fresh, state, contained } = broughtUp;
  const known = new Map<ServerName, StateEntry>();
  const polls = new Set<NodeJS.Timeout>();
  const restarts = new Set<Promise<unknown>>();
  let stopped: Promise<void> | undefined;

  const tell = (name: ServerName, detail: ExitDetail) => {
    if (!closing.signal.aborted) options.onExit?.(name, detail);
  };
  for (const name of serverNames) {
    const entry = state[name];
    if (!entry) continue;
    known.set(name, entry);
    const own = fresh.get(name);
    if (own) watchChild(name, own, tell);
    else polls.add(watchJoined(name, entry, tell));
  }
  if (options.onExit) contained.watch(tell);

  const restartOne = async (name: ServerName): Promise<RunningServer> => {
    if (contained.servers[name]) {
      servers[name] = await withServerLocks([name], options, base.folders, () => contained.restart(name));
      return servers[name];
    }
    const before = known.get(name);
    if (!before) throw new StackError(`${name} was given by URL and is not ours to restart.`, { server: name });
    const { entry, own } = await withServerLocks([name], options, base.folders, () =>
      startAgain(before, options, base),
    );
    known.set(name, entry);
    if (own?.entry.owner) fresh.set(name, own);
    else fresh.delete(name);
    if (own) watchChild(name, own, tell);
    else polls.add(watchJoined(name, entry, tell));
    servers[name] = serverOf(entry);
    return servers[name];
  };

  const stopAll = async () => {
    closing.abort(new StackError('The stack is being stopped.'));
    for (const poll of polls) clearInterval(poll);
    await Promise.allSettled(restarts);
    const mine = serverNames.filter((name) => fresh.has(name)).reverse();
    await Promise.all([
      ...mine.map((name) => endStarted(name, (fresh.get(name) as Fresh).launched, base.guard)),
      contained.stop(),
    ]);
    base.guard.release();
    if (mine.length > 0) await tidyState(base);
  };

  return {
    servers,
    isOurs: fresh.size > 0 || contained.fresh.size > 0,
    restart(name) {
      const restart = restartOne(name);
      restarts.add(restart);
      void restart.catch(() => {}).finally(() => restarts.delete(restart));
      return restart;
    },
    stop: () => (stopped ??= stopAll()),
  };
}

/** Starts one server again under its lock, unless someone else has done so meanwhile; then that one is joined. */
async function startAgain(
  before: StateEntry,
  options: StackOptions,
  base: BringUp,
): Promise<{ entry: StateEntry; own?: Fresh }> {
  const { name } = before;
  const living = (await readLivingState(base.folders.data, [name], () => {}))[name];
  if (living) return { entry: living };
  await stopProcess({ ...before, marker: before.data }, stopDeadlineMs[name]);
  const stays = before.owner === undefined;
  const guard = stays ? createGuard() : base.guard;
  try {
    const own = (await startAll([name], options, { ...base, guard, owner: stays ? undefined : base.owner })).get(
      name,
    ) as Fresh;
    await changeState(options, base.folders, { [name]: own.entry });
    return { entry: own.entry, own };
  } finally {
    if (stays) guard.release();
  }
}

function watchChild(name: ServerName, { launched }: Fresh, tell: (name: ServerName, detail: ExitDetail) => void): void {
  const { child, log } = launched;
  const onExit = (code: number | null, signal: string | null) =>
    tell(name, { code, signal, lastLines: readableTail(log) });
  if (child.exitCode !== null || child.signalCode !== null)
    queueMicrotask(() => onExit(child.exitCode, child.signalCode));
  else child.once('exit', onExit);
}

/** A server that another process started is no child of ours: its end shows only in the process table. */
function watchJoined(
  name: ServerName,
  entry: StateEntry,
  tell: (name: ServerName, detail: ExitDetail) => void,
): NodeJS.Timeout {
  const poll = setInterval(() => {
    if (isProcessAlive(entry.pid, entry.startedAt)) return;
    clearInterval(poll);
    tell(name, { code: null, signal: null, lastLines: readableTail(entry.log) });
  }, joinedPollMs);
  return poll.unref();
}

/** Takes what no longer runs out of the state file. Left undone when that cannot be had soon: the next reader does it. */
async function tidyState({ folders }: BringUp): Promise<void> {
  try {
    await changeState({ report: () => {} }, folders, {});
  } catch {
    // Nothing depends on it.
  }
}
