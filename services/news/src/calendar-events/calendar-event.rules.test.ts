import { type CalendarEventInput, type CalendarEventState, viewEvent } from '@ortoo/shared/contracts';
import type { AppError } from '@ortoo/shared/kernel';
import { describe, expect, test } from 'vitest';
import {
  eventKeys,
  followCompanies,
  isEventVisible,
  moveWindow,
  openEvent,
  reviseEvent,
} from './calendar-event.rules.ts';

const born = { now: '2026-10-01T00:00:00.000Z', actorId: 'key_a' };
const later = { now: '2026-10-02T00:00:00.000Z', actorId: 'key_b' };
const GOBI = 'company_01h455vb4pex5vsknk084sn02q';
const HIDDEN = 'company_01h455vb4pex5vsknk084sn02r';
const NOBODY = 'company_01h455vb4pex5vsknk084sn02s';
const companies = { known: new Set([GOBI, HIDDEN]), shown: new Set([GOBI]), heirs: new Map() };
const ID = 'event_01h455vb4pex5vsknk084sn02q';
const judging = { stamp: born, suffix: '', knownCategories: new Set(['mining-services']), id: ID, companies };

const input: CalendarEventInput = {
  eventKind: 'expo',
  name: { en: 'Mining week', mn: 'Уул уурхайн долоо хоног' },
  categories: ['mining-services'],
  start: { local: '2026-10-07T10:00' },
  end: { local: '2026-10-07T18:00' },
  rrule: 'freq=weekly;count=3',
  organiser: { companyId: GOBI },
  exhibitors: [{ companyId: HIDDEN }],
};
const days = { ...input, start: undefined, end: undefined } as unknown as CalendarEventInput;

function thrownBy(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    return error as AppError;
  }
  throw new Error('nothing was thrown');
}

const open = (overrides: Partial<Record<keyof CalendarEventInput, unknown>> = {}) =>
  openEvent(JSON.parse(JSON.stringify({ ...input, ...overrides })) as CalendarEventInput, judging);
const revise = (state: CalendarEventState, body: Record<string, unknown>) =>
  reviseEvent(state, { mode: 'merge', body }, { ...judging, stamp: later });

