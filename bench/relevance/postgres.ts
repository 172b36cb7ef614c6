import { execFile, execFileSync } from 'node:child_process';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { postgresUrl, searchPath } from './config.ts';

/** How a session is opened, and how the server ends if it was started for it. */
export type Postgres = { psql: string[]; close(): Promise<void> };

const START_MAX_MS = 60_000;
const run = promisify(execFile);

/**
 * The server that POSTGRES_URL names, or one of its own from the programs that are installed: in a directory that goes
 * with it, heard on a socket in it alone. Where there is neither, a text that says so.
 */
export async function openPostgres(): Promise<Postgres | string> {
  const psql = find('psql');
  if (!psql) return 'there is no psql';
  if (postgresUrl) return { psql: [psql, postgresUrl], close: async () => undefined };
  const [initdb, control] = [find('initdb'), find('pg_ctl')];
  if (!initdb || !control) return 'POSTGRES_URL names no PostgreSQL, and none is installed';
  return startOwn({ psql, initdb, control });
}

async function startOwn({
  psql,
  initdb,
  control,
}: {
  psql: string;
  initdb: string;
  control: string;
}): Promise<Postgres> {
  const dir = mkdtempSync(join(tmpdir(), 'ortoo-postgres-'));
  const data = join(dir, 'data');
  const as = ordinaryUser();
  if (as.uid !== undefined) chownSync(dir, as.uid, as.gid ?? as.uid);
  const options = { ...as, cwd: dir, timeout: START_MAX_MS };
  const remove = () => rmSync(dir, { recursive: true, force: true });
  try {
    await run(initdb, ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-N'], options);
    const server = `-c listen_addresses= -c unix_socket_directories=${dir} -c fsync=off`;
    await run(control, ['-D', data, '-w', '-l', join(dir, 'log'), '-o', server, 'start'], options);
  } catch (error) {
    remove();
    throw error;
  }
  return {
    psql: [psql, '-h', dir, '-U', 'bench', 'postgres'],
    close: async () => {
      await run(control, ['-D', data, '-w', '-m', 'immediate', 'stop'], options);
      remove();
    },
  };
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
