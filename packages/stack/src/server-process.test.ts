import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isProcessAlive, membersOfGroup } from './process-table.ts';
import { type Launched, lastLinesOf, launch, stopProcess, survivorsOf } from './server-process.ts';

let folder: string;
let launched: Launched | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ortoo-process-'));
});

afterEach(async () => {
  if (launched) await stopProcess(launched.process, 0);
  launched = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a shell script as a server; its marker is an argument of it and of its children. */
async function run(script: string): Promise<Launched> {
  const log = join(folder, 'log');
  const env = { PATH: process.env.PATH };
  launched = await launch({ command: '/bin/sh', args: ['-c', script, folder], env, cwd: folder, log, marker: folder });
  return launched;
}

const saidReady = () => expect.poll(() => lastLinesOf(join(folder, 'log'))).toContain('ready');

test('a server that ends when asked is not killed', async () => {
  const { process: own } = await run('trap "echo bye; exit 0" TERM; echo ready; while :; do sleep 0.05; done');
  await saidReady();
  expect(await stopProcess(own, 5_000)).toBe(true);
  expect(lastLinesOf(join(folder, 'log'))).toEqual(['ready', 'bye']);
});

test('a server that ignores the request is killed after the deadline, its children with it', async () => {
  const { process: own } = await run(
    'trap "" TERM; (trap "" TERM; while :; do sleep 0.05; done) & echo ready; wait; wait',
  );
  await saidReady();
  expect(membersOfGroup(own.pid).length).toBeGreaterThan(1);
  await stopProcess(own, 200);
  expect(membersOfGroup(own.pid)).toEqual([]);
});

test('children are found and stopped when their leader was killed', async () => {
  const { process: own, child } = await run('sh -c "while :; do sleep 0.05; done" "$0" & echo ready; wait');
  await saidReady();
  child.kill('SIGKILL');
  await expect.poll(() => isProcessAlive(own.pid, own.startedAt)).toBe(false);
  expect(survivorsOf(own)).toHaveLength(1);
  await stopProcess(own, 2_000);
  expect(survivorsOf(own)).toEqual([]);
});

test('a process that got the number later is never touched', async () => {
  const { process: own } = await run('echo ready; sleep 30');
  await saidReady();
  expect(await stopProcess({ ...own, startedAt: own.startedAt - 1 }, 100)).toBe(false);
  expect(isProcessAlive(own.pid, own.startedAt)).toBe(true);
});

test('the log of the start before is kept', async () => {
  const first = await run('echo first; sleep 30');
  await expect.poll(() => lastLinesOf(first.log)).toEqual(['first']);
  await stopProcess(first.process, 1_000);
  const second = await run('echo second; sleep 30');
  await expect.poll(() => lastLinesOf(second.log)).toEqual(['second']);
  expect(lastLinesOf(`${second.log}.1`)).toEqual(['first']);
});

test('a program that does not exist is told by the system error', async () => {
  const spec = {
    command: join(folder, 'none'),
    args: [],
    env: {},
    cwd: folder,
    log: join(folder, 'log'),
    marker: folder,
  };
  await expect(launch(spec)).rejects.toThrow(/ENOENT/);
});
