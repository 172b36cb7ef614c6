import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { freemem } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { closedTo, type Folders, unprivilegedUid } from '../folders.ts';
import type { Env, ServerName } from '../servers.ts';
import { isCached } from './cache.ts';
import { findPip } from './fetch.ts';
import { findJava } from './java.ts';
import { megabytes, type PinName, pins } from './pins.ts';
import { askTool } from './tool.ts';

export type Finding = {
  subject: string;
  state: 'ok' | 'missing' | 'warning';
  detail: string;
  /** The one command or step that mends it. */
  mend?: string;
};

/** What mongod and Elasticsearch hold resident, with room for the rest. */
const serversNeedBytes = 1_300_000_000;
const oldestGlibc = 2.35;

/** What embedded servers need of this machine, whether it is there, and how to mend what is not. Changes nothing. */
export async function examineEmbeddedNeeds(embedded: ServerName[], env: Env, folders: Folders): Promise<Finding[]> {
  return [
    ...(embedded.includes('mongodb') ? examineMongodNeeds() : []),
    ...(await examineClients(embedded, env, folders)),
    examineMemory(),
    examineDisk(folders),
    ...examineFolders(folders),
  ];
}

/** Only what is not cached yet needs a client to fetch it. */
async function examineClients(embedded: ServerName[], env: Env, { cache, isRoot }: Folders): Promise<Finding[]> {
  const findings: Finding[] = [];
  const missing = (name: PinName) => !isCached(cache, name);
  const needsJava = embedded.includes('elasticsearch');
  const java = needsJava ? await findJava(env, isRoot) : undefined;
  if (java) findings.push(describeJava(java, missing('java')));
  const byPip = [
    ...embedded.filter((name) => name !== 'elasticsearch'),
    ...(java && !java.found ? (['java'] as const) : []),
  ].filter(missing);
  if (byPip.length > 0) findings.push(await examinePip(env));
  if (needsJava && missing('elasticsearch')) findings.push(await examineMaven(env));
  if (needsJava && env.SEARCH_HUNSPELL === 'on' && missing('dictionary')) findings.push(await examineNpm(env));
  return findings;
}

function describeJava({ found, refused }: Awaited<ReturnType<typeof findJava>>, mustFetch: boolean): Finding {
  if (found) return { subject: 'Java', state: 'ok', detail: `${found.version} at ${found.home}` };
  const why = refused.length > 0 ? refused.join('; ') : 'none of 17 to 21 on this machine';
  const then = mustFetch ? `Java 21 will be fetched (${megabytes(pins.java.bytes)})` : 'the fetched Java 21 is used';
  return { subject: 'Java', state: 'ok', detail: `${why}; ${then}` };
}

async function examinePip(env: Env): Promise<Finding> {
  try {
    const call = await findPip(pins.mongodb, env);
    return { subject: 'pip', state: 'ok', detail: call.join(' ') };
  } catch {
    return {
      subject: 'pip',
      state: 'missing',
      detail: 'Python 3 with pip is not on this machine',
      mend: 'apt-get install python3-pip',
    };
  }
}

async function examineMaven(env: Env): Promise<Finding> {
  const answer = await askTool('mvn', ['--version'], env, 60_000);
  const [first = ''] = stripVTControlCharacters(answer.output).split('\n');
  if (answer.code === 0) return { subject: 'Maven', state: 'ok', detail: first };
  const detail = answer.isMissing ? 'mvn is not on this machine' : `mvn does not run: ${first}`;
  return { subject: 'Maven', state: 'missing', detail, mend: 'apt-get install maven' };
}

async function examineNpm(env: Env): Promise<Finding> {
  const answer = await askTool('npm', ['--version'], env);
  const { title, bytes } = pins.dictionary;
  if (answer.code === 0)
    return { subject: 'dictionary', state: 'ok', detail: `the ${title} will be fetched (${megabytes(bytes)})` };
  const detail = `npm is not on this machine, and the ${title} is fetched with it`;
  return { subject: 'dictionary', state: 'missing', detail, mend: 'unset SEARCH_HUNSPELL' };
}

function examineMongodNeeds(): Finding[] {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  const glibc = report.header?.glibcVersionRuntime ?? 'none';
  const isNewEnough = Number.parseFloat(glibc) >= oldestGlibc;
  const findings: Finding[] = [
    isNewEnough
      ? { subject: 'glibc', state: 'ok', detail: glibc }
      : {
          subject: 'glibc',
          state: 'missing',
          detail: `${glibc}; MongoDB needs ${oldestGlibc}`,
          mend: 'give a running MongoDB in MONGO_URL',
        },
  ];
  for (const [library, name] of [
    ['libssl.so.3', 'libssl3'],
    ['libcurl.so.4', 'libcurl4'],
  ] as const) {
    const found = libraryFolders.find((folder) => existsSync(join(folder, library)));
    findings.push(
      found
        ? { subject: name, state: 'ok', detail: join(found, library) }
        : {
            subject: name,
            state: 'warning',
            detail: `${library} was not seen; MongoDB needs it`,
            mend: `apt-get install ${name}`,
          },
    );
  }
  return findings;
}

const libraryFolders = ['/lib/x86_64-linux-gnu', '/usr/lib/x86_64-linux-gnu', '/lib64', '/usr/lib64', '/usr/lib'];

function examineMemory(): Finding {
  const available = availableBytes();
  const detail = `${megabytes(available)} available, the servers take about ${megabytes(serversNeedBytes)}`;
  return { subject: 'memory', state: available > serversNeedBytes ? 'ok' : 'warning', detail };
}

function availableBytes(): number {
  try {
    const kilobytes = /^MemAvailable:\s+(\d+) kB/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1];
    if (kilobytes) return Number(kilobytes) * 1024;
  } catch {
    // Not Linux.
  }
  return freemem();
}

function examineDisk({ cache }: Folders): Finding {
  const existing = nearestExisting(cache);
  const { bavail, bsize } = statfsSync(existing);
  const free = bavail * bsize;
  const needed = isCached(cache, 'elasticsearch') ? 500_000_000 : pins.elasticsearch.roomBytes;
  const detail = `${megabytes(free)} free at ${cache}, up to ${megabytes(needed)} needed`;
  if (free > needed) return { subject: 'disk', state: 'ok', detail };
  return {
    subject: 'disk',
    state: 'missing',
    detail,
    mend: 'make room, or name a folder on another disk in ORTOO_CACHE_DIR',
  };
}

function examineFolders({ cache, isRoot }: Folders): Finding[] {
  const closed = isRoot ? closedTo(nearestExisting(cache), unprivilegedUid) : undefined;
  if (!closed) return [];
  const detail = `Elasticsearch does not run as root, and user ${unprivilegedUid} cannot enter ${closed}`;
  return [
    {
      subject: 'cache',
      state: 'missing',
      detail,
      mend: 'ORTOO_CACHE_DIR=/var/cache/ortoo, or start as an ordinary user',
    },
  ];
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}
