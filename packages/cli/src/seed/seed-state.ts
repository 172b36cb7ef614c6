import { readFileSync } from 'node:fs';
import { writeState } from '../state/run-file.ts';
import type { SeedCounts } from './seed.rules.ts';

type SeedState = { state: 'running' } | ({ state: 'done' } & SeedCounts);

/** Whether an earlier loading of `data/` into the same store began and did not come to its end. */
export function wasSeedCutShort(path: string): boolean {
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { state?: unknown }).state === 'running';
  } catch {
    return false;
  }
}

export function noteSeed(path: string, state: SeedState): void {
  writeState(path, state);
}
