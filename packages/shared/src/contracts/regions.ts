import type { RuleFault } from './edits.ts';

const HOME = 'MN';

/** The capital and the 21 aimags, in Mongolian and in English. Source: ISO 3166-2:MN. */
export const regionNames: Record<string, readonly [mn: string, en: string]> = {
  'MN-1': ['Улаанбаатар', 'Ulaanbaatar'], 'MN-035': ['Орхон', 'Orkhon'], 'MN-037': ['Дархан-Уул', 'Darkhan-Uul'],
  'MN-039': ['Хэнтий', 'Khentii'], 'MN-041': ['Хөвсгөл', 'Khövsgöl'], 'MN-043': ['Ховд', 'Khovd'],
  'MN-046': ['Увс', 'Uvs'], 'MN-047': ['Төв', 'Töv'], 'MN-049': ['Сэлэнгэ', 'Selenge'],
  'MN-051': ['Сүхбаатар', 'Sükhbaatar'], 'MN-053': ['Өмнөговь', 'Ömnögovi'], 'MN-055': ['Өвөрхангай', 'Övörkhangai'],
  'MN-057': ['Завхан', 'Zavkhan'], 'MN-059': ['Дундговь', 'Dundgovi'], 'MN-061': ['Дорнод', 'Dornod'],
  'MN-063': ['Дорноговь', 'Dornogovi'], 'MN-064': ['Говьсүмбэр', 'Govisümber'], 'MN-065': ['Говь-Алтай', 'Govi-Altai'],
  'MN-067': ['Булган', 'Bulgan'], 'MN-069': ['Баянхонгор', 'Bayankhongor'], 'MN-071': ['Баян-Өлгий', 'Bayan-Ölgii'],
  'MN-073': ['Архангай', 'Arkhangai'],
}; // biome-ignore format: a table

export const mongolianRegions: readonly string[] = Object.keys(regionNames);

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
