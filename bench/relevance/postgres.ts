import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { postgresUrl, searchPath } from './config.ts';

/** How a session is opened, and how the server ends if it was started for it. */
export type Postgres = { psql: string[]; close(): Promise<void> };

const START_MAX_MS = 60_000;
const ASK_AGAIN_MS = 100;
const run = promisify(execFile);

/**
 * The server that POSTGRES_URL names, or one of its own from the programs that are installed: in a directory that goes
 * with it, heard on a socket in it alone. Where there is neither, a text that says so.
 */
export async function openPostgres(): Promise<Postgres | string> {
  const psql = find('psql');
  if (!psql) return 'there is no psql';
  if (postgresUrl) return { psql: [psql, postgresUrl], close: async () => undefined };
  const [initdb, postgres] = [find('initdb'), find('postgres')];
  if (!initdb || !postgres) return 'POSTGRES_URL names no PostgreSQL, and none is installed';
  return startOwn({ psql, initdb, postgres });
}

async function startOwn({
  psql,
  initdb,
  postgres,
}: {
  psql: string;
  initdb: string;
  postgres: string;
}): Promise<Postgres> {
  const as = ordinaryUser();
  const dir = mkdtempSync(join(tmpdir(), 'ortoo-postgres-'));
  const data = join(dir, 'data');
  if (as.uid !== undefined) chownSync(dir, as.uid, as.gid ?? as.uid);
  const remove = () => rmSync(dir, { recursive: true, force: true });
  try {
    const asked = ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-N'];
    await run(initdb, asked, { ...as, cwd: dir, timeout: START_MAX_MS });
  } catch (error) {
    remove();
    throw error;
  }
  const settings = ['listen_addresses=', `unix_socket_directories=${dir}`, 'fsync=off'];
  const flags = settings.flatMap((setting) => ['-c', setting]);
  const server = spawn(postgres, ['-D', data, ...flags], { ...as, cwd: dir, stdio: 'ignore' });
  const ended = once(server, 'exit');
  const close = async () => {
    if (server.exitCode === null) server.kill('SIGQUIT');
    await ended;
    remove();
  };
  const session = [psql, '-h', dir, '-U', 'bench', 'postgres'];
  try {
    await waitUntilHeard(session);
  } catch (error) {
    await close();
    throw error;
  }
  return { psql: session, close };
}

async function waitUntilHeard([psql = '', ...args]: string[]): Promise<void> {
  const endsMs = performance.now() + START_MAX_MS;
  for (;;) {
    try {
      await run(psql, [...args, '-c', 'SELECT 1'], { timeout: START_MAX_MS });
      return;
    } catch (error) {
      if (performance.now() > endsMs) throw error;
      await setTimeout(ASK_AGAIN_MS);
    }
  }
}

/** PostgreSQL refuses to run as root: then it is run as nobody. */
function ordinaryUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** A program of PostgreSQL, in the path or where Debian puts those of a server. */
function find(program: string): string | undefined {
  const debian = globSync(`/usr/lib/postgresql/*/bin/${program}`).toSorted();
  return [...searchPath.split(delimiter).map((dir) => join(dir, program)), ...debian.toReversed()].find(existsSync);
}
