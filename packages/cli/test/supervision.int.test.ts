import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isProcessAlive, startTicksOf } from '@ortoo/stack';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { choosePort } from '../src/ports.ts';
import { createFleet, type Fleet } from '../src/supervision/fleet.ts';
import type { Death } from '../src/supervision/service-process.ts';
import { buildSpecs } from './fixtures/specs.ts';

const never = new AbortController().signal;

let folder: string;
let said: string[];
let gaveUp: { name: string; death: Death; lastLines: string[] }[];
let fleet: Fleet | undefined;
let supervisor: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ortoo-fleet-'));
  said = [];
  gaveUp = [];
});
afterEach(async () => {
  await fleet?.stop(AbortSignal.abort());
  supervisor?.kill('SIGKILL');
  fleet = undefined;
  supervisor = undefined;
  await vi.waitUntil(() => living().length === 0, { timeout: 5_000 });
  rmSync(folder, { recursive: true });
});

/** What happened to the children, in order: `[name, what, pid]`. */
function readJournal(): [string, string, number][] {
  try {
    const lines = readFileSync(join(folder, 'journal'), 'utf8').trim().split('\n');
    return lines.map((line) => line.split(' ')).map(([name = '', what = '', pid]) => [name, what, Number(pid)]);
  } catch {
    return [];
  }
}

function happened(what: string): string[] {
  return readJournal()
    .filter(([, event]) => event === what)
    .map(([name]) => name);
}

function living(): number[] {
  const pids = [...new Set(readJournal().map(([, , pid]) => pid))];
  return pids.filter((pid) => isProcessAlive(pid, startTicksOf(pid) ?? -1));
}

async function startFleet(children: Record<string, Record<string, string>>): Promise<Fleet> {
  const ports: number[] = [];
  for (const _ of Object.keys(children)) ports.push(await choosePort(0, '127.0.0.1'));
  fleet = createFleet({
    projectDir: folder,
    logsDir: join(folder, 'logs'),
    specs: buildSpecs(folder, children, ports),
    say: (line) => said.push(line),
    onChange: () => {},
    giveUp: (name, death, lastLines) => gaveUp.push({ name, death, lastLines }),
  });
  fleet.start();
  return fleet;
}

const untilReady = { deadlineMs: 20_000, signal: never, report: () => {} };

test('a service that dies is started again with a line saying so, and says when it is back', async () => {
  const fleetNow = await startFleet({ catalog: {} });
  expect(await fleetNow.waitUntilReady(untilReady)).toBeNull();
  const first = fleetNow.services[0]?.mark()?.pid ?? 0;
  process.kill(first, 'SIGKILL');
  await expect.poll(() => said, { timeout: 15_000 }).toContain('catalog is back');
  expect(said).toContain('catalog died (SIGKILL); it is started again in 0.5 s');
  expect(fleetNow.services[0]?.mark()?.pid).not.toBe(first);
  expect(happened('started')).toEqual(['catalog', 'catalog']);
});

test('the fifth death within a minute is given up with the last log lines, and nothing is started after it', {
  timeout: 40_000,
}, async () => {
  await startFleet({ catalog: { DIE: 'start' } });
  await expect.poll(() => gaveUp.length, { timeout: 30_000 }).toBe(1);
  expect(gaveUp[0]).toMatchObject({ name: 'catalog', death: { how: 'exit code 3' } });
  expect(gaveUp[0]?.lastLines.join()).toContain('no way to go on');
  expect(said.filter((line) => line === 'catalog Error: trace of a crash')).toHaveLength(5);
  expect(said.filter((line) => line === 'catalog warning: nobody is there yet')).toHaveLength(5);
  expect(happened('started')).toHaveLength(5);
  expect(said.filter((line) => line.includes('started again')).map((line) => line.slice(-5))).toEqual([
    '0.5 s',
    'n 1 s',
    'n 2 s',
    'n 4 s',
  ]);
});

