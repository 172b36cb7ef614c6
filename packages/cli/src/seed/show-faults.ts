import type { Screen } from '../screen/screen.ts';
import type { SeedResult } from './seed.ts';

/** Shows every item that was refused, and what search does not show yet. */
export function showFaults({ faults, notFresh }: SeedResult, screen: Screen): void {
  for (const fault of faults) screen.fail(fault);
  if (notFresh !== null) screen.warn(notFresh);
}
