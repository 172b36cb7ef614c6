import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cannotWrite } from './folders.ts';
import { bootId, isProcessAlive } from './process-table.ts';
import { survivorsOf } from './server-process.ts';
import { type RunningServer, type ServerName, serverNames } from './servers.ts';

/** The process with which a server ends; a server without an owner was started to stay. */
export type Owner = { pid: number; startedAt: number };

/** A server that we started, with all that is needed to find exactly that process again. */
export type StateEntry = RunningServer & { pid: number; startedAt: number; data: string; log: string; owner?: Owner };

export type State = { [name in ServerName]?: StateEntry | undefined };

type StateText = { format: 1; bootId: string; servers: State };

const fileOf = (dataDir: string) => join(dataDir, 'stack.json');

/** What the last start of this clone wrote, minus what can no longer be true; `stale` says what was dropped, and why. */
export function readState(dataDir: string): { state: State; stale: string[] } {
  let text: string;
  try {
    text = readFileSync(fileOf(dataDir), 'utf8');
  } catch {
    return { state: {}, stale: [] };
  }
  return sortOutState(text, bootId(), (entry) => survivorsOf({ ...entry, marker: entry.data }).length > 0);
}

/** Pure part of readState: which entries of the file still name a running server. */
export function sortOutState(
  text: string,
  thisBoot: string,
  isRunning: (entry: StateEntry) => boolean,
): { state: State; stale: string[] } {
  let file: Partial<StateText> | null;
  try {
    file = JSON.parse(text) as Partial<StateText> | null;
  } catch {
    return { state: {}, stale: ['The state file could not be read and is written anew.'] };
  }
  if (file?.format !== 1 || typeof file.servers !== 'object') {
    return { state: {}, stale: ['The state file was written by another version and is written anew.'] };
  }
  const state: State = {};
  const stale: string[] = [];
  for (const name of serverNames) {
    const entry = file.servers[name];
    if (!entry) continue;
    if (file.bootId === thisBoot && isRunning(entry)) state[name] = entry;
    else stale.push(`${name}: process ${entry.pid} of the state file no longer runs; its entry is removed.`);
  }
  return { state, stale };
}

/** Replaces the state file in one step; without entries it is removed. */
export function writeState(dataDir: string, servers: State): void {
  const path = fileOf(dataDir);
  try {
    if (Object.values(servers).every((entry) => entry === undefined)) {
      rmSync(path, { force: true });
      return;
    }
    const text: StateText = { format: 1, bootId: bootId(), servers };
    writeFileSync(`${path}.new`, `${JSON.stringify(text, null, 2)}\n`);
    renameSync(`${path}.new`, path);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/** Whether a living process other than this one will take the server with it. */
export function livingOwnerOf(entry: { owner?: Owner }): Owner | undefined {
  return entry.owner && isProcessAlive(entry.owner.pid, entry.owner.startedAt) ? entry.owner : undefined;
}

/** Whether nobody looks after it any more: its owner is gone, or of the server itself only child processes are left. */
export function isOrphan(entry: StateEntry): boolean {
  const isOwnerGone = entry.owner !== undefined && livingOwnerOf(entry) === undefined;
  return isOwnerGone || !isProcessAlive(entry.pid, entry.startedAt);
}
