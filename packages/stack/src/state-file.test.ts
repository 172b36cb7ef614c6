import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startTicksOf } from './process-table.ts';
import { isOrphan, livingOwnerOf, readState, type StateEntry, sortOutState, writeState } from './state-file.ts';

const thisProcess = { pid: process.pid, startedAt: startTicksOf(process.pid) ?? 0 };
const noProcess = { pid: 2 ** 30, startedAt: 1 };

const entry = (change: Partial<StateEntry> = {}): StateEntry => ({
  name: 'nats',
  url: 'nats://127.0.0.1:4222',
  version: '2.15.1',
  way: 'embedded',
  data: '/data/nats',
  log: '/data/logs/nats.log',
  ...thisProcess,
  ...change,
});

const fileOf = (servers: object, bootId = 'this boot') => JSON.stringify({ format: 1, bootId, servers });

test('an entry whose process runs is kept', () => {
  const { state, stale } = sortOutState(fileOf({ nats: entry() }), 'this boot', () => true);
  expect(state).toEqual({ nats: entry() });
  expect(stale).toEqual([]);
});

test('an entry whose process is gone is dropped and told', () => {
  const { state, stale } = sortOutState(fileOf({ nats: entry({ pid: 4711 }) }), 'this boot', () => false);
  expect(state).toEqual({});
  expect(stale).toEqual(['nats: process 4711 of the state file no longer runs; its entry is removed.']);
});

test('after a reboot no entry counts, whatever process has the number now', () => {
  const { state, stale } = sortOutState(fileOf({ nats: entry() }, 'boot before'), 'this boot', () => true);
  expect(state).toEqual({});
  expect(stale).toHaveLength(1);
});

test.each(['', '{"format":1,', '[]', '{"format":9,"servers":{}}', 'null'])(
  'a file that is not ours to read (%j) is told and empty',
  (text) => {
    const { state, stale } = sortOutState(text, 'this boot', () => true);
    expect(state).toEqual({});
    expect(stale).toHaveLength(1);
  },
);

test('what is written is read again, and without entries no file is left', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ortoo-state-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeState(folder, { nats: entry() });
  expect(readState(folder)).toEqual({ state: { nats: entry() }, stale: [] });
  writeState(folder, { nats: undefined });
  expect(readdirSync(folder)).toEqual([]);
  expect(readState(folder)).toEqual({ state: {}, stale: [] });
});

test('a server is orphaned when its owner or its own process is gone, not when it was started to stay', () => {
  expect(isOrphan(entry())).toBe(false);
  expect(isOrphan(entry({ owner: thisProcess }))).toBe(false);
  expect(isOrphan(entry({ owner: noProcess }))).toBe(true);
  expect(isOrphan(entry(noProcess))).toBe(true);
  expect(livingOwnerOf(entry({ owner: thisProcess }))).toEqual(thisProcess);
});
