import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askTool } from '../embedded/tool.ts';
import { cannotWrite, type Folders } from '../folders.ts';
import { withLock } from '../lock.ts';
import { type Env, type Report, type RunningServer, type ServerName, serverNames } from '../servers.ts';
import { livingOwnerOf, type Owner } from '../state-file.ts';

/** A container of this clone; one without an owner was started to stay. */
export type ContainerEntry = RunningServer & { container: string; owner?: Owner };
export type ContainerRecord = { [name in ServerName]?: ContainerEntry | undefined };

type RecordText = { format: 1; servers: ContainerRecord };

const inspectMs = 5_000;
const fileOf = (dataDir: string) => join(dataDir, 'containers.json');

/** What the last starts of this clone wrote of containers, whether or not they still run. */
function readRecord(dataDir: string): ContainerRecord {
  try {
    const file = JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as Partial<RecordText> | null;
    return file?.format === 1 && typeof file.servers === 'object' ? file.servers : {};
  } catch {
    return {};
  }
}

/** Puts entries into the record (undefined takes one out) and drops what no longer runs. Held by the lock of the state file, briefly. */
export function changeRecord(
  { env, report, folders }: { env: Env; report: Report; folders: Folders },
  entries: ContainerRecord,
): Promise<void> {
  const lock = { what: 'a change of the state file', report, waitMs: 10_000 };
  return withLock(join(folders.data, 'stack.lock'), lock, async () => {
    const { record } = await readLivingRecord(folders.data, env);
    writeRecord(folders.data, { ...record, ...entries });
  });
}

/** Replaces the record in one step; without entries it is removed. */
function writeRecord(dataDir: string, servers: ContainerRecord): void {
  const path = fileOf(dataDir);
  try {
    if (entriesOf(servers).length === 0) {
      rmSync(path, { force: true });
      return;
    }
    const text: RecordText = { format: 1, servers };
    writeFileSync(`${path}.new`, `${JSON.stringify(text, null, 2)}\n`);
    renameSync(`${path}.new`, path);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

export function entriesOf(record: ContainerRecord): ContainerEntry[] {
  return serverNames.flatMap((name) => record[name] ?? []);
}

/** The record without containers that no longer run, by one question to the engine; `stale` says what was dropped. */
export async function readLivingRecord(
  dataDir: string,
  env: Env,
): Promise<{ record: ContainerRecord; stale: string[] }> {
  const entries = entriesOf(readRecord(dataDir));
  if (entries.length === 0) return { record: {}, stale: [] };
  const format = '{{.Id}} {{.State.Running}}';
  const ids = entries.map(({ container }) => container);
  // A container that is gone fails the command, and the others are answered all the same.
  const { output } = await askTool('docker', ['container', 'inspect', '--format', format, ...ids], env, inspectMs);
  const running = new Set(output.split('\n').filter((line) => line.endsWith(' true')));
  const record: ContainerRecord = {};
  const stale: string[] = [];
  for (const entry of entries) {
    if (running.has(`${entry.container} true`)) record[entry.name] = entry;
    else stale.push(`${entry.name}: container ${entry.container.slice(0, 12)} no longer runs; its entry is removed.`);
  }
  return { record, stale };
}

/** Whether the process that was to stop it is gone. */
export function isAbandoned(entry: ContainerEntry): boolean {
  return entry.owner !== undefined && livingOwnerOf(entry) === undefined;
}
