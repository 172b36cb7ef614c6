import { readFileSync } from 'node:fs';
import type { CliConfig } from '../config.ts';

/** The first admin key, where the gateway keeps it; undefined when it made none here. */
export function readAdminKey(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}

/** The key for the Ortoo of this folder: ORTOO_KEY, unless it goes with ORTOO_URL to another one, else the first admin key. */
export function findOwnKey(
  { apiUrl, apiKey }: Pick<CliConfig, 'apiUrl' | 'apiKey'>,
  keyFile: string,
): string | undefined {
  return (apiUrl === undefined ? apiKey : undefined) ?? readAdminKey(keyFile);
}
