import { createHash } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Env, ServerName } from './servers.ts';
import { errnoOf, messageOf, StackError } from './stack-error.ts';

/** The user that Elasticsearch runs as when root starts it; it refuses to run as root. */
export const unprivilegedUid = 65534;

export type Folders = {
  /** `.ortoo` of the clone. */
  data: string;
  /** Where each server keeps what is its own. */
  servers: Record<ServerName, string>;
  logs: string;
  /** Fetched servers, shared by all clones of this user. */
  cache: string;
  isRoot: boolean;
};

/** Where things lie for this clone and this user. Pure but for resolving links; makes nothing. */
export function locateFolders(projectDir: string, env: Env, uid = process.getuid?.() ?? -1): Folders {
  const isRoot = uid === 0;
  const data = env.ORTOO_DATA_DIR ? resolve(projectDir, env.ORTOO_DATA_DIR) : join(resolve(projectDir), '.ortoo');
  const owner = env.ORTOO_DATA_DIR ? data : realPathOf(projectDir);
  const home = env.XDG_CACHE_HOME || join(env.HOME || tmpdir(), '.cache');
  const elasticsearch = isRoot
    ? join('/var/lib/ortoo', createHash('sha256').update(owner).digest('hex').slice(0, 12), 'elasticsearch')
    : join(data, 'elasticsearch');
  return {
    data,
    servers: { mongodb: join(data, 'mongodb'), nats: join(data, 'nats'), elasticsearch },
    logs: join(data, 'logs'),
    cache: env.ORTOO_CACHE_DIR ? resolve(env.ORTOO_CACHE_DIR) : isRoot ? '/var/cache/ortoo' : join(home, 'ortoo'),
    isRoot,
  };
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

/** Makes a folder and says in one sentence why it cannot. The mode holds whatever the umask is. */
export function makeFolder(path: string, mode = 0o755): void {
  try {
    const firstMade = mkdirSync(path, { recursive: true, mode });
    if (firstMade === undefined) return;
    for (let made = path; made.length >= firstMade.length; made = dirname(made)) chmodSync(made, mode);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/** Turns a failed write into a sentence: no right, no room, or what the system said. */
export function cannotWrite(path: string, error: unknown): StackError {
  const code = errnoOf(error);
  if (code === 'EACCES' || code === 'EPERM') {
    return new StackError(`${path} cannot be written by this user.`, {
      hint: 'Run as the user who owns it, or remove it (it is made again), or name another folder in ORTOO_DATA_DIR or ORTOO_CACHE_DIR.',
      cause: error,
    });
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new StackError(`The disk that holds ${path} is full.`, { hint: 'Make room and try again.', cause: error });
  }
  return new StackError(`${path} cannot be written: ${messageOf(error)}`, { cause: error });
}

/** Makes what Elasticsearch's unprivileged user must own when root starts it. */
export function giveFolders(root: string, folders: string[], uid: number): void {
  makeFolder(dirname(root));
  for (const folder of [root, ...folders]) {
    makeFolder(folder);
    chownSync(folder, uid, uid);
  }
}

/** Writes what a person needs to know before wiping a folder that lies outside the clone. */
export function noteOwner(folder: string, projectDir: string): void {
  writeFileSync(join(folder, 'belongs-to'), `${realPathOf(projectDir)}\n`);
}

/** The first folder on the way to `path` (or the path itself) that another user cannot enter or read; undefined when all is open. */
export function closedTo(path: string, uid: number): string | undefined {
  const steps: string[] = [];
  for (let step = realPathOf(path); ; step = dirname(step)) {
    steps.unshift(step);
    if (step === dirname(step)) break;
  }
  return steps.find((step) => {
    const stat = statSync(step);
    const bits = stat.uid === uid ? stat.mode >> 6 : stat.gid === uid ? stat.mode >> 3 : stat.mode;
    return (bits & 0o1) === 0;
  });
}
