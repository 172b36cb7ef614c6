import { readFileSync } from 'node:fs';

/** The first admin key, where the gateway keeps it; undefined when it made none here. */
export function readAdminKey(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}
