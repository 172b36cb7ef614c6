import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzyDateFaults } from './article-date.rules.ts';

test.each([
  ['2022', 'year'],
  ['2022-09', 'month'],
  ['2022-09-21', 'day'],
  ['2024-02-29', 'day'],
  ['2022-09-21T14:30', 'minute'],
] as const)('%s is exact to the %s', (date, precision) => {
  expect(fuzzyDateFaults({ date, precision, tzid: 'Asia/Ulaanbaatar' }, '/at')).toEqual([]);
});

test.each([
  [{ date: '2022-09-21', precision: 'minute' as const }, '/at/precision', 'day'],
  [{ date: '2022', precision: 'day' as const }, '/at/precision', 'year'],
  [{ date: '2023-02-29', precision: 'day' as const }, '/at/date', 'a date that exists'],
  [{ date: '2022-13', precision: 'month' as const }, '/at/date', 'a date that exists'],
  [{ date: '2022-09-21T24:00', precision: 'minute' as const }, '/at/date', 'a date that exists'],
  [{ date: '2022-09-21T12:60', precision: 'minute' as const }, '/at/date', 'a date that exists'],
  [{ date: '2022', precision: 'year' as const, tzid: 'Asia/Gobi' }, '/at/tzid', 'a name such as Asia/Ulaanbaatar'],
])('%j is refused at %s', (date, pointer, expected) => {
  expect(fuzzyDateFaults(date, '/at')).toMatchObject([{ pointer, expected, reason: 'article.date-invalid' }]);
});

test('every day of the calendar is one', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), (day) => {
      expect(fuzzyDateFaults({ date: day.toISOString().slice(0, 10), precision: 'day' }, '')).toEqual([]);
    }),
  );
});
