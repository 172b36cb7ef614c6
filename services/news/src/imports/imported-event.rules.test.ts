import type { CalendarEventState } from '@ortoo/shared/contracts';
import { describe, expect, test } from 'vitest';
import { type FileEvent, readFileEvent } from './file-event.rules.ts';
import { withOverrides } from './file-overrides.rules.ts';
import { inputOf, patchOf } from './imported-event.rules.ts';

const GOBI = 'company_01h455vb4pex5vsknk084sn02q';
const known = new Set(['mining-services', 'construction']);
const locations = new Map([['Home', 'Asia/Hovd']]);
const usual = ['UID:a@b', 'SUMMARY:Expo', 'DTSTART;TZID=Asia/Ulaanbaatar:20271007T100000'];

/** The lines of an event beside the usual ones, which those of the same name replace. */
function read(lines: string[], calendar: { method?: string; zone?: string } = {}): FileEvent {
  const names = lines.map((line) => line.split(/[;:]/)[0]);
  const all = [...usual.filter((line) => !names.includes(line.split(/[;:]/)[0])), ...lines];
  const bytes = all.map((line) => Buffer.from(line).toString('latin1'));
  return readFileEvent({ row: 1, lines: bytes, isTooLarge: false, calendar }, locations);
}
const input = (...lines: string[]) => inputOf(read(lines), known);
const at = (local: string, tzid = 'Asia/Ulaanbaatar') => ({ local, tzid });
const start = at('2027-10-07T10:00');

