import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createGuard, type Guard } from '../guard.ts';
import { commandLineOf, membersOfGroup } from '../process-table.ts';
import { askTool, bytesIn, type DownloadSpec, runDownload } from './tool.ts';

let folder: string;
let guard: Guard;
const env = { PATH: process.env.PATH };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ortoo-tool-'));
  guard = createGuard();
});
afterEach(() => {
  guard.release();
  rmSync(folder, { recursive: true });
});

const download = (script: string, change: Partial<DownloadSpec> = {}) =>
  runDownload({ command: 'sh', args: ['-c', script, folder], env, folder, guard, onProgress: () => {}, ...change });

test('the bytes that lie in the folder are told while the client works', async () => {
  const seen: number[] = [];
  const script = 'mkdir sub; printf 12345 > sub/one; sleep 0.3; printf 12345 > two; sleep 0.3';
  const result = await download(script, { everyMs: 50, onProgress: (bytes) => seen.push(bytes) });
  expect(result).toMatchObject({ code: 0, isStalled: false });
  expect(seen).toContain(5);
  expect(seen.at(-1)).toBe(10);
});

test('a client that writes nothing for too long is ended', async () => {
  const result = await download('sleep 60', { everyMs: 20, stallMs: 200 });
  expect(result.isStalled).toBe(true);
});

test('aborting ends the client and all that it started', async () => {
  const abort = new AbortController();
  const script = 'echo $$ > pid; sleep 60 & wait';
  const running = download(script, { signal: abort.signal });
  const readPid = async () => Number((await askTool('cat', [join(folder, 'pid')], env)).output);
  await expect.poll(readPid).toBeGreaterThan(0);
  const pid = await readPid();
  abort.abort(new Error('asked to stop'));
  await expect(running).rejects.toThrow('asked to stop');
  await expect.poll(() => membersOfGroup(pid).map(commandLineOf)).toEqual([]);
});

test('a command that does not exist is an answer', async () => {
  expect(await askTool('no-such-command-here', [], env)).toMatchObject({ code: null, isMissing: true });
});

test('what a client printed is kept with its exit code', async () => {
  expect(await download('echo out; echo err >&2; exit 3')).toEqual({ code: 3, output: 'out\nerr\n', isStalled: false });
});

test('a folder that is not there has no bytes', () => {
  writeFileSync(join(folder, 'a'), '123');
  expect(bytesIn(folder)).toBe(3);
  expect(bytesIn(join(folder, 'none'))).toBe(0);
});
