import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unpackTgz } from './untar.ts';

type Entry = { name: string; text: string; type?: string; prefix?: string };

/** A tar archive as POSIX lays it out. */
function buildTgz(entries: Entry[]): Buffer {
  const parts = entries.map(({ name, text, type = '0', prefix = '' }) => {
    const header = Buffer.alloc(512);
    const data = Buffer.from(text);
    header.write(name, 0);
    header.write(`${data.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write(type, 156);
    header.write('ustar', 257);
    header.write(prefix, 345);
    return Buffer.concat([header, data, Buffer.alloc((512 - (data.length % 512)) % 512)]);
  });
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(1024)]));
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ortoo-untar-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function unpack(archive: Buffer, place: (entry: string) => string | undefined): Promise<string> {
  writeFileSync(join(folder, 'a.tgz'), archive);
  const target = join(folder, 'target');
  await unpackTgz(join(folder, 'a.tgz'), target, place);
  return target;
}

test('only files that have a place are unpacked, whole and readable for everybody', async () => {
  const long = 'хүн\n'.repeat(500);
  const archive = buildTgz([
    { name: 'about', text: 'pax', type: 'x' },
    { name: 'package/', text: '', type: '5' },
    { name: 'package/index.dic', text: long },
    { name: 'package/index.js', text: 'x' },
    { name: 'index.aff', text: 'SET UTF-8', prefix: 'package' },
  ]);
  const places: Record<string, string> = {
    'package/index.dic': 'mn.dic',
    'package/index.aff': 'sub/mn.aff',
    about: 'about',
  };
  const target = await unpack(archive, (entry) => places[entry]);
  expect(readdirSync(target, { recursive: true, encoding: 'utf8' }).toSorted()).toEqual([
    'mn.dic',
    'sub',
    'sub/mn.aff',
  ]);
  expect(readFileSync(join(target, 'mn.dic'), 'utf8')).toBe(long);
  expect(readFileSync(join(target, 'sub/mn.aff'), 'utf8')).toBe('SET UTF-8');
  expect(statSync(join(target, 'mn.dic')).mode & 0o777).toBe(0o644);
});

test('nothing leaves the target, whatever an archive calls its files', async () => {
  const target = await unpack(buildTgz([{ name: '../../evil', text: 'x' }]), (entry) => entry);
  expect(readdirSync(target)).toEqual(['evil']);
});

test('what is no tar archive is refused', async () => {
  await expect(unpack(gzipSync(Buffer.alloc(1024, 1)), () => 'x')).rejects.toThrow('not a tar archive');
});
