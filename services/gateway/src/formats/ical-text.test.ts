import { expect, test } from 'vitest';
import { addressLine, icalLines, textLine, textValue } from './ical-text.ts';

test.each([
  ['a;b,c\\d', 'a\\;b\\,c\\\\d'],
  ['one\r\ntwo\nthree\rfour\u2028five', 'one\\ntwo\\nthree\\nfour\\nfive'],
  ['bell \u0007, nul \u0000, half a pair \ud800', 'bell \\, nul \\, half a pair '],
  ['tab\tӨвөл 👩‍👩‍👧‍👦 عربى', 'tab\tӨвөл 👩‍👩‍👧‍👦 عربى'],
  ['x\r\nEND:VEVENT\r\nBEGIN:VEVENT', 'x\\nEND:VEVENT\\nBEGIN:VEVENT'],
])('the text %j is written as %j', (text, value) => {
  expect(textValue(text)).toBe(value);
});

test('a text that is not there has no line, and an address keeps to its own', () => {
  expect([textLine('A', undefined), textLine('A', '')]).toEqual([[], []]);
  expect(addressLine('URL', 'https://a.example/?a=1,2;3\r\nX:y')).toEqual(['URL:https://a.example/?a=1,2;3X:y']);
});

test.each(['a', 'Ө', '界', '👍', 'aӨ界👍'])(
  'a line of %s is folded to at most 75 octets, whole and between characters',
  (sign) => {
    for (const length of [1, 37, 74, 75, 76, 150, 1_000]) {
      const line = `SUMMARY:${sign.repeat(length)}`;
      const text = icalLines([line]);
      const parts = text.split('\r\n');
      expect(parts.pop()).toBe('');
      for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(75);
      expect(text.isWellFormed()).toBe(true);
      expect(text.replaceAll('\r\n ', '')).toBe(`${line}\r\n`);
    }
  },
);
