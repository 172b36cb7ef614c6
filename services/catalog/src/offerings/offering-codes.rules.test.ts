import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isGtin, settleCodes } from './offering-codes.rules.ts';

test.each(['96385074', '614141000036', '4006381333931', '00012345600012', '10614141000415'])(
  '%s is a GTIN',
  (digits) => {
    expect(isGtin(digits)).toBe(true);
  },
);

test('any other last digit makes a GTIN none, whatever its length', () => {
  const gtins = fc.constantFrom(7, 11, 12, 13).chain((length) => fc.stringMatching(new RegExp(`^\\d{${length}}$`)));
  fc.assert(
    fc.property(gtins, (body) => {
      const valid = Array.from({ length: 10 }, (_, digit) => `${body}${digit}`).filter(isGtin);
      expect(valid).toHaveLength(1);
    }),
  );
});

test('a digit that was mistyped is always found', () => {
  const slips = fc.tuple(fc.nat(12), fc.integer({ min: 1, max: 9 }));
  fc.assert(
    fc.property(slips, ([place, by]) => {
      const digits = Array.from('4006381333931');
      digits[place] = String((Number(digits[place]) + by) % 10);
      expect(isGtin(digits.join(''))).toBe(false);
    }),
  );
});

test.each([
  ['2523.29', '252329'],
  ['2523', '2523'],
  ['2523.29.00.10', '2523290010'],
])('the HS code %s is stored as %s', (hsCode, plain) => {
  expect(settleCodes({ hsCode })).toEqual({ codes: { hsCode: plain }, faults: [] });
});

test.each([
  [
    { gtin: '4006381333932' },
    {
      pointer: '/gtin',
      message: 'has a last digit that does not fit the others',
      expected: 'a GTIN with its check digit',
      reason: 'offering.gtin-invalid',
    },
  ],
  [
    { hsCode: '0011' },
    {
      pointer: '/hsCode',
      message: 'begins with 00, which is no chapter',
      expected: 'a chapter from 01 to 99, and not 77',
      reason: 'offering.hs-code-invalid',
    },
  ],
  [
    { hsCode: '7701.10' },
    {
      pointer: '/hsCode',
      message: 'begins with 77, which is no chapter',
      expected: 'a chapter from 01 to 99, and not 77',
      reason: 'offering.hs-code-invalid',
    },
  ],
])('%j is refused at its place', (codes, fault) => {
  expect(settleCodes(codes).faults).toEqual([fault]);
});
