import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unpackZip } from './unzip.ts';

type File = { name: string; text: string; mode: number; isDeflated?: boolean };

/** A zip archive as APPNOTE lays it out, with the sizes only in the central directory, as streaming writers do. */
function buildZip(files: File[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text, mode, isDeflated = true } of files) {
    const data = isDeflated ? deflateRawSync(text) : Buffer.from(text);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(isDeflated ? 8 : 0, 8);
    local.writeUInt16LE(name.length, 26);
    local.writeUInt16LE(4, 28);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(isDeflated ? 8 : 0, 10);
    central.writeUInt32LE(data.length, 20);
    central.writeUInt32LE(text.length, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE((mode << 16) >>> 0, 38);
    central.writeUInt32LE(offset, 42);
    directory.push(central, Buffer.from(name));
    const part = Buffer.concat([local, Buffer.from(name), Buffer.alloc(4), data]);
    parts.push(part);
    offset += part.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listing, end]);
}

let folder: string;
let archive: string;
let target: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ortoo-unzip-'));
  archive = join(folder, 'archive.zip');
  target = join(folder, 'target');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('only what is placed is unpacked, under its new path, packed or stored', async () => {
  const long = 'Монгол '.repeat(5_000);
  writeFileSync(
    archive,
    buildZip([
      { name: 'a/bin/run', text: long, mode: 0o755 },
      { name: 'a/lib/plain.txt', text: 'stored', mode: 0o640, isDeflated: false },
      { name: 'a/lib/empty', text: '', mode: 0o644, isDeflated: false },
      { name: 'b/unwanted', text: 'no', mode: 0o644 },
    ]),
  );
  await unpackZip(archive, target, (entry) => (entry.startsWith('a/') ? entry.slice(2) : undefined));
  expect(readFileSync(join(target, 'bin/run'), 'utf8')).toBe(long);
  expect(readFileSync(join(target, 'lib/plain.txt'), 'utf8')).toBe('stored');
  expect(readFileSync(join(target, 'lib/empty'), 'utf8')).toBe('');
  expect(readdirSync(target).sort()).toEqual(['bin', 'lib']);
});

test('everybody may read what is unpacked, whatever the umask and the archive say', async () => {
  writeFileSync(
    archive,
    buildZip([
      { name: 'bin/run', text: 'x', mode: 0o700 },
      { name: 'conf', text: 'y', mode: 0o600 },
    ]),
  );
  const before = process.umask(0o077);
  try {
    await unpackZip(archive, target, (entry) => entry);
  } finally {
    process.umask(before);
  }
  expect(statSync(join(target, 'bin')).mode & 0o777).toBe(0o755);
  expect(statSync(join(target, 'bin/run')).mode & 0o777).toBe(0o755);
  expect(statSync(join(target, 'conf')).mode & 0o777).toBe(0o644);
});

test('an entry cannot leave the target folder', async () => {
  writeFileSync(archive, buildZip([{ name: '../../escaped', text: 'x', mode: 0o644 }]));
  await unpackZip(archive, target, (entry) => entry);
  expect(readdirSync(folder).sort()).toEqual(['archive.zip', 'target']);
  expect(readdirSync(target)).toEqual(['escaped']);
});

test('a file that is no zip archive is refused', async () => {
  writeFileSync(archive, 'x'.repeat(1_000));
  await expect(unpackZip(archive, target, (entry) => entry)).rejects.toThrow('not a zip archive');
});