describe('opening an event', () => {
  test('times are settled, the zone is that of home unless it is said, and each date of the series is kept', () => {
    const state = open();
    expect(state).toMatchObject({
      status: 'draft',
      slug: 'mining-week',
      uid: `${ID}@ortoo`,
      sequence: 0,
      eventStatus: 'scheduled',
      start: { local: '2026-10-07T10:00', tzid: 'Asia/Ulaanbaatar' },
      end: { local: '2026-10-07T18:00', tzid: 'Asia/Ulaanbaatar' },
      rrule: 'FREQ=WEEKLY;COUNT=3',
      startsAt: '2026-10-07T02:00:00.000Z',
      occurrences: [
        { start: '2026-10-07T02:00:00.000Z', end: '2026-10-07T10:00:00.000Z' },
        { start: '2026-10-14T02:00:00.000Z', end: '2026-10-14T10:00:00.000Z' },
        { start: '2026-10-21T02:00:00.000Z', end: '2026-10-21T10:00:00.000Z' },
      ],
      companyIds: [GOBI, HIDDEN],
      shownCompanyIds: [GOBI],
    });
    expect(state).not.toHaveProperty('windowMovesAt');
    expect(eventKeys(state)).toEqual(['slug:mining-week', `uid:${ID}@ortoo`]);
    expect([isEventVisible(state), isEventVisible(open({ status: 'published' }))]).toEqual([false, true]);
  });

  test('an all-day event has days, the last one included, and its dates beside the rule are days', () => {
    const allDay = { from: '2026-10-07', to: '2026-10-09' };
    const state = openEvent({ ...days, allDay, exdate: ['2026-10-14'], rdate: ['2026-12-01'] }, judging);
    expect(state.occurrences).toEqual([
      { start: '2026-10-07', end: '2026-10-09' },
      { start: '2026-10-21', end: '2026-10-23' },
      { start: '2026-12-01', end: '2026-12-03' },
    ]);
    expect(state.startsAt).toBe('2026-10-06T16:00:00.000Z');
  });

  test('exdate and rdate take the form of start, or a text in its zone', () => {
    const state = open({ exdate: ['2026-10-14T10:00'], rdate: [{ local: '2026-10-30T03:00', tzid: 'Europe/Berlin' }] });
    expect(state).toMatchObject({
      exdate: [{ local: '2026-10-14T10:00', tzid: 'Asia/Ulaanbaatar' }],
      rdate: [{ local: '2026-10-30T03:00', tzid: 'Europe/Berlin' }],
    });
    expect(state.occurrences.map(({ start }) => start)).toEqual([
      '2026-10-07T02:00:00.000Z',
      '2026-10-21T02:00:00.000Z',
      '2026-10-30T02:00:00.000Z',
    ]);
  });

  const at = (local: string, tzid?: string) => ({ local, ...(tzid ? { tzid } : {}) });
  const day = { start: undefined, end: undefined, rrule: undefined };
  test.each<[string, Partial<Record<keyof CalendarEventInput, unknown>>, string, string]>([
    ['no time at all', day, '/start', 'event.time-missing'],
    ['days beside a start', { allDay: { from: '2026-10-07', to: '2026-10-07' } }, '/allDay', 'event.time-missing'],
    [
      'an end of days',
      { ...day, end: at('2026-10-07T10:00'), allDay: { from: '2026-10-07', to: '2026-10-07' } },
      '/end',
      'event.time-missing',
    ],
    ['an unknown zone', { start: at('2026-10-07T10:00', 'Asia/Nowhere') }, '/start/tzid', 'event.zone-unknown'],
    ['an offset for a zone', { start: at('2026-10-07T10:00', '+08:00') }, '/start/tzid', 'event.zone-unknown'],
    ['a day that is not in the calendar', { start: at('2026-02-30T10:00') }, '/start/local', 'event.time-invalid'],
    ['an hour that is not on the clock', { start: at('2026-10-07T25:00') }, '/start/local', 'event.time-invalid'],
    ['a year far away', { start: at('2500-10-07T10:00') }, '/start/local', 'event.time-invalid'],
    [
      'an hour that the clocks skip',
      { start: at('2027-03-14T02:30', 'America/New_York') },
      '/start/local',
      'event.time-skipped',
    ],
    ['an end before the start', { end: at('2026-10-07T09:00') }, '/end/local', 'event.ends-early'],
    ['an end at the start', { end: at('2026-10-07T10:00') }, '/end/local', 'event.ends-early'],
    [
      'an end that another zone makes earlier',
      { end: at('2026-10-07T10:30', 'Asia/Tokyo') },
      '/end/local',
      'event.ends-early',
    ],
    ['an end years later', { end: at('2029-10-07T10:00') }, '/end/local', 'event.time-invalid'],
    [
      'days the wrong way round',
      { ...day, allDay: { from: '2026-10-07', to: '2026-10-06' } },
      '/allDay/to',
      'event.ends-early',
    ],
    ['a day for an exdate of times', { exdate: ['2026-10-14'] }, '/exdate/0', 'event.date-form'],
    [
      'a time for an rdate of days',
      { ...day, allDay: { from: '2026-10-07', to: '2026-10-07' }, rdate: ['2026-10-14T10:00'] },
      '/rdate/0',
      'event.date-form',
    ],
    [
      'an exdate in an unknown zone',
      { exdate: [at('2026-10-14T10:00', 'Mars/Base')] },
      '/exdate/0/tzid',
      'event.zone-unknown',
    ],
    [
      'nothing left',
      { rrule: 'FREQ=DAILY;COUNT=1', exdate: ['2026-10-07T10:00'] },
      '/rrule',
      'event.never-takes-place',
    ],
    ['a rule that never comes', { rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }, '/rrule', 'event.never-takes-place'],
    ['seconds', { rrule: 'FREQ=SECONDLY' }, '/rrule', 'event.rrule-invalid'],
    ['minutes', { rrule: 'FREQ=MINUTELY;INTERVAL=5' }, '/rrule', 'event.rrule-invalid'],
    ['hours', { rrule: 'FREQ=HOURLY' }, '/rrule', 'event.rrule-invalid'],
    ['a thousand million times', { rrule: 'FREQ=DAILY;COUNT=1000000000' }, '/rrule', 'event.rrule-invalid'],
    [
      'a list of seconds',
      { rrule: `FREQ=DAILY;BYSECOND=${Array.from({ length: 60 }, (_, n) => n).join(',')}` },
      '/rrule',
      'event.rrule-invalid',
    ],
    [
      'more times a day than hours',
      { rrule: 'FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4,5' },
      '/rrule',
      'event.rrule-invalid',
    ],
    ['no rate', { rrule: 'COUNT=3' }, '/rrule', 'event.rrule-invalid'],
    ['a part that nobody knows', { rrule: 'FREQ=DAILY;FOO=1' }, '/rrule', 'event.rrule-invalid'],
    ['a part twice', { rrule: 'FREQ=DAILY;COUNT=1;COUNT=2' }, '/rrule', 'event.rrule-invalid'],
    ['two ends', { rrule: 'FREQ=DAILY;COUNT=1;UNTIL=20270101' }, '/rrule', 'event.rrule-invalid'],
    ['an end that is no date', { rrule: 'FREQ=DAILY;UNTIL=20270230' }, '/rrule', 'event.rrule-invalid'],
    ['a weekday that is none', { rrule: 'FREQ=WEEKLY;BYDAY=XX' }, '/rrule', 'event.rrule-invalid'],
    ['counted weekdays of weeks', { rrule: 'FREQ=WEEKLY;BYDAY=1MO' }, '/rrule', 'event.rrule-invalid'],
    ['a month that is none', { rrule: 'FREQ=YEARLY;BYMONTH=13' }, '/rrule', 'event.rrule-invalid'],
    ['a position in nothing', { rrule: 'FREQ=MONTHLY;BYSETPOS=1' }, '/rrule', 'event.rrule-invalid'],
    [
      'hours of whole days',
      { ...day, allDay: { from: '2026-10-07', to: '2026-10-07' }, rrule: 'FREQ=DAILY;BYHOUR=1' },
      '/rrule',
      'event.rrule-invalid',
    ],
    ['an unknown category', { categories: ['nowhere'] }, '/categories/0', 'event.category-unknown'],
    ['an unknown organiser', { organiser: { companyId: NOBODY } }, '/organiser/companyId', 'event.company-unknown'],
    ['an organiser who is nobody', { organiser: {} }, '/organiser', 'event.organiser-missing'],
    [
      'an unknown exhibitor',
      { exhibitors: [{ companyId: GOBI }, { companyId: NOBODY }] },
      '/exhibitors/1/companyId',
      'event.company-unknown',
    ],
    [
      'a place in no region',
      { venue: { address: { country: 'MN', region: 'MN-999' } } },
      '/venue/address/region',
      'event.region-unknown',
    ],
    ['an address that is none', { onlineUrl: 'https://exa mple.mn' }, '/onlineUrl', 'event.url-invalid'],
    [
      'a price in no currency',
      { offers: [{ price: { amount: '5', currency: 'QQQ' } }] },
      '/offers/0/price/currency',
      'event.offer-invalid',
    ],
    [
      'an offer that ends before it begins',
      { offers: [{ validFrom: '2026-02-01T00:00:00Z', validThrough: '2026-01-01T00:00:00Z' }] },
      '/offers/0/validThrough',
      'event.offer-invalid',
    ],
    ['a deadline that is in no calendar', { deadline: '2026-02-30' }, '/deadline', 'event.time-invalid'],
    ['a previous day that is in no calendar', { previousStart: '2026-02-30' }, '/previousStart', 'event.time-invalid'],
  ])('is refused with %s', (_what, overrides, pointer, reason) => {
    const { code, reason: first, details } = thrownBy(() => open(overrides));
    expect({ code, first, pointers: details?.errors?.map((fault) => fault.pointer) }).toEqual({
      code: 'VALIDATION_FAILED',
      first: reason,
      pointers: [pointer],
    });
    expect(details?.errors?.[0]?.expected).toBeTruthy();
  });

  test('every fault is told at once', () => {
    const { details } = thrownBy(() => open({ categories: ['nowhere'], start: { local: 'x' }, organiser: {} }));
    expect(details?.errors?.map(({ pointer }) => pointer)).toEqual(['/start/local', '/categories/0', '/organiser']);
  });
});

