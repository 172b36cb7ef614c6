import { expect, test } from 'vitest';
import { COMPANIES_MAX, registrationNumber } from './registration-number.ts';

test.each([0, 7, COMPANIES_MAX - 1, Number.MAX_SAFE_INTEGER])(
  'registration numbers have seven digits, begin with 1 to 6 and are never given twice: seed %d',
  (seed) => {
    const numbers = Array.from({ length: 200_000 }, (_, index) => registrationNumber(seed, index));
    for (const last of [COMPANIES_MAX - 2, COMPANIES_MAX - 1]) numbers.push(registrationNumber(seed, last));
    expect(numbers.every((number) => /^[1-6]\d{6}$/.test(number))).toBe(true);
    expect(new Set(numbers).size).toBe(numbers.length);
  },
);

test('the step of registration numbers shares no divisor with their count, so that all are used before one returns', () => {
  const first = Number(registrationNumber(0, 0));
  const step = Number(registrationNumber(0, 1)) - first;
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  expect(divisor(step, COMPANIES_MAX)).toBe(1);
});
