import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setUp } from './install.mjs';
import { findMissingPackages } from './missing-packages.mjs';
import { explainNpmFailure } from './npm-failure.mjs';
import { findNpm } from './run-npm.mjs';
import { withLock } from './setup-lock.mjs';

const lockfile = {
  packages: {
    '': { name: 'ortoo' },
    'packages/cli': { version: '0.1.0' },
    'node_modules/@ortoo/cli': { resolved: 'packages/cli', link: true },
    'node_modules/pino': { version: '10.4.0', integrity: 'sha512-a' },
    'packages/cli/node_modules/commander': { version: '15.1.0' },
    'node_modules/only-mac': { version: '1.0.0', optional: true, os: ['darwin'] },
  },
};
const installed = () => structuredClone({ packages: { ...lockfile.packages, 'node_modules/only-mac': undefined } });
const everything = () => true;

test('nothing is installed again when all of the lockfile is there', () => {
  expect(findMissingPackages(lockfile, installed(), everything)).toEqual([]);
});

test('without node_modules everything is missing', () => {
  expect(findMissingPackages(lockfile, null, () => false)).toEqual([
    'node_modules/@ortoo/cli',
    'node_modules/pino',
    'packages/cli/node_modules/commander',
    'node_modules/only-mac',
  ]);
});

test.each([
  ['another version', { version: '10.3.0', integrity: 'sha512-a' }],
  ['another build of the same version', { version: '10.4.0', integrity: 'sha512-b' }],
  ['a package that npm does not list', undefined],
])('%s is missing', (_, pino) => {
  const found = installed();
  found.packages['node_modules/pino'] = pino;
  expect(findMissingPackages(lockfile, found, everything)).toEqual(['node_modules/pino']);
});

test('a package whose folder was removed is missing, also a nested one', () => {
  const isThere = (path) => !path.endsWith('commander');
  expect(findMissingPackages(lockfile, installed(), isThere)).toEqual(['packages/cli/node_modules/commander']);
});

test.each([
  ['npm error code ENOSPC', 'The disk is full'],
  ['request to https://registry.example failed, reason: getaddrinfo EAI_AGAIN', 'could not reach its package registry'],
  ['npm error code EACCES', 'may not write here'],
  ['npm error code EINTEGRITY', 'damaged'],
  ['npm error code E404', 'lacks a package'],
  ['something else', 'npm failed (exit code 7)'],
])('a failure of npm is one sentence: %s', (output, sentence) => {
  expect(explainNpmFailure(output, 'exit code 7')).toContain(sentence);
});

test('npm runs on a Node that it does not delete: nothing of the own node_modules is used', () => {
  const env = { PATH: '/clone/node_modules/.bin:/usr/bin', npm_execpath: '/usr/lib/npm/bin/npm-cli.js' };
  const inside = findNpm('/clone', { ...env, npm_node_execpath: '/clone/node_modules/node/bin/node' });
  expect(inside).toMatchObject({ command: 'npm', prefix: [], env: { PATH: '/usr/bin' } });
  const outside = findNpm('/clone', { ...env, npm_node_execpath: '/usr/bin/node' });
  expect(outside).toMatchObject({ command: '/usr/bin/node', prefix: [env.npm_execpath] });
});

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ortoo-setup-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A clone with one package and the pinned Node to install, and an npm before all others on the PATH that does what `script` says. */
function cloneWithNpm(script) {
  const packages = { '': {}, 'node_modules/node': { version: '24.0.0' } };
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages }));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'npm'), `#!/bin/sh\necho "$*" >> ${folder}/calls\n${script}`);
  chmodSync(join(bin, 'npm'), 0o755);
  vi.stubEnv('PATH', `${bin}:${process.env.PATH}`);
  // What started these tests may be npm, which says where it is: then the PATH is not asked.
  vi.stubEnv('npm_execpath', undefined);
  vi.stubEnv('npm_node_execpath', undefined);
}
const callsOfNpm = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
afterEach(() => vi.unstubAllEnvs());

test('a cache that is older than the lockfile is passed by: npm asks the registry', async () => {
  const put = 'mkdir -p node_modules/node/bin && cp package-lock.json node_modules/.package-lock.json';
  const node = "echo '{}' > node_modules/node/package.json && ln -s /bin/true node_modules/node/bin/node";
  cloneWithNpm(`case "$*" in *--prefer-online*) ${put} && ${node};; *) echo "npm error code ETARGET"; exit 1;; esac`);
  const said = [];
  await setUp(folder, (line) => said.push(line));
  expect(callsOfNpm()).toEqual([expect.stringMatching(/--prefer-offline$/), expect.stringMatching(/--prefer-online$/)]);
  expect(said).toContain('the npm cache does not know a version of the lockfile: asking the registry');
});

test('a registry that lacks the version too is asked once', async () => {
  cloneWithNpm('echo "npm error code ETARGET"; exit 1');
  await expect(setUp(folder, () => {})).rejects.toThrow('The package registry lacks a package of the lockfile');
  expect(callsOfNpm()).toHaveLength(2);
});

test('another failure is told at once', async () => {
  cloneWithNpm('echo "npm error code ENOSPC"; exit 1');
  await expect(setUp(folder, () => {})).rejects.toThrow('The disk is full');
  expect(callsOfNpm()).toHaveLength(1);
});

const lockOf = (say = () => {}) => ({ path: join(folder, 'data', 'setup.lock'), say, deadlineMs: 10_000 });

test('two set-ups of one clone work one after the other, and the second says that it waits', async () => {
  const events = [];
  const said = [];
  const first = withLock(lockOf(), async () => {
    events.push('first begins');
    await expect.poll(() => said.length).toBe(1);
    events.push('first ends');
  });
  const second = withLock(
    lockOf((line) => said.push(line)),
    async () => events.push('second'),
  );
  await Promise.all([first, second]);
  expect(events).toEqual(['first begins', 'first ends', 'second']);
  expect(said[0]).toContain(`another set-up of this clone is running (pid ${process.pid})`);
  expect(readdirSync(join(folder, 'data'))).toEqual([]);
});

test('the lock of a process that is gone is taken over, also when its pid was given to another', async () => {
  mkdirSync(join(folder, 'data'));
  for (const holder of [
    { pid: 2 ** 22 + 1, startedAt: 1 },
    { pid: process.pid, startedAt: 1 },
  ]) {
    writeFileSync(lockOf().path, JSON.stringify(holder));
    expect(await withLock(lockOf(), async () => 'done')).toBe('done');
  }
});

test('the lock is given back when the work fails, and a wait for it ends at its deadline', async () => {
  await expect(withLock(lockOf(), () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  const late = withLock(lockOf(), () => withLock({ ...lockOf(), deadlineMs: 300 }, async () => {}));
  await expect(late).rejects.toThrow('did not end in');
});
