import { expect, test } from 'vitest';
import { withOffset } from './zone-offsets.ts';

test.each([
  ['2026-10-07T10:00', 'Asia/Ulaanbaatar', '+08:00'],
  ['2005-07-01T10:00', 'Asia/Ulaanbaatar', '+09:00'],
  ['2026-07-01T09:00:30', 'America/New_York', '-04:00'],
  ['2026-12-01T09:00', 'America/New_York', '-05:00'],
  ['2026-06-01T12:00', 'Asia/Kathmandu', '+05:45'],
  ['2026-06-01T12:00', 'America/St_Johns', '-02:30'],
  ['2026-06-01T12:00', 'UTC', '+00:00'],
  // It comes twice: the first time is meant.
  ['2026-11-01T01:30', 'America/New_York', '-04:00'],
  ['2026-10-25T02:30', 'Europe/Berlin', '+02:00'],
  ['2026-11-01T02:00', 'America/New_York', '-05:00'],
  // It is skipped.
  ['2026-03-08T02:30', 'America/New_York', '-05:00'],
])('%s in %s is %s', (local, tzid, offset) => {
  expect(withOffset(local, tzid)).toBe(`${local}${offset}`);
});
