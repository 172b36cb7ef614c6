import { expect, test } from 'vitest';
import {
  COMPANIES_MAX,
  companyKey,
  drawAmount,
  drawGtin,
  drawPhone,
  gtinCheckDigit,
  registrationNumber,
} from './numbers.ts';
import { createRandom } from './random.ts';

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

test.each([
  ['400638133393', 1],
  ['978030640615', 7],
  ['001234567890', 5],
])('the check digit of %s is %d', (digits, check) => expect(gtinCheckDigit(digits)).toBe(check));

test('a GTIN has 13 digits, begins with 2 and ends with its check digit', () => {
  const random = createRandom(3);
  for (let turn = 0; turn < 500; turn += 1) {
    const gtin = drawGtin(random);
    expect(gtin).toMatch(/^2\d{12}$/);
    expect(gtinCheckDigit(gtin.slice(0, -1))).toBe(Number(gtin.at(-1)));
  }
});

test('a phone has eight digits behind a prefix in use, with or without +976', () => {
  const random = createRandom(4);
  for (let turn = 0; turn < 500; turn += 1) {
    const { raw, kind } = drawPhone(random);
    expect(raw.replace(/^\+976/, '').replace(/\D/g, '')).toMatch(kind === 'mobile' ? /^[89]\d{7}$/ : /^7\d{7}$/);
  }
});

test('prices lie log-normally around the middle one', () => {
  const random = createRandom(5);
  const amounts = Array.from({ length: 5001 }, () => drawAmount(random, 50_000)).sort((a, b) => a - b);
  expect(amounts[2500]).toSatisfy((median: number) => median > 47_000 && median < 53_000);
  const logs = amounts.map((amount) => Math.log(amount / 50_000));
  expect(Math.sqrt(logs.reduce((sum, log) => sum + log ** 2, 0) / logs.length)).toBeCloseTo(0.45, 1);
});

test('keys of companies are TypeIDs in the order of their index', () => {
  const keys = [0, 1, 31, 32, 5_999_999].map((index) => companyKey(createRandom(1, index), index));
  for (const key of keys) expect(key).toMatch(/^company_01[0-9a-hjkmnp-tv-z]{24}$/);
  expect([...keys].sort()).toEqual(keys);
});
