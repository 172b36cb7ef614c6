import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Amount, compareAmounts, isCurrency } from './money.ts';
import { createParser } from './parse.ts';

const parse = createParser(Amount);

test.each(['0', '0.5', '185000', '12.50', '999999999999999.9999'])('%s is an amount', (text) => {
  expect(parse(text)).toBe(text);
});

test.each(['', '-1', '+1', '1.', '.5', '01', '1,5', '1e3', ' 1', '1.23456', '1000000000000000', 'NaN', 5, null])(
  '%j is no amount',
  (value) => {
    expect(() => parse(value)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
  },
);

test.each([
  ['1.5', '1.50', 0],
  ['0', '0.0000', 0],
  ['9', '10', -1],
  ['0.1', '0.09', 1],
  ['999999999999999.9999', '999999999999999.9998', 1],
])('%s against %s is %i', (first, second, expected) => {
  expect(compareAmounts(first, second)).toBe(expected);
});

/** An amount by its ten-thousandths, written with as many zeros at the end as asked. */
const amounts = fc
  .tuple(fc.bigInt({ min: 0n, max: 9_999_999_999_999_999_999n }), fc.nat(4))
  .map(([smallest, decimals]) => {
    const digits = smallest.toString().padStart(5, '0');
    const fraction = digits.slice(-4).replace(/0+$/, '').padEnd(decimals, '0');
    return { smallest, text: `${digits.slice(0, -4)}${fraction ? `.${fraction}` : ''}` };
  });

test('amounts compare as the numbers that they write, to the last digit, however many zeros follow', () => {
  fc.assert(
    fc.property(amounts, amounts, (first, second) => {
      expect(parse(first.text)).toBe(first.text);
      const expected = first.smallest === second.smallest ? 0 : first.smallest < second.smallest ? -1 : 1;
      expect(compareAmounts(first.text, second.text)).toBe(expected);
      expect(compareAmounts(second.text, first.text)).toBe(0 - expected);
    }),
  );
});

test.each([
  ['MNT', true],
  ['USD', true],
  ['CNY', true],
  ['XQQ', false],
  ['mnt', false],
])('%s is a currency: %s', (code, expected) => {
  expect(isCurrency(code)).toBe(expected);
});