describe('revising an event', () => {
  test.each([
    ['name', { name: { en: 'Mining days' } }],
    ['start', { start: { local: '2026-10-07T11:00' } }],
    ['end', { end: null }],
    ['rrule', { rrule: 'FREQ=WEEKLY;COUNT=4' }],
    ['exdate', { exdate: ['2026-10-14T10:00'] }],
    ['rdate', { rdate: ['2026-10-15T10:00'] }],
    ['venue', { venue: { name: { en: 'Misheel Expo' } } }],
    ['onlineUrl', { onlineUrl: 'https://example.mn/' }],
    ['eventStatus', { eventStatus: 'cancelled' }],
    ['the days', { start: null, end: null, allDay: { from: '2026-10-07', to: '2026-10-08' } }],
  ])('of its %s raises the sequence', (_what, body) => {
    expect(revise(open(), body).sequence).toBe(1);
  });

  test('of anything else leaves the sequence and the dates alone', () => {
    const state = open();
    const revised = revise(state, { summary: { en: 'In short' }, deadline: '2026-10-01', languages: ['mn'] });
    expect(revised).toMatchObject({ sequence: 0, occurrences: state.occurrences, updatedAt: later.now });
    expect(revise(state, { start: { local: '2026-10-07T10:00', tzid: 'Asia/Ulaanbaatar' } })).toBe(state);
  });

  test('keeps where it started before it was moved, and until it is moved again', () => {
    const moved = revise(open(), { start: { local: '2026-10-07T12:00' }, eventStatus: 'rescheduled' });
    expect(moved.previousStart).toEqual({ local: '2026-10-07T10:00', tzid: 'Asia/Ulaanbaatar' });
    const named = revise(moved, { name: { en: 'Moved week' } });
    expect(named).toMatchObject({ previousStart: moved.previousStart, sequence: 2, slug: 'moved-week' });
    const again = revise(named, { start: { local: '2026-10-08T12:00' }, end: { local: '2026-10-08T18:00' } });
    expect(again.previousStart).toEqual(moved.start);
  });

  test('keeps a company that was named already though it is gone', () => {
    const gone = { known: new Set<string>(), shown: new Set<string>(), heirs: new Map() };
    const facts = { ...judging, stamp: later, companies: gone };
    expect(reviseEvent(open(), { mode: 'merge', body: { summary: { en: 'x' } } }, facts).companyIds).toEqual([
      GOBI,
      HIDDEN,
    ]);
  });
});

