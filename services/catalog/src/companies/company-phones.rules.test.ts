import fc from 'fast-check';
import { expect, test } from 'vitest';
import { settlePhones, toE164 } from './company-phones.rules.ts';

test.each([
  ['7012 3456', '+97670123456'],
  ['(976) 9911-2233', '+97699112233'],
  ['+976 11 123456', '+97611123456'],
  ['+82 2 1234 5678', '+82212345678'],
  ['80 11 22 33', '+97680112233'],
  ['0012 3456', undefined],
  ['3012 3456', undefined],
  ['7012 345', undefined],
  ['7012 34567', undefined],
  ['+1 23', undefined],
  ['call us', undefined],
])('%s is %s', (raw, e164) => {
  expect(toE164(raw)).toBe(e164);
});

test('each phone that is none is named at its own place, whatever e164 came with it', () => {
  const { faults, phones } = settlePhones({
    locations: [
      { kind: 'hq', address: {} },
      {
        kind: 'site',
        address: {},
        phones: [
          { raw: '7012 3456', e164: '+1' },
          { raw: 'no', e164: '+97670123456' },
        ],
      },
    ],
    contacts: [{ name: 'Bat', phone: { raw: 'none' } }],
  });
  expect(phones.locations?.[1]?.phones?.[0]).toEqual({ raw: '7012 3456', e164: '+97670123456' });
  expect(faults).toEqual([
    {
      pointer: '/locations/1/phones/1/raw',
      message: 'is not a phone number',
      expected: 'a phone number',
      reason: 'company.phone-invalid',
    },
    {
      pointer: '/contacts/0/phone/raw',
      message: 'is not a phone number',
      expected: 'a phone number',
      reason: 'company.phone-invalid',
    },
  ]);
});

test('members that are absent stay absent', () => {
  expect(settlePhones({})).toEqual({ phones: {}, faults: [] });
});

const national = fc.stringMatching(/^[125-9]\d{7}$/);
const gap = fc.constantFrom('', ' ', '-', '.', '  ');

test('a Mongolian number is the same however it is typed, and its E.164 form gives itself', () => {
  fc.assert(
    fc.property(
      national,
      fc.constantFrom('', '+976 ', '976-', '(976) '),
      fc.array(gap, { minLength: 8, maxLength: 8 }),
      (digits, code, gaps) => {
        const typed = code + Array.from(digits, (digit, place) => digit + (place < 7 ? gaps[place] : '')).join('');
        expect(toE164(typed)).toBe(`+976${digits}`);
        expect(toE164(`+976${digits}`)).toBe(`+976${digits}`);
      },
    ),
  );
});

test('whatever is typed, the answer is E.164 or nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (typed) => {
      expect(toE164(typed) ?? '+1000').toMatch(/^\+[1-9]\d{3,14}$/);
    }),
  );
});
