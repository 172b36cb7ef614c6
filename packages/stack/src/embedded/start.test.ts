import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { buildNatsConfig } from './nats-server.ts';
import { hintFor, readableTail } from './start.ts';

test.each([
  ['mongod: error while loading shared libraries: libcurl.so.4: cannot open', 'Install libcurl.so.4'],
  ["mongod: /lib/libc.so.6: version `GLIBC_2.34' not found", 'glibc 2.35'],
  ['java.io.IOException: No space left on device', 'make room'],
])('a fault that many machines have gets its remedy: %s', (line, remedy) => {
  expect(hintFor(['before', line])).toContain(remedy);
});

test('an unknown fault gets no invented remedy', () => {
  expect(hintFor(['it just died'])).toBeUndefined();
});

test('the tail of a log is what a person reads, also of a server that logs JSON', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ortoo-tail-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const log = join(folder, 'log');
  const line = { t: { $date: 'now' }, s: 'E', c: 'STORAGE', msg: 'Failed to open', attr: { error: 'DBPathInUse' } };
  writeFileSync(log, `plain\n\n${JSON.stringify(line)}\n{"t":torn\n`);
  expect(readableTail(log)).toEqual(['plain', 'E Failed to open: "DBPathInUse"', '{"t":torn']);
  expect(readableTail(join(folder, 'none'))).toEqual([]);
});

test('nats-server listens on 127.0.0.1 only, and a folder with odd characters is quoted', () => {
  const config = buildNatsConfig({ port: 1, monitorPort: 2, store: '/a "b" c' });
  expect(config).toContain('listen: "127.0.0.1:1"');
  expect(config).toContain('http: "127.0.0.1:2"');
  expect(config).toContain('store_dir: "/a \\"b\\" c"');
});
