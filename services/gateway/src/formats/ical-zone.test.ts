import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { zoneLines } from './ical-zone.ts';

/** What a reader makes of a local time by the zone alone: minutes ahead of UTC. */
function offsetBy(lines: string[], local: string): number {
  const zone = new ICAL.Timezone(ICAL.Component.fromString(lines.join('\r\n')));
  const time = ICAL.Time.fromDateTimeString(local);
  return zone.utcOffset(time) / 60;
}

test.each([
  ['Asia/Ulaanbaatar', '2026-10-07T10:00:00', 480],
  ['Asia/Ulaanbaatar', '2016-07-01T10:00:00', 540],
  ['America/New_York', '2026-03-07T12:00:00', -300],
  ['America/New_York', '2026-03-09T12:00:00', -240],
  ['America/New_York', '2035-07-01T12:00:00', -240],
  ['America/New_York', '2026-11-01T03:00:00', -300],
  ['Australia/Lord_Howe', '2026-01-10T12:00:00', 660],
  ['Australia/Lord_Howe', '2026-07-10T12:00:00', 630],
  ['Asia/Kathmandu', '2026-07-10T12:00:00', 345],
  ['America/St_Johns', '2026-07-10T12:00:00', -150],
  ['Etc/UTC', '2026-07-10T12:00:00', 0],
])('clocks in %s at %s are ahead of UTC by %d minutes', (tzid, local, minutes) => {
  expect(offsetBy(zoneLines(tzid, { from: 2015, to: 2036 }), local)).toBe(minutes);
});

test('a change of the clocks stands as they showed it before, by name of the season', () => {
  expect(zoneLines('America/New_York', { from: 2026, to: 2026 })).toEqual([
    'BEGIN:VTIMEZONE',
    'TZID:America/New_York',
    ...['BEGIN:STANDARD', 'DTSTART:20260101T000000', 'TZOFFSETFROM:-0500', 'TZOFFSETTO:-0500', 'END:STANDARD'],
    ...['BEGIN:DAYLIGHT', 'DTSTART:20260308T020000', 'TZOFFSETFROM:-0500', 'TZOFFSETTO:-0400', 'END:DAYLIGHT'],
    ...['BEGIN:STANDARD', 'DTSTART:20261101T020000', 'TZOFFSETFROM:-0400', 'TZOFFSETTO:-0500', 'END:STANDARD'],
    'END:VTIMEZONE',
  ]);
});
