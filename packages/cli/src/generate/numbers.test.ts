import { gtinCheckDigit } from '@ortoo/shared/contracts';
import { createSeededRandom } from '@ortoo/shared/kernel';
import { expect, test } from 'vitest';
import { companyKey, drawAmount, drawGtin, drawPhone } from './numbers.ts';

test('a GTIN has 13 digits, begins with 2 and ends with its check digit', () => {
  const random = createSeededRandom(3);
  for (let turn = 0; turn < 500; turn += 1) {
    const gtin = drawGtin(random);
    expect(gtin).toMatch(/^2\d{12}$/);
    expect(gtinCheckDigit(gtin.slice(0, -1))).toBe(Number(gtin.at(-1)));
  }
});

test('a phone has eight digits behind a prefix in use, with or without +976', () => {
  const random = createSeededRandom(4);
  for (let turn = 0; turn < 500; turn += 1) {
    const { raw, kind } = drawPhone(random);
    expect(raw.replace(/^\+976/, '').replace(/\D/g, '')).toMatch(kind === 'mobile' ? /^[89]\d{7}$/ : /^7\d{7}$/);
  }
});

test('prices lie log-normally around the middle one', () => {
  const random = createSeededRandom(5);
  const amounts = Array.from({ length: 5001 }, () => drawAmount(random, 50_000)).sort((a, b) => a - b);
  expect(amounts[2500]).toSatisfy((median: number) => median > 47_000 && median < 53_000);
  const logs = amounts.map((amount) => Math.log(amount / 50_000));
  expect(Math.sqrt(logs.reduce((sum, log) => sum + log ** 2, 0) / logs.length)).toBeCloseTo(0.45, 1);
});

test('keys of companies are TypeIDs in the order of their index', () => {
  const keys = [0, 1, 31, 32, 5_999_999].map((index) => companyKey(createSeededRandom(1, index), index));
  for (const key of keys) expect(key).toMatch(/^company_01[0-9a-hjkmnp-tv-z]{24}$/);
  expect([...keys].sort()).toEqual(keys);
});
