import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance } from './edit-distance.ts';

test.each([
  ['govi', 'govi', 0],
  ['govi', 'gowi', 1],
  ['govi', 'gvoi', 1],
  ['govi', 'govii', 1],
  ['govi', 'ovi', 1],
  ['govi', 'cement', 6],
  ['', 'abc', 3],
  ['🏗a', '🏗b', 1],
])('%s and %s are %i apart', (one, other, expected) => {
  expect(editDistance(one, other, 10)).toBe(expected);
});

test('what is further apart than the most is one more than it', () => {
  expect(editDistance('govi', 'cement', 2)).toBe(3);
});

const words = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'ө'), maxLength: 8 });

test('the distance is the same in both directions, nothing for the same word, and never more than the longer word', () => {
  fc.assert(
    fc.property(words, words, fc.nat(9), (one, other, most) => {
      const distance = editDistance(one, other, 20);
      expect(editDistance(other, one, 20)).toBe(distance);
      expect(distance === 0).toBe(one === other);
      expect(distance).toBeLessThanOrEqual(Math.max(one.length, other.length));
      expect(editDistance(one, other, most)).toBe(Math.min(distance, most + 1));
    }),
  );
});
