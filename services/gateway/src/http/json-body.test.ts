import { AppError } from '@ortoo/shared/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJsonBody } from './json-body.ts';

const refusalOf = (text: string | Buffer) => {
  try {
    parseJsonBody(Buffer.from(text as string));
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

test('JSON is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 10 }), (value) => {
      const text = JSON.stringify(value);
      fc.pre(!/"__proto__"|"constructor"/.test(text));
      expect(parseJsonBody(Buffer.from(text))).toEqual(JSON.parse(text));
    }),
  );
});

test.each([
  ['cut short', '{"a":', 'request.json-malformed'],
  ['not JSON', '{a:1}', 'request.json-malformed'],
  ['followed by more', '{"a":1}}', 'request.json-malformed'],
  ['not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'request.json-malformed'],
  ['a prototype', '{"__proto__":{"admin":true}}', 'request.member-forbidden'],
  ['a prototype in escapes', '{"\\u005f_proto__":1}', 'request.member-forbidden'],
  ['a constructor', '{"a":{"constructor":{"prototype":{}}}}', 'request.member-forbidden'],
  ['100,000 lists deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'request.too-deep'],
  ['40 objects deep', `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`, 'request.too-deep'],
])('a body that is %s is refused', (_what, text, reason) => {
  expect(refusalOf(text)).toMatchObject({ code: 'VALIDATION_FAILED', reason });
});

test.each([
  ['half of a pair', '{"a":{"b/c":["x","\\ud800"]}}', 'request.text-malformed', '/a/b~1c/1'],
  ['half of a pair in a name', '{"a":{"\\udc00":1}}', 'request.text-malformed', '/a'],
  ['an infinite number', '{"a":[1e308,1e999]}', 'request.number-too-large', '/a/1'],
  ['an infinite negative number', '-1e999', 'request.number-too-large', ''],
  ['under a long name', `{"${'n'.repeat(10_000)}":1e999}`, 'request.number-too-large', `/${'n'.repeat(299)}`],
])('what would be stored as something else is refused at its place: %s', (_what, text, reason, pointer) => {
  expect(refusalOf(text)).toMatchObject({ reason, details: { errors: [{ pointer }] } });
});

test('a whole pair is text', () => {
  expect(parseJsonBody(Buffer.from('"\\ud83d\\ude00"'))).toBe('😀');
});

test('an empty body is none', () => {
  expect(parseJsonBody(Buffer.alloc(0))).toBeUndefined();
});

test('a malformed body is told what breaks it, without an echo of the rest', () => {
  expect(() => parseJsonBody(Buffer.from('{"secret": tru}'))).toThrow(/unexpected '}'/);
  expect(() => parseJsonBody(Buffer.from('{"secret": tru}'))).not.toThrow(/secret/);
  expect(() => parseJsonBody(Buffer.from('{"secret" 1}'))).toThrow(/position \d+/);
});
