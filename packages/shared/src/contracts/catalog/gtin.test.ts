import { expect, test } from 'vitest';
import { gtinCheckDigit } from './gtin.ts';

test.each([
  ['400638133393', 1],
  ['978030640615', 7],
  ['001234567890', 5],
])('the check digit of %s is %d', (digits, check) => expect(gtinCheckDigit(digits)).toBe(check));
