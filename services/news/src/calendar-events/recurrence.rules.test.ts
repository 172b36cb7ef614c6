import { describe, expect, test } from 'vitest';
import { expandSeries, type Series } from './recurrence.rules.ts';

const now = '2026-10-01T00:00:00.000Z';
const ULAANBAATAR = 'Asia/Ulaanbaatar';

function seriesOf(local: string, rrule?: string, more: Partial<Series> = {}): Series {
  return { start: { local, tzid: ULAANBAATAR }, rrule, addedMs: [], takenMs: [], ...more };
}
const instants = (series: Series, at = now) =>
  expandSeries(series, at).startsMs.map((ms) => new Date(ms).toISOString());

describe('a series', () => {
  test('without a rule takes place at its start, however far that is', () => {
    const once = expandSeries(seriesOf('2199-10-07T10:00'), now);
    expect(once).toMatchObject({ startsMs: [Date.parse('2199-10-07T02:00:00Z')], isComplete: true });
  });

  test('keeps the hour of its clocks where these change', () => {
    const york = { start: { local: '2026-10-30T09:00', tzid: 'America/New_York' } };
    expect(instants(seriesOf('', 'FREQ=DAILY;COUNT=4', york))).toEqual([
      '2026-10-30T13:00:00.000Z',
      '2026-10-31T13:00:00.000Z',
      '2026-11-01T14:00:00.000Z',
      '2026-11-02T14:00:00.000Z',
    ]);
  });

  test('does not take place at an hour that the clocks skip, and once at one that they show twice', () => {
    const gap = { start: { local: '2027-03-13T02:30', tzid: 'America/New_York' } };
    expect(instants(seriesOf('', 'FREQ=DAILY;UNTIL=20270315T235959Z', gap))).toEqual([
      '2027-03-13T07:30:00.000Z',
      '2027-03-15T06:30:00.000Z',
    ]);
    const fold = { start: { local: '2026-10-31T01:30', tzid: 'America/New_York' } };
    expect(instants(seriesOf('', 'FREQ=DAILY;COUNT=3', fold))).toEqual([
      '2026-10-31T05:30:00.000Z',
      '2026-11-01T05:30:00.000Z',
      '2026-11-02T06:30:00.000Z',
    ]);
  });

  test('leaves out and adds dates', () => {
    const [added, taken] = [Date.parse('2026-10-10T02:00:00Z'), Date.parse('2026-10-14T02:00:00Z')];
    const series = seriesOf('2026-10-07T10:00', 'FREQ=WEEKLY;COUNT=3', { addedMs: [added], takenMs: [taken] });
    expect(instants(series)).toEqual([
      '2026-10-07T02:00:00.000Z',
      '2026-10-10T02:00:00.000Z',
      '2026-10-21T02:00:00.000Z',
    ]);
  });

  test('that does not end is kept for five years ahead and told to go on', () => {
    const { startsMs, isComplete } = expandSeries(seriesOf('2026-10-07T10:00', 'FREQ=MONTHLY'), now);
    expect([startsMs.length, isComplete]).toEqual([60, false]);
  });

  test('of more than 1,000 dates keeps the next ones, then the latest of those gone by', () => {
    const dense = expandSeries(seriesOf('2020-01-01T10:00', 'FREQ=DAILY'), now);
    expect([dense.startsMs.length, dense.startsMs[0]]).toEqual([1_000, Date.parse('2026-10-01T02:00:00Z')]);
    const weekdays = expandSeries(seriesOf('2020-01-01T10:00', 'FREQ=DAILY;UNTIL=20270101T000000Z'), now);
    expect(weekdays.startsMs.length).toBe(1_000);
    expect(weekdays.startsMs.at(-1)).toBe(Date.parse('2026-12-31T02:00:00Z'));
    expect(weekdays.isComplete).toBe(true);
  });

  test('that begins beyond the window has no date in it and goes on', () => {
    const far = expandSeries(seriesOf('2040-10-07T10:00', 'FREQ=WEEKLY;COUNT=3'), now);
    expect(far).toEqual({ startsMs: [], firstMs: Date.parse('2040-10-07T02:00:00Z'), isComplete: false });
  });

  test.each([
    ['that never comes', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'],
    ['that never comes, day by day', 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30'],
    ['that never comes and is counted', 'FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31;COUNT=1000'],
    ['of a set position that is never reached', 'FREQ=WEEKLY;BYDAY=MO;BYSETPOS=366'],
    ['over before it began', 'FREQ=DAILY;UNTIL=20200101T000000Z'],
  ])('with a rule %s is nothing, found out in bounded time', (_what, rrule) => {
    const startedMs = performance.now();
    expect(expandSeries(seriesOf('2026-10-07T10:00', rrule), now)).toMatchObject({ startsMs: [], firstMs: undefined });
    expect(performance.now() - startedMs).toBeLessThan(3_000);
  });

  test.each([
    'FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23',
    'FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=1,2,3,4;BYMINUTE=1,2,3,4,5,6',
    'FREQ=DAILY;COUNT=1000;BYMONTH=2;BYMONTHDAY=29',
    'FREQ=DAILY;INTERVAL=1000;COUNT=1000',
  ])('of the densest and rarest rules that are taken is expanded in bounded time: %s', (rrule) => {
    const startedMs = performance.now();
    expect(expandSeries(seriesOf('1970-01-01T10:00', rrule), now).startsMs.length).toBeLessThanOrEqual(1_000);
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });
});
