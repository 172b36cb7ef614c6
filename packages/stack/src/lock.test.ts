import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LockOptions, withLock } from './lock.ts';
import { bootId, startTicksOf } from './process-table.ts';

let folder: string;
let lines: string[];
const path = () => join(folder, 'one.lock');
const options = (change: Partial<LockOptions> = {}): LockOptions => ({
  what: 'another start',
  report: (line) => lines.push(line),
  waitMs: 5_000,
  ...change,
});
const hold = (holder: object) => writeFileSync(path(), JSON.stringify(holder));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ortoo-lock-'));
  lines = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

test('two who want the same lock work one after the other, and the one who waits is told for whom', async () => {
  let atWork = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++atWork);
    await new Promise((resolve) => setTimeout(resolve, 20));
    atWork--;
  };
  await Promise.all([1, 2, 3].map(() => withLock(path(), options(), work)));
  expect(most).toBe(1);
  expect(lines).toContain(`Waiting for another start (process ${process.pid}).`);
  expect(readdirSync(folder)).toEqual([]);
});

test('a lock is given back when the work fails', async () => {
  await expect(withLock(path(), options(), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(existsSync(path())).toBe(false);
});

test.each([
  ['of a process that is gone', { pid: 2 ** 30, startedAt: 1, bootId: bootId() }],
  [
    'of a number that another process has by now',
    { pid: process.pid, startedAt: (startTicksOf(process.pid) ?? 1) - 1, bootId: bootId() },
  ],
  ['of another boot', { pid: process.pid, startedAt: startTicksOf(process.pid), bootId: 'before' }],
])('a lock %s is taken over, with a sentence', async (_, holder) => {
  hold(holder);
  expect(await withLock(path(), options(), async () => 'done')).toBe('done');
  expect(lines).toEqual([`Removed the lock of process ${holder.pid}, which no longer runs (${path()}).`]);
});

test('a torn lock file is taken over', async () => {
  writeFileSync(path(), '{"pid":');
  expect(await withLock(path(), options(), async () => 'done')).toBe('done');
});

test('waiting for a living holder ends at the deadline with a sentence naming it', async () => {
  hold({ pid: process.pid, startedAt: startTicksOf(process.pid), bootId: bootId() });
  const waiting = withLock(path(), options({ waitMs: 150 }), async () => 'done');
  await expect(waiting).rejects.toThrow(`for another start (process ${process.pid})`);
  expect(existsSync(path())).toBe(true);
});

test('waiting ends when it is aborted', async () => {
  hold({ pid: process.pid, startedAt: startTicksOf(process.pid), bootId: bootId() });
  const abort = new AbortController();
  const waiting = withLock(path(), options({ signal: abort.signal }), async () => 'done');
  abort.abort(new Error('asked to stop'));
  await expect(waiting).rejects.toThrow(/abort|asked to stop/);
});
