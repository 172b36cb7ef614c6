import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimRun, parseRunFile, type RunFile, readRun } from './run-file.ts';

const run: RunFile = {
  format: 1,
  state: 'starting',
  supervisor: { pid: 4711, startedAt: 99 },
  url: 'http://127.0.0.1:8080',
  services: { catalog: { pid: 4712, startedAt: 100, opsUrl: 'http://127.0.0.1:9101' } },
  servers: {},
};
const everyone = () => true;
const nobody = () => false;

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ortoo-run-'));
  path = join(folder, 'data', 'run.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a state file is read back as it was written', () => {
  expect(parseRunFile(JSON.stringify(run))).toEqual(run);
});

test.each([
  '',
  'null',
  '{}',
  '{"format":2}',
  JSON.stringify({ ...run, supervisor: 4711 }),
  JSON.stringify({ ...run, services: { catalog: 1 } }),
])('a state file that is not ours counts as none: %s', (text) => expect(parseRunFile(text)).toBeUndefined());

test('a second start beside a living one is refused with its URL', () => {
  claimRun(path, run, everyone);
  expect(() => claimRun(path, run, everyone)).toThrow('already runs from this folder: http://127.0.0.1:8080');
});

test('the file of a supervisor that is gone is taken over, and what it left running is named', () => {
  claimRun(path, run, everyone);
  const claim = claimRun(path, { ...run, supervisor: { pid: 1, startedAt: 1 } }, (pid) => pid === 4712);
  expect(claim.leftBehind.map(({ pid }) => pid)).toEqual([4712]);
  expect(readRun(path, everyone)?.supervisor.pid).toBe(1);
});

test('a file that cannot be read is taken over', () => {
  claimRun(path, run, everyone).release();
  writeFileSync(path, '{"format":');
  claimRun(path, run, everyone);
  expect(readRun(path, everyone)).toEqual(run);
});

test('only its owner may read the state, and nothing else is left in the folder', () => {
  const claim = claimRun(path, run, everyone);
  claim.update({ ...run, state: 'ready' });
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ state: 'ready' });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readRun(path, nobody)).toBeUndefined();
  claim.release();
  expect(readdirSync(join(folder, 'data'))).toEqual([]);
});
