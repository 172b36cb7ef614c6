import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

/** An entry of a zip archive's central directory (PKWARE APPNOTE 4.3.12). */
type Entry = { name: string; isDeflated: boolean; packedBytes: number; headerAt: number; mode: number };

const endOfDirectory = 0x06054b50;
const endOfDirectoryBytes = 22;
const longestComment = 65_535;
const localHeaderBytes = 30;

/**
 * Unpacks the entries of a zip archive (a wheel is one) that `place` gives a path, relative to `target`. Done here, since
 * a bare machine has no unzip. Modes are 755 for what the archive calls runnable and for folders, else 644, whatever the
 * umask: another user must be able to read what root unpacks. Archives over 4 GB (zip64) are refused.
 */
export async function unpackZip(
  archive: string,
  target: string,
  place: (entry: string) => string | undefined,
): Promise<void> {
  const file = await open(archive, 'r');
  try {
    for (const entry of await readDirectory(file)) {
      const path = place(entry.name);
      if (path === undefined) continue;
      const full = join(target, normalize(`/${path}`));
      await makeOpenFolder(target, path.endsWith('/') ? full : dirname(full));
      if (!path.endsWith('/')) await unpackEntry(file, archive, entry, full);
    }
  } finally {
    await file.close();
  }
}

async function readDirectory(file: FileHandle): Promise<Entry[]> {
  const { size } = await file.stat();
  const tail = await readAt(file, Math.max(0, size - endOfDirectoryBytes - longestComment), size);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || tail.readUInt32LE(end) !== endOfDirectory) throw new Error('not a zip archive');
  const count = tail.readUInt16LE(end + 10);
  const bytes = tail.readUInt32LE(end + 12);
  const start = tail.readUInt32LE(end + 16);
  if (start === 0xffffffff || count === 0xffff) throw new Error('a zip64 archive, which is not understood');
  return parseDirectory(await readAt(file, start, start + bytes), count);
}

function parseDirectory(directory: Buffer, count: number): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; entries.length < count; ) {
    const nameBytes = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameBytes),
      isDeflated: directory.readUInt16LE(at + 10) === 8,
      packedBytes: directory.readUInt32LE(at + 20),
      headerAt: directory.readUInt32LE(at + 42),
      mode: directory.readUInt32LE(at + 38) >>> 16,
    });
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

async function unpackEntry(file: FileHandle, archive: string, entry: Entry, path: string): Promise<void> {
  const header = await readAt(file, entry.headerAt, entry.headerAt + localHeaderBytes);
  const start = entry.headerAt + localHeaderBytes + header.readUInt16LE(26) + header.readUInt16LE(28);
  const out = createWriteStream(path);
  if (entry.packedBytes === 0) await pipeline([], out);
  else {
    const packed = createReadStream(archive, { start, end: start + entry.packedBytes - 1, highWaterMark: 1 << 20 });
    await (entry.isDeflated ? pipeline(packed, createInflateRaw(), out) : pipeline(packed, out));
  }
  await chmod(path, (entry.mode & 0o111) === 0 ? 0o644 : 0o755);
}

async function makeOpenFolder(target: string, folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true });
  if (made === undefined) return;
  for (let step = folder; step.length > target.length; step = dirname(step)) await chmod(step, 0o755);
}

async function readAt(file: FileHandle, start: number, end: number): Promise<Buffer> {
  const buffer = Buffer.alloc(end - start);
  await file.read(buffer, 0, buffer.length, start);
  return buffer;
}
