import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { cannotWrite } from './folders.ts';
import { bootId, isProcessAlive, startTicksOf } from './process-table.ts';
import type { Report } from './servers.ts';
import { errnoOf, StackError } from './stack-error.ts';

type Holder = { pid: number; startedAt: number; bootId: string };

export type LockOptions = {
  /** What the holder does, for the line shown while waiting: "another start of this clone". */
  what: string;
  report: Report;
  signal?: AbortSignal | undefined;
  waitMs: number;
};

let attempts = 0;

/** Runs `work` while holding the lock file. A lock whose holder no longer runs is taken over, with a line saying so. */
export async function withLock<T>(path: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  await acquire(path, options);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

async function acquire(path: string, { what, report, signal, waitMs }: LockOptions): Promise<void> {
  const until = performance.now() + waitMs;
  let isWaitingSaid = false;
  while (!tryLink(path)) {
    signal?.throwIfAborted();
    const holder = readHolder(path);
    if (holder && !isHolderAlive(holder)) {
      if (removeStale(path, holder))
        report(`Removed the lock of process ${holder.pid}, which no longer runs (${path}).`);
      continue;
    }
    if (holder && !isWaitingSaid) {
      isWaitingSaid = true;
      report(`Waiting for ${what} (process ${holder.pid}).`);
    }
    if (performance.now() > until) {
      throw new StackError(`Waited ${Math.round(waitMs / 1000)} s for ${what} (process ${holder?.pid ?? 'unknown'}).`, {
        hint: `If that process is not at work any more, end it or remove ${path}.`,
      });
    }
    await delay(100, undefined, signal ? { signal } : {});
  }
}

/** A link is made whole or not at all, so that no reader ever sees a lock without its holder. */
function tryLink(path: string): boolean {
  const holder: Holder = { pid: process.pid, startedAt: startTicksOf(process.pid) ?? 0, bootId: bootId() };
  const draft = `${path}.${process.pid}.${++attempts}`;
  try {
    writeFileSync(draft, JSON.stringify(holder));
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw cannotWrite(path, error);
  } finally {
    rmSync(draft, { force: true });
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch (error) {
    // Gone meanwhile, or a file that is not ours to understand: that one counts as held by nobody.
    return errnoOf(error) === 'ENOENT' ? undefined : { pid: 0, startedAt: -1, bootId: 'unknown' };
  }
}

function isHolderAlive(holder: Holder): boolean {
  return holder.bootId === bootId() && isProcessAlive(holder.pid, holder.startedAt);
}

/** Two who find the same stale lock must not remove each other's new one: it is moved away, looked at, and put back if it is not the one. */
function removeStale(path: string, expected: Holder): boolean {
  const moved = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, moved);
  } catch {
    return false;
  }
  const found = readHolder(moved);
  const isExpected = found?.pid === expected.pid && found.startedAt === expected.startedAt;
  if (!isExpected) {
    try {
      linkSync(moved, path);
    } catch {
      // Someone else holds it by now; the moved one's holder finds that out when it reads the state.
    }
  }
  rmSync(moved, { force: true });
  return isExpected;
}
