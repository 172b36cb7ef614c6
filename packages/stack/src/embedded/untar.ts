import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const BLOCK = 512;

/**
 * Unpacks the files of a gzipped tar archive (what npm serves is one) that `place` gives a path, relative to `target`. The whole
 * archive is held in memory: it is for small ones. All become readable for everybody.
 */
export async function unpackTgz(
  archive: string,
  target: string,
  place: (entry: string) => string | undefined,
): Promise<void> {
  const data = await promisify(gunzip)(await readFile(archive));
  for (let at = 0; at + BLOCK <= data.length && data[at] !== 0; ) {
    const { name, bytes, isFile } = readHeader(data.subarray(at, at + BLOCK));
    const path = isFile ? place(name) : undefined;
    const start = at + BLOCK;
    if (path !== undefined) {
      const full = join(target, normalize(`/${path}`));
      await mkdir(dirname(full), { recursive: true, mode: 0o755 });
      await writeFile(full, data.subarray(start, start + bytes), { mode: 0o644 });
    }
    at = start + Math.ceil(bytes / BLOCK) * BLOCK;
  }
}

/** A header of the format ustar (POSIX.1-1988). */
function readHeader(header: Buffer): { name: string; bytes: number; isFile: boolean } {
  const textAt = (from: number, length: number) => header.toString('utf8', from, from + length).replace(/\0.*$/s, '');
  if (textAt(257, 5) !== 'ustar') throw new Error('not a tar archive');
  const bytes = Number.parseInt(textAt(124, 12).trim(), 8);
  if (!(bytes >= 0)) throw new Error('a tar archive whose sizes are not understood');
  const prefix = textAt(345, 155);
  const type = textAt(156, 1);
  return {
    name: prefix === '' ? textAt(0, 100) : `${prefix}/${textAt(0, 100)}`,
    bytes,
    isFile: type === '0' || type === '',
  };
}
