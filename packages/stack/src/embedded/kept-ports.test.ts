import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { serverNames } from '../servers.ts';
import { allocatePorts } from './kept-ports.ts';

const all = new Set(serverNames);

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ortoo-ports-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

async function occupy(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
}

test('a clone gets six ports of its own, and the same ones again', async () => {
  const folder = dataFolder();
  const ports = await allocatePorts(folder, all, () => {});
  const numbers = Object.values(ports).flatMap(({ main, second }) => [main, second]);
  expect(new Set(numbers).size).toBe(6);
  expect(await allocatePorts(folder, all, () => {})).toEqual(ports);
});

test('a port that someone took is replaced, with a line naming the holder, and the new one is kept', async () => {
  const folder = dataFolder();
  const before = await allocatePorts(folder, all, () => {});
  await occupy(before.mongodb.main);
  const lines: string[] = [];
  const after = await allocatePorts(folder, all, (line) => lines.push(line));
  expect(after).toEqual({ ...before, mongodb: { ...before.mongodb, main: expect.any(Number) } });
  expect(after.mongodb.main).not.toBe(before.mongodb.main);
  expect(lines.join()).toContain(`mongodb: port ${before.mongodb.main} is held by process ${process.pid}`);
  expect(await allocatePorts(folder, all, () => {})).toEqual(after);
});

test('the busy port of a server that is not started now is left as it is: it may be the one running', async () => {
  const folder = dataFolder();
  const before = await allocatePorts(folder, all, () => {});
  await occupy(before.nats.main);
  expect(await allocatePorts(folder, new Set(['mongodb'] as const), () => {})).toEqual(before);
});
