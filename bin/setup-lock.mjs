import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const pollMs = 250;
const sayEveryMs = 10_000;
/** A lock without content is being written, unless it is older than this. */
const emptyGraceMs = 5_000;

/**
 * Runs `work` while no other process of this clone does, and gives the lock back however it ends.
 * A lock whose process is gone (pid and start time are compared) is taken over.
 *
 * @param {{path: string, say: (line: string) => void, deadlineMs: number}} options
 * @param {() => Promise<T>} work
 * @template T
 */
export async function withLock({ path, say, deadlineMs }, work) {
  const since = performance.now();
  let saidAt = -sayEveryMs;
  mkdirSync(dirname(path), { recursive: true });
  while (!tryLock(path)) {
    const waitedMs = performance.now() - since;
    if (waitedMs > deadlineMs) {
      const message = `Another set-up of this clone did not end in ${Math.round(waitedMs / 1000)} s; see ${path}.`;
      throw Object.assign(new Error(message), { exitCode: 1 });
    }
    if (waitedMs - saidAt >= sayEveryMs) {
      say(`another set-up of this clone is running (pid ${readHolder(path)?.pid ?? '?'}); waiting for it`);
      saidAt = waitedMs;
    }
    await wait(pollMs);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function tryLock(path) {
  try {
    writeFileSync(path, JSON.stringify({ pid: process.pid, startedAt: readStartTicks(process.pid) }), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (!isStale(path)) return false;
  // Renaming is atomic: of two processes that see the same stale lock only one moves it away.
  try {
    renameSync(path, `${path}.stale`);
    rmSync(`${path}.stale`, { force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return false;
}

function isStale(path) {
  const holder = readHolder(path);
  if (holder !== null) return !isAlive(holder);
  try {
    return Date.now() - statSync(path).mtimeMs > emptyGraceMs;
  } catch {
    return false;
  }
}

function readHolder(path) {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8'));
    return Number.isInteger(holder.pid) ? holder : null;
  } catch {
    return null;
  }
}

function isAlive({ pid, startedAt }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  const now = readStartTicks(pid);
  return startedAt === null || now === null || now === startedAt;
}

/** Start time of a process in clock ticks since boot (Linux), so that a recycled pid is not taken for the old one. */
function readStartTicks(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
  } catch {
    return null;
  }
}
