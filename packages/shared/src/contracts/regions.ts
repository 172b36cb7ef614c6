import type { RuleFault } from './edits.ts';

const HOME = 'MN';

/** The capital and the 21 aimags. Source: ISO 3166-2:MN. */
export const mongolianRegions: readonly string[] = [
  ...['MN-1', 'MN-035', 'MN-037', 'MN-039', 'MN-041', 'MN-043', 'MN-046', 'MN-047', 'MN-049', 'MN-051', 'MN-053'],
  ...['MN-055', 'MN-057', 'MN-059', 'MN-061', 'MN-063', 'MN-064', 'MN-065', 'MN-067', 'MN-069', 'MN-071', 'MN-073'],
];

type Place = { country?: string | undefined; region?: string | undefined };

/**
 * The fault of an address whose region is not one of Mongolia's, or lies in another country than it says. The regions of
 * other countries are held to their form alone.
 */
export function regionFaults({ country, region }: Place, pointer: string, reason: string): RuleFault[] {
  if (region === undefined) return [];
  const at = { pointer: `${pointer}/region`, reason };
  const owner = region.slice(0, region.indexOf('-'));
  if (country !== undefined && country !== owner) {
    return [{ ...at, message: `is not in ${country}`, expected: `a code of ISO 3166-2 that begins with ${country}-` }];
  }
  if (owner !== HOME || mongolianRegions.includes(region)) return [];
  return [{ ...at, message: 'is not a region of Mongolia', expected: 'MN-1 or the code of an aimag (ISO 3166-2:MN)' }];
}
