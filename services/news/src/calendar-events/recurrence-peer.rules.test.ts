import { toInstant } from '@ortoo/shared/kernel';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { expandSeries } from './recurrence.rules.ts';
import { settleRule } from './recurrence-text.rules.ts';

/**
 * Our dates against those of ical.js, from a start that the rule meets (RFC 5545 leaves others undefined) and after `now`, so
 * that both begin with the same one. Not drawn is what ical.js 2.2.1 reads wrong or never ends on: lists out of order,
 * days of the month after
 * the 28th, BYMONTH or BYHOUR in months, BYMONTHDAY in days or from the end of the month, BYYEARDAY and BYWEEKNO.
 */
const now = '2024-01-01T00:00:00.000Z';
const LOOKED_AT = 40;

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const part = (name: string, values: fc.Arbitrary<readonly unknown[]>) =>
  fc.option(
    values.map((all) => `;${name}=${all.join(',')}`),
    { nil: '' },
  );
const numbers = (min: number, max: number, maxLength = 3) =>
  fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength }).map((all) => all.toSorted((a, b) => a - b));
const someDays = fc.subarray([...weekdays], { minLength: 1, maxLength: 3 });
const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((all) => all.join(''));

const interval = part('INTERVAL', fc.tuple(fc.integer({ min: 1, max: 5 })));
const wkst = part('WKST', fc.tuple(fc.constantFrom(...weekdays)));
const hours = part('BYHOUR', numbers(0, 23, 2));
const counted = part(
  'BYDAY',
  fc.tuple(fc.constantFrom(1, 2, 3, 4, -1, -2), fc.constantFrom(...weekdays)).map((one) => [one.join('')]),
);
const position = part('BYSETPOS', fc.tuple(fc.constantFrom(1, 2, 3, 4, -1, -2, -3)));
const ends = fc.oneof(
  fc.constant(''),
  fc.integer({ min: 1, max: 30 }).map((n) => `;COUNT=${n}`),
  fc.integer({ min: 0, max: 1_500 }).map((days) => `;UNTIL=${dayText(Date.UTC(2024, 1, 1 + days))}T120000Z`),
);
const dayText = (ms: number) => toInstant(ms).slice(0, 10).replaceAll('-', '');

const rules = fc.oneof(
  joined(fc.constant('FREQ=DAILY'), interval, part('BYDAY', someDays), hours),
  joined(fc.constant('FREQ=WEEKLY'), interval, part('BYDAY', someDays), hours, wkst),
  joined(fc.constant('FREQ=MONTHLY'), interval, fc.oneof(part('BYDAY', someDays), counted)),
  joined(fc.constant('FREQ=MONTHLY'), interval, part('BYMONTHDAY', numbers(1, 28))),
  joined(fc.constant('FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR'), interval, position),
  joined(fc.constant('FREQ=YEARLY'), interval, part('BYMONTH', numbers(1, 12))),
  joined(fc.constant('FREQ=YEARLY;BYMONTH=3,9'), interval, fc.oneof(counted, part('BYMONTHDAY', numbers(1, 28)))),
);
const starts = fc
  .tuple(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30))
  .filter(([day]) => new Date(Date.UTC(2024, 1, 1 + day)).getUTCDate() <= 28)
  .map(([day, hour, minute]) => toInstant(Date.UTC(2024, 1, 1 + day, hour, minute)).slice(0, 16));

type Beside = { addedMs?: readonly number[]; takenMs?: readonly number[] };

function ours(local: string, rrule: string, { addedMs = [], takenMs = [] }: Beside = {}): string[] {
  const settled = settleRule(rrule, { form: 'time', tzid: 'UTC' });
  expect(settled.faults).toEqual([]);
  const series = { start: { local, tzid: 'UTC' }, rrule: settled.rrule, addedMs, takenMs };
  return expandSeries(series, now)
    .startsMs.slice(0, LOOKED_AT)
    .map((ms) => toInstant(ms).slice(0, 19));
}

