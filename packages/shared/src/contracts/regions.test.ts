import { expect, test } from 'vitest';
import { mongolianRegions, regionFaults } from './regions.ts';

test('Mongolia has its capital and 21 aimags, each once', () => {
  expect(new Set(mongolianRegions).size).toBe(22);
});

test.each([
  {},
  { country: 'MN' },
  { region: 'MN-1' },
  { country: 'MN', region: 'MN-073' },
  { country: 'KR', region: 'KR-11' },
  { region: 'CN-XX' },
])('%j is an address', (place) => {
  expect(regionFaults(place, '/address', 'x.region')).toEqual([]);
});

const inMongolia = {
  message: 'is not a region of Mongolia',
  expected: 'MN-1 or the code of an aimag (ISO 3166-2:MN)',
};

test.each([
  [{ region: 'MN-2' }, inMongolia],
  [{ country: 'MN', region: 'MN-53' }, inMongolia],
  [{ country: 'MN', region: 'MN-01' }, inMongolia],
  [
    { country: 'KR', region: 'MN-1' },
    { message: 'is not in KR', expected: 'a code of ISO 3166-2 that begins with KR-' },
  ],
  [
    { country: 'MN', region: 'KR-11' },
    { message: 'is not in MN', expected: 'a code of ISO 3166-2 that begins with MN-' },
  ],
])('%j is none', (place, said) => {
  expect(regionFaults(place, '/address', 'x.region')).toEqual([
    { pointer: '/address/region', reason: 'x.region', ...said },
  ]);
});
