import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { CliError, errnoOf, messageOf } from '../cli-error.ts';

/**
 * Writes chunks as fast as the reader takes them: no more than one waits. Answers false when the reader went away, as
 * `head` does once it has enough.
 */
export async function writeLines(chunks: Iterable<string>, out: Writable): Promise<boolean> {
  try {
    for (const chunk of chunks) {
      if (out.destroyed || out.writableEnded) return false;
      if (!out.write(chunk)) await once(out, 'drain');
    }
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EPIPE') return false;
    throw error;
  }
}

/** Writes chunks to a file, which is made anew, with its folder. Throws a CliError that names the file. */
export async function writeFile(chunks: Iterable<string>, path: string): Promise<void> {
  try {
    makeFolder(dirname(path));
    const file = createWriteStream(path);
    await Promise.all([finished(file), fill(chunks, file)]);
  } catch (error) {
    throw new CliError(`${path} cannot be written: ${messageOf(error)}`);
  }
}

/** Not by Node's `recursive`, which never returns where the parent is there and takes no folder, as under /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

async function fill(chunks: Iterable<string>, file: Writable): Promise<void> {
  await writeLines(chunks, file);
  file.end();
}
