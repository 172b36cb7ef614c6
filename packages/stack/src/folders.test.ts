import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cannotWrite, closedTo, locateFolders, makeFolder } from './folders.ts';

const user = 1000;
const root = 0;

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ortoo-folders-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('an ordinary user has all data in the clone and the cache in its home', () => {
  const folders = locateFolders('/clone', { HOME: '/u' }, user);
  expect(folders.servers).toEqual({
    mongodb: '/clone/.ortoo/mongodb',
    nats: '/clone/.ortoo/nats',
    elasticsearch: '/clone/.ortoo/elasticsearch',
  });
  expect(folders.cache).toBe('/u/.cache/ortoo');
  expect(locateFolders('/clone', { XDG_CACHE_HOME: '/x' }, user).cache).toBe('/x/ortoo');
});

test('root keeps what Elasticsearch needs where another user can reach it, apart for each clone', () => {
  const one = locateFolders('/clone', {}, root);
  expect(one.servers.elasticsearch).toMatch(/^\/var\/lib\/ortoo\/[0-9a-f]{12}\/elasticsearch$/);
  expect(one.servers.mongodb).toBe('/clone/.ortoo/mongodb');
  expect(one.cache).toBe('/var/cache/ortoo');
  expect(locateFolders('/other', {}, root).servers.elasticsearch).not.toBe(one.servers.elasticsearch);
  expect(locateFolders('/clone', { ORTOO_DATA_DIR: '/d' }, root).servers.elasticsearch).not.toBe(
    one.servers.elasticsearch,
  );
});

test('ORTOO_DATA_DIR and ORTOO_CACHE_DIR are taken as they are named', () => {
  const folders = locateFolders('/clone', { ORTOO_DATA_DIR: 'own', ORTOO_CACHE_DIR: '/c' }, user);
  expect(folders.data).toBe('/clone/own');
  expect(folders.cache).toBe('/c');
});

test('a folder is made with its mode whatever the umask is', () => {
  const before = process.umask(0o077);
  onTestFinished(() => void process.umask(before));
  const folder = temporaryFolder();
  makeFolder(join(folder, 'a', 'b'), 0o755);
  expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o755);
  expect(statSync(join(folder, 'a', 'b')).mode & 0o777).toBe(0o755);
});

test('the folder that keeps another user out is named', () => {
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'closed', 'inner'), { recursive: true });
  const stranger = 64_999;
  expect(closedTo(join(folder, 'closed', 'inner'), stranger)).toBeUndefined();
  chmodSync(join(folder, 'closed'), 0o700);
  expect(closedTo(join(folder, 'closed', 'inner'), stranger)).toBe(join(folder, 'closed'));
});

test.each([
  ['EACCES', /cannot be written by this user/],
  ['ENOSPC', /is full/],
  ['EROFS', /cannot be written: read-only/],
])('%s becomes one clear sentence', (code, sentence) => {
  const error = Object.assign(new Error('read-only'), { code });
  expect(cannotWrite('/data', error).message).toMatch(sentence);
});
