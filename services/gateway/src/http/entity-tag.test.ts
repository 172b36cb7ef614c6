import { AppError } from '@ortoo/shared/kernel';
import { describe, expect, test } from 'vitest';
import { documentTag, isTagNamed, listTag, parseIfMatch, requireIfMatch } from './entity-tag.ts';

const bytes = Buffer.from('{"v":7}');

test('a document’s tag is its version and eight hex digits of the bytes', () => {
  expect(documentTag(7, bytes)).toMatch(/^"7-[0-9a-f]{8}"$/);
  expect(documentTag(7, bytes)).not.toBe(documentTag(7, Buffer.from('{"v": 7}')));
});

test('a list’s tag is weak', () => {
  expect(listTag(bytes)).toMatch(/^W\/"[0-9a-f]{16}"$/);
});

describe('If-Match', () => {
  test.each([
    ['"7"', 7],
    ['"7-9f2c01ab"', 7],
    [' "12-0" ', 12],
  ])('%s asks for version %i', (header, version) => {
    expect(parseIfMatch(header)).toBe(version);
  });

  test.each([
    'W/"7-9f2c01ab"',
    '*',
    '"7", "8"',
    '7',
    '""',
    '"0"',
    '"-1"',
    '"7-"',
    '"7-XY"',
    '"1e3"',
    '"99999999999999999999"',
    '',
  ])('%s is refused with the expected form', (header) => {
    expect(() => parseIfMatch(header)).toThrow(
      expect.objectContaining({
        code: 'VALIDATION_FAILED',
        reason: 'request.if-match-invalid',
        details: { errors: [expect.objectContaining({ pointer: '/If-Match' })] },
      }),
    );
  });

  test('its absence is a precondition that is required, where one is', () => {
    expect(parseIfMatch(undefined)).toBeUndefined();
    expect(() => requireIfMatch(undefined)).toThrow(AppError);
    expect(() => requireIfMatch(undefined)).toThrow(expect.objectContaining({ code: 'PRECONDITION_REQUIRED' }));
  });
});

describe('If-None-Match', () => {
  const tag = '"7-9f2c01ab"';
  test.each([tag, `W/${tag}`, `"1-00000000", ${tag}`, '*'])('%s names the tag', (header) => {
    expect(isTagNamed(header, tag)).toBe(true);
  });
  test.each([undefined, '"7"', '"8-9f2c01ab"', '7-9f2c01ab', ''])('%s does not name the tag', (header) => {
    expect(isTagNamed(header, tag)).toBe(false);
  });
  test('a weak tag names a weak one', () => {
    expect(isTagNamed('W/"abc"', 'W/"abc"')).toBe(true);
  });
});
