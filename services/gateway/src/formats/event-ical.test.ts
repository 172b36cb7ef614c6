import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { fullEvent } from '../../test/support/full-documents.ts';
import { readByIcalJs, readByNodeIcal } from '../../test/support/read-calendar.ts';
import { eventCalendar, eventIcal } from './event-ical.ts';

const ORIGIN = 'https://api.example.mn';
/** What breaks builders that paste: ends of lines and of parts, signs of the format, controls, emoji, lone surrogates. */
const HOSTILE =
  `a;b,c\\d "q":\r\nEND:VEVENT\nBEGIN:VALARM\u0000\u0007\ud800 عربى 👩‍👩‍👧‍👦 ${'Өвөл '.repeat(40)}`.trim();
const SEEN = ['\u0000', '\u0007', '\ud800'].reduce(
  (text, sign) => text.replaceAll(sign, ''),
  HOSTILE.replace('\r\n', '\n'),
);
const range = { from: '2026-01-01T00:00:00.000Z', until: '2027-01-01T00:00:00.000Z' };
const UNTIL = range.until;

describe('an event as a calendar', () => {
  test('says what it is, when and where', () => {
    const text = eventIcal.item(fullEvent, ORIGIN);
    expect(text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')).toBe(true);
    const lines = text.replaceAll('\r\n ', '').split('\r\n');
    for (const line of [
      'UID:mining-week@example.mn',
      'SEQUENCE:2',
      'DTSTART;TZID=Asia/Ulaanbaatar:20261007T100000',
      'DTEND;TZID=Asia/Ulaanbaatar:20261007T180000',
      'RRULE:FREQ=WEEKLY;COUNT=3',
      'EXDATE;TZID=Asia/Ulaanbaatar:20261014T100000',
      'STATUS:CONFIRMED',
      'SUMMARY:Mining week',
      'DESCRIPTION:Machines & services\\, <all> of them.',
      'LOCATION:Tal Expo Hall\\, Peace Avenue 5\\, Bayanzurkh\\, MN-1\\, MN',
      'GEO:47.9;106.9',
      'CATEGORIES:mining-services',
      `CONTACT;ALTREP="${ORIGIN}/v1/companies/${fullEvent.organiser?.companyId}":${ORIGIN}/v1/companies/${fullEvent.organiser?.companyId}`,
      'CONFERENCE;VALUE=URI:https://talexpo.example/live',
      `URL:${ORIGIN}/v1/events/${fullEvent.id}`,
      'TZID:Asia/Ulaanbaatar',
    ])
      expect(lines).toContain(line);
    expect(lines.filter((line) => line.startsWith('ORGANIZER'))).toEqual([]);
    const stamp = `${fullEvent.updatedAt.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
    expect(lines).toEqual(expect.arrayContaining([`DTSTAMP:${stamp}`, `LAST-MODIFIED:${stamp}`]));
  });

  test('has the same dates for two readers', () => {
    const dates = [
      { start: '2026-10-07T02:00:00.000Z', end: '2026-10-07T10:00:00.000Z' },
      { start: '2026-10-21T02:00:00.000Z', end: '2026-10-21T10:00:00.000Z' },
    ];
    const text = eventIcal.item(fullEvent, ORIGIN);
    expect(readByIcalJs(text, UNTIL)).toMatchObject([{ uid: fullEvent.uid, sequence: 2, dates }]);
    expect(readByNodeIcal(text, range)).toMatchObject([{ uid: fullEvent.uid, sequence: 2, dates }]);
  });

  test.each([
    ['scheduled', 'CONFIRMED'],
    ['rescheduled', 'CONFIRMED'],
    ['moved_online', 'CONFIRMED'],
    ['postponed', 'TENTATIVE'],
    ['cancelled', 'CANCELLED'],
  ] as const)('%s is %s', (eventStatus, status) => {
    const text = eventIcal.item({ ...fullEvent, eventStatus }, ORIGIN);
    expect(readByIcalJs(text, UNTIL)[0]?.status).toBe(status);
    expect(readByNodeIcal(text, range)[0]?.status).toBe(status);
  });

  test('of whole days ends on the day after the last, and leaves out and adds days', () => {
    const { start: _start, end: _end, exdate: _exdate, ...others } = fullEvent;
    const days = { allDay: { from: '2026-10-30', to: '2026-10-31' }, exdate: ['2026-11-06'], rdate: ['2026-12-24'] };
    const text = eventIcal.item({ ...others, ...days }, ORIGIN);
    expect(text).toContain('DTSTART;VALUE=DATE:20261030\r\nDTEND;VALUE=DATE:20261101\r\n');
    expect(readByIcalJs(text, UNTIL)[0]?.dates).toEqual([
      { start: '2026-10-30', end: '2026-11-01' },
      { start: '2026-11-13', end: '2026-11-15' },
      { start: '2026-12-24', end: '2026-12-26' },
    ]);
  });

  test('holds any text as it is, but for what no calendar can hold', () => {
    const text = eventIcal.item(
      {
        ...fullEvent,
        display: { lang: 'en', name: HOSTILE },
        description: { en: HOSTILE },
        venue: { name: { en: HOSTILE } },
        uid: 'a;b,c\\d',
        categories: [HOSTILE],
        organiser: { name: { en: HOSTILE } },
      },
      ORIGIN,
    );
    for (const [event, ...more] of [readByIcalJs(text, UNTIL), readByNodeIcal(text, range)]) {
      expect(more).toEqual([]);
      expect(event).toMatchObject({ uid: 'a;b,c\\d', summary: SEEN, description: SEEN, location: SEEN });
    }
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(ICAL.Component.fromString(text).getFirstSubcomponent('valarm')).toBeNull();
  });
});

describe('a calendar of many', () => {
  test('has each event once, each zone once, and a name', () => {
    const other = { ...fullEvent, id: 'event_01h455vb4pex5vsknk084sn02r', uid: 'other@example.mn' };
    const text = eventCalendar([fullEvent, other, fullEvent], ORIGIN, 'Ortoo: Арга, хэмжээ');
    expect(readByIcalJs(text, UNTIL).map(({ uid }) => uid)).toEqual([fullEvent.uid, other.uid]);
    expect(text.match(/BEGIN:VTIMEZONE/g)).toHaveLength(1);
    expect(text).toContain('NAME:Ortoo: Арга\\, хэмжээ\r\nX-WR-CALNAME:Ortoo: Арга\\, хэмжээ\r\n');
  });

  test('of none is a calendar as well', () => {
    const text = eventCalendar([], ORIGIN);
    expect(readByIcalJs(text, UNTIL)).toEqual([]);
    expect(ICAL.Component.fromString(text).getAllSubcomponents()).toHaveLength(1);
  });
});