describe('a new event', () => {
  test('is what the usual lines say', () => {
    expect(input()).toEqual({ eventKind: 'conference', uid: 'a@b', name: { en: 'Expo' }, start });
  });

  test.each<[string[], Record<string, unknown>]>([
    [['DTEND;TZID=Asia/Tokyo:20271007T130000'], { end: at('2027-10-07T13:00', 'Asia/Tokyo') }],
    [['DTEND;TZID=Asia/Ulaanbaatar:20271007T100000'], {}],
    [['DURATION:PT1H30M'], { end: at('2027-10-07T11:30') }],
    [['DURATION:P1W'], { end: at('2027-10-14T10:00') }],
    [['DTSTART:20271007T020000Z'], { start: at('2027-10-07T02:00', 'UTC') }],
    [['DTSTART:20271007T100030'], { start: at('2027-10-07T10:00:30') }],
    [['DTSTART;TZID=Home:20271007T100000'], { start: at('2027-10-07T10:00', 'Asia/Hovd') }],
    [['DTSTART;TZID=China Standard Time:20271007T100000'], { start: at('2027-10-07T10:00', 'Asia/Shanghai') }],
    [['DTSTART;TZID=/x.org/1/Asia/Tokyo:20271007T100000'], { start: at('2027-10-07T10:00', 'Asia/Tokyo') }],
    [['DTSTART;TZID=Nowhere:20271007T100000'], { start: at('2027-10-07T10:00', 'Nowhere') }],
    [['DTSTART;VALUE=DATE:20271007'], { start: undefined, allDay: { from: '2027-10-07', to: '2027-10-07' } }],
    [
      ['DTSTART;VALUE=DATE:20271007', 'DTEND;VALUE=DATE:20271010'],
      { start: undefined, allDay: { from: '2027-10-07', to: '2027-10-09' } },
    ],
    [
      ['DTSTART;VALUE=DATE:20271007', 'DURATION:P2D'],
      { start: undefined, allDay: { from: '2027-10-07', to: '2027-10-08' } },
    ],
    [['RRULE:FREQ=WEEKLY;COUNT=3'], { rrule: 'FREQ=WEEKLY;COUNT=3' }],
    [
      ['EXDATE;TZID=Asia/Tokyo:20271014T110000,20271021T110000', 'RDATE;VALUE=DATE:20271101'],
      { exdate: [at('2027-10-14T11:00', 'Asia/Tokyo'), at('2027-10-21T11:00', 'Asia/Tokyo')], rdate: ['2027-11-01'] },
    ],
    [['STATUS:TENTATIVE'], { eventStatus: 'postponed' }],
    [['STATUS:CANCELLED'], { eventStatus: 'cancelled' }],
    [['STATUS:CONFIRMED'], { eventStatus: 'scheduled' }],
    [['STATUS:NEEDS-ACTION'], {}],
    [['SUMMARY;LANGUAGE=ko-KR:Expo'], { name: { ko: 'Expo' } }],
    [['SUMMARY:Уул уурхай'], { name: { mn: 'Уул уурхай' } }],
    [['SUMMARY:矿业展'], { name: { zh: '矿业展' } }],
    [['DESCRIPTION:a\\, b\\nc\u0007'], { description: { en: 'a, b\nc' } }],
    [['CATEGORIES:Mining-Services,Holiday,EXPO'], { categories: ['mining-services'], eventKind: 'expo' }],
    [['LOCATION:Hall A', 'GEO:47.9;106.9'], { venue: { name: { en: 'Hall A' }, geo: { lat: 47.9, lon: 106.9 } } }],
    [['LOCATION:https://live.example/a'], { onlineUrl: 'https://live.example/a' }],
    [['CONFERENCE;VALUE=URI:https://live.example/a'], { onlineUrl: 'https://live.example/a' }],
    [['URL:https://expo.example/'], { registrationUrl: 'https://expo.example/' }],
    [['URL:https://api.example/v1/events/event_01h455vb4pex5vsknk084sn02q'], {}],
    [['ORGANIZER;CN="Us, all":mailto:a@b.example'], { organiser: { name: { en: 'Us, all' } } }],
    [[`CONTACT;ALTREP="https://x.example/v1/companies/${GOBI}":Gobi`], { organiser: { companyId: GOBI } }],
    [['CONTACT:Gobi'], { organiser: { name: { en: 'Gobi' } } }],
  ])('with %j is %j beside', (lines, more) => {
    expect(read(lines).faults).toEqual([]);
    const expected = { eventKind: 'conference', uid: 'a@b', name: { en: 'Expo' }, start, ...more };
    expect(input(...lines)).toEqual(JSON.parse(JSON.stringify(expected)));
  });

  test('without a zone is in that of its calendar', () => {
    const file = read(['DTSTART:20271007T100000'], { zone: 'Asia/Tokyo' });
    expect(inputOf(file, known)).toMatchObject({ start: at('2027-10-07T10:00', 'Asia/Tokyo') });
  });

  test('of a calendar that cancels is cancelled', () => {
    expect(inputOf(read(['STATUS:CONFIRMED'], { method: 'CANCEL' }), known)).toMatchObject({
      eventStatus: 'cancelled',
    });
  });

  test.each([
    [['DTSTART:soon'], '/start', 'import.time-unreadable'],
    [['DTEND:late'], '/end', 'import.time-unreadable'],
    [['DTEND;VALUE=DATE:20271008'], '/end', 'event.date-form'],
    [['DURATION:long'], '/end', 'import.time-unreadable'],
    [['EXDATE:x'], '/exdate', 'import.time-unreadable'],
    [['RDATE;VALUE=PERIOD:20271007T100000Z/PT1H'], '/rdate', 'import.time-unreadable'],
    [['RRULE:FREQ=DAILY', 'RRULE:FREQ=WEEKLY'], '/rrule', 'event.rrule-invalid'],
    [['EXRULE:FREQ=DAILY'], '/rrule', 'event.rrule-invalid'],
    [['no colon'], '', 'import.malformed'],
  ])('with %j has a fault at %j', (lines, pointer, reason) => {
    expect(read(lines).faults).toEqual([
      { pointer, reason, message: expect.any(String), expected: expect.any(String) },
    ]);
  });

  test.each([
    ['0', 0],
    ['7', 7],
    ['-3', 0],
    ['many', 0],
    ['99999999999', 2_147_483_647],
  ])('has of SEQUENCE:%s the number %d', (text, sequence) => {
    expect(read([`SEQUENCE:${text}`]).sequence).toBe(sequence);
  });
});

