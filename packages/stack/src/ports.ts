import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { commandLineOf } from './process-table.ts';
import { StackError } from './stack-error.ts';

const listening = '0A';

/** Whether a server could listen on 127.0.0.1:port now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.unref();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** First port of a clone: below the range from which the system takes outgoing ports, and seldom that of another clone. */
export function basePortOf(dataDir: string): number {
  return 20_000 + (createHash('sha256').update(dataDir).digest().readUInt16BE(0) % 1_200) * 10;
}

/** The first free port from `from` on that is not in `taken`. Looks at no more than 500. */
export async function findFreePort(from: number, taken: ReadonlySet<number> = new Set()): Promise<number> {
  for (let port = from; port < from + 500; port++) {
    if (!taken.has(port) && (await isPortFree(port))) return port;
  }
  throw new StackError(`No free port between ${from} and ${from + 500} on 127.0.0.1.`);
}

/** Sockets listening on a port, from the text of /proc/net/tcp or tcp6 (proc(5)). */
export function parseListeners(table: string, port: number): { inode: string; uid: number }[] {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(wanted) && fields[3] === listening)
    .map((fields) => ({ inode: fields[9] ?? '', uid: Number(fields[7]) }));
}

/** Says who listens on a port, in words for a sentence: "process 4711 (redis-server *:6379)". */
export function describePortHolder(port: number): string {
  const listeners = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((path) => parseListeners(readOrEmpty(path), port));
  const [first] = listeners;
  if (!first) return 'a process that cannot be named';
  const pid = findSocketOwner(new Set(listeners.map(({ inode }) => `socket:[${inode}]`)));
  if (pid === undefined) return `a process of user ${first.uid}`;
  return `process ${pid} (${commandLineOf(pid).slice(0, 80)})`;
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function findSocketOwner(sockets: ReadonlySet<string>): number | undefined {
  for (const pid of listOrEmpty('/proc').filter((entry) => /^\d+$/.test(entry))) {
    for (const descriptor of listOrEmpty(`/proc/${pid}/fd`)) {
      try {
        if (sockets.has(readlinkSync(`/proc/${pid}/fd/${descriptor}`))) return Number(pid);
      } catch {
        // Closed meanwhile.
      }
    }
  }
  return undefined;
}

function listOrEmpty(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
