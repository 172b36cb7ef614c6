import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RunningServer, ServerName } from '@ortoo/stack';
import { CliError, errnoOf, messageOf } from '../cli-error.ts';

/** A process that can be told from a later one with the same number: `startedAt` is in clock ticks since boot. */
type ProcessMark = { pid: number; startedAt: number };

export type RunningService = ProcessMark & { opsUrl: string };

/** What `ortoo start` runs, as it stands in `run.json`. A service that is just being started again is missing. */
export type RunFile = {
  format: 1;
  state: 'starting' | 'ready' | 'stopping';
  supervisor: ProcessMark;
  url: string;
  services: Record<string, RunningService>;
  servers: Partial<Record<ServerName, RunningServer>>;
};

type IsAlive = (pid: number, startedAt: number) => boolean;

/** Reads what `ortoo start` wrote; undefined for a file of another version or one that is not ours. Pure. */
export function parseRunFile(text: string): RunFile | undefined {
  try {
    const file = JSON.parse(text) as Partial<RunFile> | null;
    if (file?.format !== 1 || typeof file.url !== 'string' || !isMark(file.supervisor)) return undefined;
    if (typeof file.services !== 'object' || typeof file.servers !== 'object') return undefined;
    return Object.values(file.services).every(isMark) ? (file as RunFile) : undefined;
  } catch {
    return undefined;
  }
}

function isMark(mark: unknown): mark is ProcessMark {
  if (typeof mark !== 'object' || mark === null) return false;
  const { pid, startedAt } = mark as Partial<ProcessMark>;
  return Number.isInteger(pid) && typeof startedAt === 'number';
}

/** What runs now, by the file; undefined when nothing does, or when the supervisor that wrote it is gone. */
export function readRun(path: string, isAlive: IsAlive): RunFile | undefined {
  const file = readAny(path);
  return file && isAlive(file.supervisor.pid, file.supervisor.startedAt) ? file : undefined;
}

function readAny(path: string): RunFile | undefined {
  try {
    return parseRunFile(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

export type RunClaim = {
  /** What a supervisor that did not end in order left behind. */
  leftBehind: RunningService[];
  update(file: RunFile): void;
  release(): void;
};

/**
 * Makes this process the one supervisor of the clone. Throws a CliError with the URL when there is one already; a file
 * whose supervisor is gone is taken over.
 */
export function claimRun(path: string, file: RunFile, isAlive: IsAlive): RunClaim {
  let leftBehind: RunningService[] = [];
  mkdirForState(path);
  while (!tryClaim(path, file)) {
    const found = readAny(path);
    if (found && isAlive(found.supervisor.pid, found.supervisor.startedAt)) {
      throw new CliError(
        `Ortoo already runs from this folder: ${found.url} (process ${found.supervisor.pid}).`,
        'npx ortoo status',
      );
    }
    leftBehind = Object.values(found?.services ?? {}).filter(({ pid, startedAt }) => isAlive(pid, startedAt));
    moveAway(path);
  }
  return {
    leftBehind,
    update: (next) => writeState(path, next),
    release: () => rmSync(path, { force: true }),
  };
}

/** A link is made whole or not at all: of two that start at once only one gets it. */
function tryClaim(path: string, file: RunFile): boolean {
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, print(file), { mode: 0o600 });
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw new CliError(`${path} cannot be written: ${messageOf(error)}`);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Renaming is atomic: of two that find the same stale file only one moves it. */
function moveAway(path: string): void {
  const moved = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, moved);
    rmSync(moved, { force: true });
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
}

function mkdirForState(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw new CliError(`${dirname(path)} cannot be made: ${messageOf(error)}`);
  }
}

/** Replaces a state file in one step, readable by its owner only. */
export function writeState(path: string, state: unknown): void {
  writeFileSync(`${path}.new`, print(state), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

function print(state: unknown): string {
  return `${JSON.stringify(state, null, 2)}\n`;
}
