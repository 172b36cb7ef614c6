import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CliError, messageOf } from '../cli-error.ts';
import { type SeedItem, seedKinds } from './seed.rules.ts';

/** Reads the file of each kind in the folder. Throws a CliError that names the file and what was expected. */
export function readSeedItems(seedDir: string): SeedItem[] {
  return seedKinds.flatMap((kind) => {
    const file = `${kind.plural}.json`;
    return parseBodies(join(seedDir, file)).map((body, index) => ({ kind, place: `${file}[${index}]`, body }));
  });
}

function parseBodies(path: string): Record<string, unknown>[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new CliError(`${path} cannot be read: ${messageOf(error)}`);
  }
  if (Array.isArray(content) && content.every(isRecord)) return content;
  throw new CliError(`${path} is not a list of objects, one create body each.`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
