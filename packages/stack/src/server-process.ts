import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readSync, renameSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { commandLineOf, isProcessAlive, membersOfGroup, startTicksOf } from './process-table.ts';
import type { Env } from './servers.ts';

/** A process that we started as the leader of its own group. `marker` stands in the command line of all that it starts. */
export type OwnProcess = { pid: number; startedAt: number; marker: string };

export type LaunchSpec = {
  command: string;
  args: string[];
  env: Env;
  cwd: string;
  /** File that takes stdout and stderr; the one before is kept as `<log>.1`. */
  log: string;
  marker: string;
  uid?: number;
  gid?: number;
};

export type Launched = { process: OwnProcess; child: ChildProcess; log: string };

/**
 * Starts a server in a session of its own: a Ctrl-C at the terminal reaches only the caller, which then stops its
 * servers in order. Rejects with the system's error when the command cannot be run.
 */
export async function launch(spec: LaunchSpec): Promise<Launched> {
  keepLastLog(spec.log);
  const out = openSync(spec.log, 'w', 0o644);
  try {
    const child = spawn(spec.command, spec.args, {
      cwd: spec.cwd,
      env: spec.env,
      detached: true,
      stdio: ['ignore', out, out],
      ...(spec.uid === undefined ? {} : { uid: spec.uid, gid: spec.gid ?? spec.uid }),
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.unref();
    const pid = child.pid ?? 0;
    return { process: { pid, startedAt: startTicksOf(pid) ?? -1, marker: spec.marker }, child, log: spec.log };
  } finally {
    closeSync(out);
  }
}

function keepLastLog(log: string): void {
  try {
    renameSync(log, `${log}.1`);
  } catch {
    // The first start has no log yet.
  }
}

/** Processes of this server that still run, its children included. Never one that merely got a recycled number. */
export function survivorsOf({ pid, startedAt, marker }: OwnProcess): number[] {
  if (isProcessAlive(pid, startedAt)) return [pid];
  const leader = startTicksOf(pid);
  // A number is not given out again while its group has members: another process there means that the group is gone.
  if (leader !== undefined && leader !== startedAt) return [];
  if (process.platform !== 'linux') return [];
  return membersOfGroup(pid).filter((member) => commandLineOf(member).includes(marker));
}

/** Asks with SIGTERM, waits, then ends the whole group with SIGKILL. Answers whether anything was running. */
export async function stopProcess(own: OwnProcess, deadlineMs: number): Promise<boolean> {
  const asked = survivorsOf(own);
  if (asked.length === 0) return false;
  for (const pid of asked) sendSignal(pid, 'SIGTERM');
  if (await isGoneWithin(own, deadlineMs)) return true;
  sendSignal(-own.pid, 'SIGKILL');
  await isGoneWithin(own, 5_000);
  return true;
}

async function isGoneWithin(own: OwnProcess, deadlineMs: number): Promise<boolean> {
  const until = performance.now() + deadlineMs;
  while (survivorsOf(own).length > 0) {
    if (performance.now() > until) return false;
    await delay(40);
  }
  return true;
}

function sendSignal(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch {
    // Already gone, which is what was wanted.
  }
}

/** The last lines of a log file; none when it cannot be read. Reads at most the last 16 KB. */
export function lastLinesOf(log: string, count = 12): string[] {
  try {
    const file = openSync(log, 'r');
    try {
      const { size } = fstatSync(file);
      const buffer = Buffer.alloc(Math.min(size, 16_384));
      readSync(file, buffer, 0, buffer.length, size - buffer.length);
      return buffer
        .toString('utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
        .slice(-count);
    } finally {
      closeSync(file);
    }
  } catch {
    return [];
  }
}
