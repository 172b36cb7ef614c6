import { mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, createLogger, type Logger, systemClock } from '@ortoo/shared/kernel';
import { openTestNamespace, type TestNamespace } from '@ortoo/shared/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureFirstKey, FIRST_KEY_ID } from '../src/keys/first-key.ts';
import { createKeyRing } from '../src/keys/key-ring.ts';
import { deriveSecrets } from '../src/secrets.ts';
import { openKeys, SECRET } from './support/portal.ts';

const pepper = deriveSecrets(SECRET).keyPepper;
let space: TestNamespace;
let keys: Awaited<ReturnType<typeof openKeys>>;
let folder: string;
beforeEach(async () => {
  space = await openTestNamespace();
  keys = await openKeys(space);
  folder = await mkdtemp(join(tmpdir(), 'ortoo-keys-'));
});
afterEach(async () => {
  await keys.closeKeys();
  await rm(folder, { recursive: true });
  await space.dispose();
});

const ensure = (options: { file?: string; log?: Logger } = {}) =>
  ensureFirstKey({ store: keys.keyStore, pepper, clock: systemClock, log: space.log, ...options });
const authenticate = (key: string) =>
  createKeyRing({ store: keys.keyStore, pepper, clock: systemClock }).authenticate(`Bearer ${key.trim()}`);

/** A log whose lines a test can read. */
function createReadableLog() {
  const lines: Record<string, unknown>[] = [];
  const log = createLogger({ service: 'test', level: 'info' });
  log.info = ((line: Record<string, unknown>) => void lines.push(line)) as Logger['info'];
  return { log, lines };
}

test('the first admin key is written to its file, for its owner only, and works', async () => {
  const file = join(folder, 'admin-key');
  await ensure({ file });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await authenticate(await readFile(file, 'utf8'))).toEqual({
    type: 'key',
    id: FIRST_KEY_ID,
    scopes: ['admin'],
  });
  expect(await readdir(folder)).toEqual(['admin-key']);
});

test('of many replicas that start at once, one makes the key, and its file is the one that works', async () => {
  const file = join(folder, 'admin-key');
  const { log, lines } = createReadableLog();
  await Promise.all(Array.from({ length: 8 }, () => ensure({ file, log })));
  expect(lines).toHaveLength(1);
  expect(await readdir(folder)).toEqual(['admin-key']);
  expect((await authenticate(await readFile(file, 'utf8'))).scopes).toEqual(['admin']);
});

test('where another replica completes the file before the one that made the key does, it is said once', async () => {
  const file = join(folder, 'admin-key');
  const { log, lines } = createReadableLog();
  const insert = async (...key: Parameters<typeof keys.keyStore.insert>) => {
    const isMade = await keys.keyStore.insert(...key);
    await ensure({ file, log });
    return isMade;
  };
  const store = { ...keys.keyStore, insert };
  await ensureFirstKey({ store, pepper, clock: systemClock, log, file });
  expect(lines).toEqual([{ file }]);
  expect((await authenticate(await readFile(file, 'utf8'))).scopes).toEqual(['admin']);
});

test('without a file the key is printed once', async () => {
  const { log, lines } = createReadableLog();
  await ensure({ log });
  await ensure({ log });
  expect(lines).toEqual([{ adminKey: expect.stringMatching(/^ok_live_/) }]);
  expect((await authenticate(lines[0]?.adminKey as string)).scopes).toEqual(['admin']);
});

test('a file that cannot be written stops the start, and no key is made', async () => {
  await expect(ensure({ file: join(folder, 'missing', 'admin-key') })).rejects.toThrow(/ADMIN_KEY_FILE/);
  expect(await keys.keyStore.find(FIRST_KEY_ID)).toBeUndefined();
});

test('without a file and with a log that would not show the key, the start stops and no key is made', async () => {
  const log = createLogger({ service: 'test', level: 'silent' });
  await expect(ensure({ log })).rejects.toThrow(ConfigError);
  await expect(ensure({ log })).rejects.toThrow(/ADMIN_KEY_FILE/);
  expect(await keys.keyStore.find(FIRST_KEY_ID)).toBeUndefined();
});

test('a start that died before the file got its name is completed by the next', async () => {
  const file = join(folder, 'admin-key');
  await ensure({ file });
  const text = await readFile(file, 'utf8');
  await rename(file, `${file}.abcdef.new`);
  await ensure({ file });
  expect([await readFile(file, 'utf8'), await readdir(folder)]).toEqual([text, ['admin-key']]);
});

test('a revoked admin key stays revoked and is not made again', async () => {
  const file = join(folder, 'admin-key');
  await ensure({ file });
  const text = await readFile(file, 'utf8');
  await keys.keyStore.revoke(FIRST_KEY_ID, systemClock.now());
  await ensure({ file });
  await expect(authenticate(text)).rejects.toThrow(expect.objectContaining({ reason: 'key.revoked' }));
});

test('what is stored of a key does not hold its secret', async () => {
  const file = join(folder, 'admin-key');
  await ensure({ file });
  const secret = (await readFile(file, 'utf8')).split('_')[3] ?? '';
  expect(secret).toHaveLength(64);
  expect(JSON.stringify(await keys.keyStore.find(FIRST_KEY_ID))).not.toContain(secret);
});
