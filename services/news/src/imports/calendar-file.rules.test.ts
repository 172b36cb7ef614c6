import { AppError } from '@ortoo/shared/kernel';
import { describe, expect, test } from 'vitest';
import { createCalendarScanner, propertyIn, type RawEvent } from './calendar-file.rules.ts';

function scan(pieces: (string | Buffer)[]): RawEvent[] {
  const scanner = createCalendarScanner();
  const found = pieces.flatMap((piece) => scanner.push(Buffer.from(piece)));
  return [...found, ...scanner.end()];
}
const thrownBy = (text: string) => {
  try {
    scan([text]);
  } catch (error) {
    return AppError.from(error);
  }
  throw new Error('nothing was thrown');
};
const calendar = (...lines: string[]) => ['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n');

describe('a calendar file', () => {
  const text = calendar(
    'METHOD:PUBLISH',
    'X-WR-TIMEZONE:Asia/Tokyo',
    event('UID:1', 'SUMMARY:Өвлийн', '  баяр', 'BEGIN:VALARM', 'UID:not-mine', 'END:VALARM'),
    'BEGIN:VTODO\r\nUID:2\r\nEND:VTODO',
    event('UID:3'),
  );

  test('is taken apart into its events alone, folded lines put together', () => {
    const [one, two, ...more] = scan([text]);
    expect(more).toEqual([]);
    const lines = one?.lines.map((line) => Buffer.from(line, 'latin1').toString());
    expect(lines).toEqual(['UID:1', 'SUMMARY:Өвлийн баяр']);
    expect(one?.calendar).toEqual({ method: 'PUBLISH', zone: 'Asia/Tokyo' });
    expect([one?.row, two?.row, two?.lines]).toEqual([1, 2, ['UID:3']]);
  });

  test('is the same however it is cut, with any line ends, any case and a byte order mark', () => {
    const bytes = Buffer.from(text);
    const whole = scan([bytes]);
    for (const size of [1, 2, 3, 7]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
        bytes.subarray(n * size, (n + 1) * size),
      );
      expect(scan(pieces)).toEqual(whole);
    }
    expect(scan([text.replaceAll('\r\n', '\n')])).toEqual(whole);
    expect(scan([`\ufeff${text.replaceAll('BEGIN', 'begin')}`])).toEqual(whole);
  });

  test('says where its zones are', () => {
    const scanner = createCalendarScanner();
    scanner.push(Buffer.from(calendar('BEGIN:VTIMEZONE', 'TZID:Home', 'X-LIC-LOCATION:Asia/Hovd', 'END:VTIMEZONE')));
    expect([...scanner.locations]).toEqual([['Home', 'Asia/Hovd']]);
  });

  test('keeps of an event that is too large what it is known by, whether in one line or in many', () => {
    const long = event('UID:1', `SUMMARY:${'x'.repeat(3_000_000)}`, 'LOCATION:y');
    const many = event('UID:2', ...Array.from({ length: 60_000 }, () => 'EXDATE:20270101T000000'));
    const found = scan([calendar(long, many, event('UID:3'))]);
    expect(found.map(({ isTooLarge }) => isTooLarge)).toEqual([true, true, false]);
    expect(found.map(({ lines }) => lines[0])).toEqual(['UID:1', 'UID:2', 'UID:3']);
  });

  test.each([
    ['nothing', '', 'import.not-a-calendar'],
    ['a page', '<!doctype html>', 'import.not-a-calendar'],
    ['an event alone', event('UID:1'), 'import.not-a-calendar'],
    ['a line without an end', 'x'.repeat(2_000_000), 'import.not-a-calendar'],
    ['a calendar and more', `${calendar()}more`, 'import.not-a-calendar'],
    ['a calendar without an end', 'BEGIN:VCALENDAR\r\n', 'import.malformed'],
    ['a calendar in a calendar', calendar(calendar()), 'import.malformed'],
    ['an end too many', calendar('END:VEVENT'), 'import.malformed'],
    ['a depth without an end', 'BEGIN:VCALENDAR\r\n'.padEnd(20_000, 'BEGIN:A\r\n'), 'import.malformed'],
  ])('is refused when it is %s', (_what, body, reason) => {
    const { code, reason: told, details } = thrownBy(body);
    expect([code, told]).toEqual(['VALIDATION_FAILED', reason]);
    expect(details?.errors?.[0]).toMatchObject({ pointer: '', expected: expect.any(String) });
  });
});

test.each([
  ['UID:a', 'a'],
  ['uid:a', 'a'],
  ['UID;X="b:c";Y=d:a:b', 'a:b'],
  ['UIDX:a', undefined],
  ['SUMMARY:UID', undefined],
])('the UID of %j is %j', (line, value) => {
  expect(propertyIn(line, 'UID')).toBe(value);
});
