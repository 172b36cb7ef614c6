import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { basePortOf, describePortHolder, findFreePort, isPortFree, parseListeners } from './ports.ts';

let server: Server;
let port: number;

beforeEach(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as { port: number }).port;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

test('a port on which someone listens is not free, and its holder is named with number and command', async () => {
  expect(await isPortFree(port)).toBe(false);
  expect(describePortHolder(port)).toContain(`process ${process.pid} (`);
});

test('the search passes over busy and taken ports', async () => {
  const found = await findFreePort(port, new Set([port + 1]));
  expect(found).toBeGreaterThan(port + 1);
  expect(await isPortFree(found)).toBe(true);
});

test('only listening sockets of exactly this port are taken from the table', () => {
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 0100007F:5A3C 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4242 1 0 100 0 0 10 0',
    '   1: 0100007F:5A3C 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 4343 1 0 20 4 30 10 -1',
    '   2: 0100007F:5A3D 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4444 1 0 100 0 0 10 0',
  ].join('\n');
  expect(parseListeners(table, 0x5a3c)).toEqual([{ inode: '4242', uid: 1000 }]);
});

test('each clone starts looking at its own place, below the range of outgoing ports', () => {
  expect(basePortOf('/one/.ortoo')).toBe(basePortOf('/one/.ortoo'));
  expect(basePortOf('/one/.ortoo')).not.toBe(basePortOf('/two/.ortoo'));
  for (const dir of ['/a', '/b', '/c']) expect(basePortOf(dir)).toBeLessThan(32_768 - 500);
});