/** As many dates as ours, so that it need not look for what comes after the last. */
function theirs(local: string, rrule: string, size: number): string[] {
  const dates = ICAL.Recur.fromString(rrule).iterator(ICAL.Time.fromJSDate(new Date(`${local}:00Z`), true));
  return Array.from({ length: size }, () => dates.next()?.toString().slice(0, 19) ?? 'over');
}

/** The same of an event with dates beside the rule, and without those left out, which ical.js does for whole events. */
function theirSeries(
  local: string,
  rrule: string,
  { added, taken, size }: { added: string[]; taken: string[]; size: number },
) {
  const event = new ICAL.Component('vevent');
  const timeOf = (text: string) => ICAL.Time.fromJSDate(new Date(`${text.slice(0, 16)}:00Z`), true);
  event.addPropertyWithValue('dtstart', timeOf(local));
  event.addPropertyWithValue('rrule', ICAL.Recur.fromString(rrule));
  for (const text of added) event.addPropertyWithValue('rdate', timeOf(text));
  for (const text of taken) event.addPropertyWithValue('exdate', timeOf(text));
  const dates = new ICAL.Event(event).iterator();
  const seen = new Set<string>(); // it gives a date twice that the rule gives and that stands beside it
  while (seen.size < size) seen.add(dates.next()?.toString().slice(0, 19) ?? 'over');
  return [...seen];
}

test('any rule gives the dates that an independent reader of RFC 5545 gives', () => {
  fc.assert(
    fc.property(starts, rules, ends, (anchor, rule, end) => {
      const first = ours(anchor, rule)[0]?.slice(0, 16);
      fc.pre(first !== undefined);
      const dates = ours(first, rule + end);
      expect(dates).toEqual(theirs(first, rule + end, dates.length));
    }),
    { numRuns: 200 },
  );
});

/**
 * Days and hours after the start, and which of the dates are told twice or left out. Not drawn is what ical.js 2.2.1 reads
 * wrong: a date told twice and left out, and leaving out what is no date.
 */
const beside = fc.record({
  added: fc.array(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 23 })), { maxLength: 6 }),
  repeated: fc.array(fc.nat(LOOKED_AT - 1), { maxLength: 3 }),
  taken: fc.array(fc.nat(LOOKED_AT - 1), { maxLength: 6 }),
  takenOfAdded: fc.array(fc.nat(5), { maxLength: 2 }),
});

test('any rule with dates beside it and dates left out gives the dates that an independent reader gives', () => {
  const HOUR_MS = 3_600_000;
  fc.assert(
    fc.property(starts, rules, ends, beside, (anchor, rule, end, drawn) => {
      const first = ours(anchor, rule)[0]?.slice(0, 16);
      fc.pre(first !== undefined);
      const msOf = (text: string) => Date.parse(`${text.slice(0, 16)}:00Z`);
      const plain = ours(first, rule + end).map(msOf);
      const pick = (from: number[], places: number[]) => [...new Set(places.flatMap((place) => from[place] ?? []))];
      const drawnMs = drawn.added.map(([days, hours]) => msOf(first) + (days * 24 + hours) * HOUR_MS);
      const others = [...new Set(drawnMs)].filter((ms) => !plain.includes(ms));
      const taken = pick(plain, drawn.taken);
      const addedMs = [...others, ...pick(plain, drawn.repeated).filter((ms) => !taken.includes(ms))];
      const takenMs = [...taken, ...pick(others, drawn.takenOfAdded)];
      const dates = ours(first, rule + end, { addedMs, takenMs });
      const texts = (all: number[]) => all.map((ms) => toInstant(ms));
      const size = dates.length;
      expect(dates).toEqual(theirSeries(first, rule + end, { added: texts(addedMs), taken: texts(takenMs), size }));
    }),
    { numRuns: 100 },
  );
});