test('services are drained in reverse order, one after the other, and none is left', async () => {
  const fleetNow = await startFleet({ catalog: {}, news: {}, gateway: {} });
  expect(await fleetNow.waitUntilReady(untilReady)).toBeNull();
  expect(await fleetNow.stop(never)).toEqual([]);
  expect(happened('drained')).toEqual(['gateway', 'news', 'catalog']);
  expect(living()).toEqual([]);
});

test('a service that does not end is killed at the deadline, and named', async () => {
  const fleetNow = await startFleet({ catalog: {}, gateway: { DEAF: 'yes' } });
  expect(await fleetNow.waitUntilReady(untilReady)).toBeNull();
  expect(await fleetNow.stop(never, { staggerMs: 100, deadlineMs: 600 })).toEqual(['gateway']);
  expect(happened('ignored')).toEqual(['gateway']);
  expect(happened('drained')).toEqual(['catalog']);
  expect(living()).toEqual([]);
});

test('a second request kills what still drains', async () => {
  const fleetNow = await startFleet({ catalog: {}, gateway: { DEAF: 'yes' } });
  expect(await fleetNow.waitUntilReady(untilReady)).toBeNull();
  const hurry = new AbortController();
  const since = performance.now();
  const stopped = fleetNow.stop(hurry.signal);
  await expect.poll(() => happened('ignored')).toEqual(['gateway']);
  hurry.abort();
  expect(await stopped).toContain('gateway');
  expect(performance.now() - since).toBeLessThan(10_000);
  expect(living()).toEqual([]);
});

test('a service that was ready shows its warnings on the terminal, and its log has all that it prints', async () => {
  const fleetNow = await startFleet({ catalog: {} });
  const { log, spec } = fleetNow.services[0]!;
  expect(await fleetNow.waitUntilReady(untilReady)).toBeNull();
  await fetch(`${spec.opsUrl}/warn`);
  await expect.poll(() => said).toEqual(['catalog warning: somebody is gone']);
  expect(readFileSync(log.path, 'utf8')).toMatch(/nobody is there yet.*\n.*somebody is gone/);
});

test('a service that never gets ready is named with what /readyz says', async () => {
  const fleetNow = await startFleet({ catalog: { OPS_PORT: '0', DIE: 'start' } });
  expect(await fleetNow.waitUntilReady({ ...untilReady, deadlineMs: 300 })).toMatch(/^Not ready after 0 s: catalog \(/);
});

/** Starts a supervisor as a process of its own; `wrap` may put another process between it and the test. */
async function startSupervisor(wrap = (command: string[]) => command): Promise<ChildProcess> {
  const ports = [await choosePort(0, '127.0.0.1'), await choosePort(0, '127.0.0.1')];
  const [command = '', ...args] = wrap([
    process.execPath,
    join(import.meta.dirname, 'fixtures/supervisor.ts'),
    folder,
    ...ports.map(String),
  ]);
  const started = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  supervisor = started;
  let output = '';
  started.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  await expect.poll(() => output, { timeout: 20_000 }).toContain('ready');
  return started;
}

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '%s to the supervisor drains the services in order',
  async (signal) => {
    const started = await startSupervisor();
    started.kill(signal);
    await expect.poll(() => started.exitCode, { timeout: 10_000 }).toBe(0);
    expect(happened('drained')).toEqual(['gateway', 'catalog']);
    expect(living()).toEqual([]);
  },
);

test.each([
  ['its parent', (command: string) => `${command} & wait`],
  ['the parent of its shell, as npm is,', (command: string) => `sh -c '${command}; true'; true`],
])('the loss of %s makes the supervisor drain', async (_, script) => {
  const parent = await startSupervisor((command) => ['sh', '-c', script(command.join(' '))]);
  parent.kill('SIGKILL');
  await expect.poll(() => happened('drained'), { timeout: 10_000 }).toEqual(['gateway', 'catalog']);
  await expect.poll(living, { timeout: 5_000 }).toEqual([]);
});

test('services do not outlive a supervisor that is killed', async () => {
  const started = await startSupervisor();
  started.kill('SIGKILL');
  await expect.poll(() => happened('orphaned').sort(), { timeout: 10_000 }).toEqual(['catalog', 'gateway']);
  await expect.poll(living, { timeout: 5_000 }).toEqual([]);
});