describe('overrides of a series', () => {
  const series = read(['DURATION:PT1H', 'RRULE:FREQ=WEEKLY', 'EXDATE;TZID=Asia/Ulaanbaatar:20271104T100000']);
  const override = (...lines: string[]) =>
    read(['DURATION:PT1H', 'RECURRENCE-ID;TZID=Asia/Ulaanbaatar:20271014T100000', ...lines]);
  const fourth = at('2027-11-04T10:00');
  const second = at('2027-10-14T10:00');

  test('leave out what is cancelled, move what is moved, and pass over words', () => {
    const moved = override('DTSTART;TZID=Asia/Ulaanbaatar:20271015T120000');
    expect(withOverrides(series, [moved]).times).toMatchObject({
      exdate: [fourth, second],
      rdate: [at('2027-10-15T12:00')],
    });
    const cancelled = withOverrides(series, [override('STATUS:CANCELLED')]).times;
    expect(cancelled).toMatchObject({ exdate: [fourth, second] });
    expect(cancelled).not.toHaveProperty('rdate');
    expect(withOverrides(series, [override('DTSTART:20271014T020000Z', 'SUMMARY:Other')]).times).toEqual(series.times);
  });

  test('with another length are a fault', () => {
    const longer = read([
      'DURATION:PT2H',
      'RECURRENCE-ID;TZID=Asia/Ulaanbaatar:20271014T100000',
      'DTSTART;TZID=Asia/Ulaanbaatar:20271015T100000',
    ]);
    expect(withOverrides(series, [longer]).faults).toMatchObject([
      { pointer: '/rdate', reason: 'import.override-unsupported' },
    ]);
  });
});

describe('a stored event', () => {
  const state = {
    eventKind: 'expo',
    name: { en: 'Expo', mn: 'Экспо' },
    summary: { en: 'Short.' },
    start,
    uid: 'a@b',
    sequence: 0,
    eventStatus: 'moved_online',
    categories: ['construction', 'mining-services'],
    venue: {
      name: { en: 'Hall, A' },
      address: { country: 'MN', street: 'Peace Avenue' },
      geo: { lat: 47.9, lon: 106.9 },
    },
    organiser: { companyId: GOBI },
  } as unknown as CalendarEventState;
  const times = { start, end: null, allDay: null, rrule: null, exdate: null, rdate: null };

  test.each([
    [['SUMMARY:Экспо']],
    [['DESCRIPTION:Short.']],
    [['STATUS:CONFIRMED']],
    [['CATEGORIES:mining-services,construction']],
    [['LOCATION:Hall\\, A\\, Peace Avenue\\, MN', 'GEO:47.9;106.9']],
    [['CONTACT:Gobi Cement']],
    [['DTSTART:20271007T020000Z']],
  ])('is not changed by %j', (lines) => {
    expect(patchOf(read(lines), state, known)).toEqual(times);
  });

  test.each<[string[], Record<string, unknown>]>([
    [['SUMMARY:Fair'], { name: { en: 'Fair' } }],
    [['DESCRIPTION:Long.'], { description: { en: 'Long.' } }],
    [['STATUS:TENTATIVE'], { eventStatus: 'postponed' }],
    [['CATEGORIES:construction'], { categories: ['construction'] }],
    [['CATEGORIES:forum'], { eventKind: 'forum' }],
    [['LOCATION:Hall B'], { venue: { name: { en: 'Hall B' } } }],
    [['GEO:1;2'], { venue: { geo: { lat: 1, lon: 2 } } }],
    [['DTSTART:20271007T030000Z'], { start: at('2027-10-07T03:00', 'UTC') }],
    [['RRULE:FREQ=DAILY;COUNT=2'], { rrule: 'FREQ=DAILY;COUNT=2' }],
    [['DTSTART;VALUE=DATE:20271007'], { start: null, allDay: { from: '2027-10-07', to: '2027-10-07' } }],
  ])('is brought by %j to %j', (lines, more) => {
    expect(patchOf(read(lines), state, known)).toEqual({ ...times, ...more });
  });
});