describe('what an event holds of other things', () => {
  test('the public sees of its companies what it sees itself', () => {
    const state = open();
    const shown = (view: 'public' | 'staff', from = state) =>
      viewEvent({ id: ID, v: 1, state: from }, { view, lang: 'en' });
    expect(shown('public')).toMatchObject({ organiser: { companyId: GOBI } });
    expect(shown('public')).not.toHaveProperty('exhibitors');
    expect(shown('staff')).toMatchObject({ exhibitors: [{ companyId: HIDDEN }] });
    const seen = { ...companies, shown: new Set([HIDDEN]) };
    const followed = followCompanies(state, seen, later);
    expect(shown('public', followed)).not.toHaveProperty('organiser');
    expect(shown('public', followed)).toMatchObject({ exhibitors: [{ companyId: HIDDEN }] });
    expect(followCompanies(followed, seen, later)).toBe(followed);
    for (const name of ['occurrences', 'startsAt', 'companyIds', 'shownCompanyIds', 'windowMovesAt'])
      expect(shown('staff')).not.toHaveProperty(name);
  });

  test('the window of a series without an end moves on when its time has come', () => {
    const state = open({ rrule: 'FREQ=MONTHLY' });
    expect(state.windowMovesAt).toBe('2026-10-31T00:00:00.000Z');
    expect(moveWindow(state, '2026-10-30T00:00:00.000Z')).toBe(state);
    const moved = moveWindow(state, '2026-12-01T00:00:00.000Z');
    expect(moved.occurrences.length).toBe(state.occurrences.length + 2);
    expect(moved.windowMovesAt).toBe('2026-12-31T00:00:00.000Z');
    expect(moved).toMatchObject({ sequence: 0, updatedAt: state.updatedAt });
  });
});
