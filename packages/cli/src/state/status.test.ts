import { expect, test } from 'vitest';
import type { RunFile } from './run-file.ts';
import { buildStatus, describeStatus, isAnythingUp } from './status.ts';

const nats = {
  name: 'nats',
  url: 'nats://127.0.0.1:1',
  version: '2',
  way: 'embedded',
  pid: 9,
  startedAt: 5,
  data: '/d',
  log: '/l',
} as const;
const run: RunFile = {
  format: 1,
  state: 'ready',
  supervisor: { pid: 1, startedAt: 1 },
  url: 'http://127.0.0.1:8080',
  services: {
    catalog: { pid: 2, startedAt: 2, opsUrl: 'http://127.0.0.1:9101' },
    gateway: { pid: 3, startedAt: 3, opsUrl: 'http://127.0.0.1:9100' },
  },
  servers: { nats },
};

test('the status of a running Ortoo names the gateway, each service and each server, and nothing more', () => {
  const status = buildStatus(run, {});
  expect(status).toEqual({
    gateway: { url: 'http://127.0.0.1:8080', pid: 3, opsUrl: 'http://127.0.0.1:9100' },
    services: {
      catalog: { pid: 2, opsUrl: 'http://127.0.0.1:9101' },
      gateway: { pid: 3, opsUrl: 'http://127.0.0.1:9100' },
    },
    servers: { nats: { url: 'nats://127.0.0.1:1', version: '2', way: 'embedded', pid: 9, data: '/d' } },
  });
  expect(isAnythingUp(status)).toBe(true);
});

test('with only the servers up there is no gateway', () => {
  const status = buildStatus(undefined, { nats });
  expect(status).toMatchObject({ gateway: null, services: {}, servers: { nats: { pid: 9 } } });
  expect(isAnythingUp(status)).toBe(true);
});

test('nothing up is told as such', () => {
  expect(isAnythingUp(buildStatus(undefined, {}))).toBe(false);
});

test('people are shown where everything is, and where the data lies that a wipe removes', () => {
  const lines = describeStatus(buildStatus(run, {}), 'ready').split('\n');
  expect(lines[0]).toBe('Ortoo is ready: http://127.0.0.1:8080');
  expect(lines.find((line) => line.startsWith('nats'))).toMatch(/nats:\/\/127\.0\.0\.1:1 .* pid 9 +data \/d$/);
});
