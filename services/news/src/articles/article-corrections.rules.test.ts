import { expect, test } from 'vitest';
import { settleCorrections } from './article-corrections.rules.ts';

const now = '2026-03-01T00:00:00.000Z';
const earlier = '2026-02-01T00:00:00.000Z';

test('a correction without an instant is made now, and keeps that instant when it is sent again', () => {
  const first = settleCorrections([{ text: 'The year is 2022.' }], { now: earlier });
  expect(first).toEqual({ corrections: [{ at: earlier, text: 'The year is 2022.' }], faults: [] });
  const typed = [{ text: 'The year is 2022.' }, { text: 'The name is Betts.' }];
  expect(settleCorrections(typed, { known: first.corrections, now }).corrections).toEqual([
    { at: earlier, text: 'The year is 2022.' },
    { at: now, text: 'The name is Betts.' },
  ]);
});

test('an instant in any zone is stored in UTC', () => {
  const typed = [{ at: '2026-02-01T08:00:00+08:00', text: 'x' }];
  expect(settleCorrections(typed, { now }).corrections).toEqual([{ at: earlier, text: 'x' }]);
});

test('no corrections are none, and an empty list is one', () => {
  expect(settleCorrections(undefined, { now })).toEqual({ faults: [] });
  expect(settleCorrections([], { now })).toEqual({ corrections: [], faults: [] });
});

test.each([
  ['2026-03-01T00:00:00.001Z', 'is in the future'],
  ['2016-12-31T23:59:60Z', 'is no instant that can be compared'],
])('%s is refused: it %s', (at, message) => {
  const expected = `an instant not later than ${now}`;
  expect(settleCorrections([{ text: 'a' }, { at, text: 'b' }], { now }).faults).toEqual([
    { pointer: '/corrections/1/at', message, expected, reason: 'article.correction-invalid' },
  ]);
});
