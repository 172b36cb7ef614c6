import { existsSync } from 'node:fs';
import { bringUp, changeState, foldersOf, withServerLocks } from './bring-up.ts';
import { composeDown } from './containers/compose-way.ts';
import { removalOf } from './containers/contained.ts';
import { changeRecord, readLivingRecord, entriesOf as recordedIn } from './containers/container-record.ts';
import { stopDeadlineMs } from './embedded/start.ts';
import { createGuard } from './guard.ts';
import { readLivingState, serverOf } from './join.ts';
import { stopProcess } from './server-process.ts';
import { type ServerName, type Servers, serverNames } from './servers.ts';
import { StackError } from './stack-error.ts';
import type { StackOptions } from './stack-options.ts';
import { livingOwnerOf, type Owner, readState, type State, type StateEntry } from './state-file.ts';

/** Starts the servers so that they outlive this process, or finds them up already. Until all are up they end with it. */
export async function stackUp(options: StackOptions): Promise<Servers> {
  const guard = createGuard();
  try {
    const { servers, state } = await bringUp(options, { folders: foldersOf(options), guard, owner: undefined });
    for (const entry of entriesOf(state)) {
      const owner = livingOwnerOf(entry);
      if (owner) options.report(`${entry.name}: belongs to process ${owner.pid} and ends with it`);
    }
    return servers;
  } finally {
    guard.release();
  }
}

/**
 * Stops exactly what the state files name and the containers of this clone's project, and answers which servers that
 * were. Data stays.
 */
export async function stackDown(options: StackOptions): Promise<ServerName[]> {
  const folders = foldersOf(options);
  if (!existsSync(folders.data)) return [];
  return withServerLocks(serverNames, options, folders, async () => {
    const entries = entriesOf(await readLivingState(folders.data, serverNames, options.report));
    const { record } = await readLivingRecord(folders.data, options.env);
    const contained = recordedIn(record);
    for (const entry of [...entries, ...contained]) requireUnowned(entry);
    await Promise.all(
      entries.reverse().map(async (entry) => {
        await stopProcess({ ...entry, marker: entry.data }, stopDeadlineMs[entry.name]);
        options.report(`${entry.name}: stopped process ${entry.pid}; data stays in ${entry.data}`);
      }),
    );
    await changeState(options, folders, {});
    const removed = await composeDown(options, folders);
    await changeRecord({ ...options, folders }, removalOf(serverNames));
    return [...removed, ...entries.map(({ name }) => name)];
  });
}

/** One that a living process looks after would be started again by it. */
function requireUnowned(entry: { name: ServerName; owner?: Owner }): void {
  const owner = livingOwnerOf(entry);
  if (!owner) return;
  throw new StackError(`${entry.name} belongs to process ${owner.pid}, which is running and would start it again.`, {
    server: entry.name,
    hint: 'End that process (Ctrl-C where it runs): it stops its servers itself.',
  });
}

/** What the state files say of this clone's servers; entries that can no longer be true are removed and told. */
export async function stackStatus(options: StackOptions): Promise<{ servers: Partial<Servers>; stale: string[] }> {
  const folders = foldersOf(options);
  const { state, stale } = readState(folders.data);
  if (stale.length > 0) await changeState(options, folders, {});
  const contained = await readLivingRecord(folders.data, options.env);
  if (contained.stale.length > 0) await changeRecord({ ...options, folders }, {});
  const servers: Partial<Servers> = {};
  for (const { owner: _, ...server } of recordedIn(contained.record)) servers[server.name] = server;
  for (const entry of entriesOf(state)) servers[entry.name] = serverOf(entry);
  return { servers, stale: [...stale, ...contained.stale] };
}

function entriesOf(state: State): StateEntry[] {
  return serverNames.flatMap((name) => state[name] ?? []);
}
