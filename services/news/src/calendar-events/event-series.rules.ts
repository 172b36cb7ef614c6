import type {
  AllDay,
  CalendarEventInput,
  CalendarEventState,
  Occurrence,
  RuleFault,
  SeriesDate,
} from '@ortoo/shared/contracts';
import { type Instant, shiftInstant, toInstant } from '@ortoo/shared/kernel';
import {
  allDayFaults,
  daysOf,
  dayToMs,
  endFaults,
  isDay,
  settleTime,
  shiftDay,
  toMs,
  type ZonedTime,
} from './event-time.rules.ts';
import { expandSeries } from './recurrence.rules.ts';
import { settleRule } from './recurrence-text.rules.ts';

/** When an event takes place, as callers say it. */
export type Times = Pick<CalendarEventInput, 'start' | 'end' | 'allDay' | 'rrule' | 'exdate' | 'rdate'>;
/** What is made of it. */
export type Dates = Pick<CalendarEventState, 'startsAt' | 'occurrences' | 'windowMovesAt'>;

/** How soon the window of a series that goes on is moved: five years ahead become at least four years and eleven months. */
const WINDOW_STEP_MS = 30 * 86_400_000;
const UTC = 'UTC';

/** Times in their settled form, and every fault of them. */
export function settleTimes(times: Times): { times: Times; faults: RuleFault[] } {
  const { start, allDay } = times;
  if (start && !allDay) return settleTimed({ ...times, start });
  if (allDay && !start) return settleDays({ ...times, allDay });
  const [pointer, message] = start ? ['/allDay', 'is given beside start'] : ['/start', 'is missing'];
  return { times, faults: [{ pointer, message, expected: 'either start or allDay', reason: 'event.time-missing' }] };
}

function settleTimed(times: Times & Pick<Required<Times>, 'start'>) {
  const start = settleTime(times.start, '/start');
  const { tzid } = start.time;
  const end = times.end && settleTime({ tzid, ...times.end }, '/end');
  const isOwn = ({ pointer }: RuleFault) => times.end?.tzid !== undefined || pointer !== '/end/tzid';
  const faults = [...start.faults, ...(end?.faults ?? []).filter(isOwn)];
  if (faults.length > 0) return { times, faults };
  const rule = times.rrule === undefined ? undefined : settleRule(times.rrule, { form: 'time', tzid });
  const exdate = settleDates(times.exdate, '/exdate', (one, pointer) => settleMoment(one, pointer, tzid));
  const rdate = settleDates(times.rdate, '/rdate', (one, pointer) => settleMoment(one, pointer, tzid));
  const settled = {
    start: start.time,
    ...(end ? { end: end.time } : {}),
    ...(rule ? { rrule: rule.rrule } : {}),
    ...(exdate.dates ? { exdate: exdate.dates } : {}),
    ...(rdate.dates ? { rdate: rdate.dates } : {}),
  };
  const ofEnd = end ? endFaults(start.time, end.time) : [];
  return { times: settled, faults: [...ofEnd, ...(rule?.faults ?? []), ...exdate.faults, ...rdate.faults] };
}

function settleDays(times: Times & Pick<Required<Times>, 'allDay'>) {
  const { allDay, end } = times;
  const expected = 'allDay.to, the last day';
  const faults: RuleFault[] = [
    ...(end ? [{ pointer: '/end', message: 'is not of whole days', expected, reason: 'event.time-missing' }] : []),
    ...allDayFaults(allDay),
  ];
  const rule = times.rrule === undefined ? undefined : settleRule(times.rrule, { form: 'day' });
  const exdate = settleDates(times.exdate, '/exdate', settleDay);
  const rdate = settleDates(times.rdate, '/rdate', settleDay);
  const settled = {
    allDay,
    ...(rule ? { rrule: rule.rrule } : {}),
    ...(exdate.dates ? { exdate: exdate.dates } : {}),
    ...(rdate.dates ? { rdate: rdate.dates } : {}),
  };
  return { times: settled, faults: [...faults, ...(rule?.faults ?? []), ...exdate.faults, ...rdate.faults] };
}

type Settle = (one: SeriesDate, pointer: string) => { date: SeriesDate; faults: RuleFault[] };

function settleDates(dates: SeriesDate[] | undefined, pointer: string, settle: Settle) {
  if (!dates) return { dates: undefined, faults: [] };
  const settled = dates.map((one, place) => settle(one, `${pointer}/${place}`));
  return { dates: settled.map(({ date }) => date), faults: settled.flatMap(({ faults }) => faults) };
}

/** A date beside the rule takes the form of start; a text is a time of its zone. */
function settleMoment(one: SeriesDate, pointer: string, tzid: string): ReturnType<Settle> {
  if (typeof one === 'string' && !one.includes('T')) return formFault(one, pointer, 'a time, as start is');
  const { time, faults } = settleTime(typeof one === 'string' ? { local: one, tzid } : { tzid, ...one }, pointer);
  return { date: time, faults };
}

function settleDay(one: SeriesDate, pointer: string): ReturnType<Settle> {
  return typeof one === 'string' && isDay(one)
    ? { date: one, faults: [] }
    : formFault(one, pointer, 'a day, as allDay is of');
}

function formFault(date: SeriesDate, pointer: string, expected: string): ReturnType<Settle> {
  return {
    date,
    faults: [{ pointer, message: 'is not of the form of the start', expected, reason: 'event.date-form' }],
  };
}

/**
 * The dates of an event whose times are settled, and a fault where it never takes place. `now` is the middle of the
 * window in which they are kept.
 */
export function datesOf(times: Times, now: Instant): { dates: Dates; faults: RuleFault[] } {
  const { allDay, start } = times;
  const first = allDay ? { local: `${allDay.from}T00:00`, tzid: UTC } : (start as ZonedTime); // settled: one is there
  const { startsMs, firstMs, isComplete } = expandSeries(
    { start: first, rrule: times.rrule, addedMs: momentsOf(times.rdate), takenMs: momentsOf(times.exdate) },
    now,
  );
  const lengthMs = times.end ? toMs(times.end as ZonedTime) - toMs(first) : 0;
  const startsAtMs = firstMs ?? toMs(first);
  const dates = {
    startsAt: toInstant(allDay ? dayToMs(dayOf(startsAtMs)) : startsAtMs),
    occurrences: startsMs.map((ms) => (allDay ? daysFrom(ms, allDay) : instantsFrom(ms, lengthMs))),
    ...(isComplete ? {} : { windowMovesAt: shiftInstant(now, WINDOW_STEP_MS) }),
  };
  if (firstMs !== undefined) return { dates, faults: [] };
  const pointer = times.rrule === undefined ? '/exdate' : '/rrule';
  const expected = 'a series with a date that is not left out, and not rarer than one in fifty years';
  return { dates, faults: [{ pointer, message: 'leaves no date', expected, reason: 'event.never-takes-place' }] };
}

function momentsOf(dates: SeriesDate[] = []): number[] {
  return dates.map((one) => (typeof one === 'string' ? Date.parse(`${one}T00:00:00.000Z`) : toMs(one as ZonedTime)));
}

function dayOf(ms: number): string {
  return toInstant(ms).slice(0, 10);
}

function daysFrom(ms: number, allDay: AllDay): Occurrence {
  const day = dayOf(ms);
  return { start: day, end: shiftDay(day, daysOf(allDay) - 1) };
}

function instantsFrom(ms: number, lengthMs: number): Occurrence {
  return { start: toInstant(ms), end: toInstant(ms + lengthMs) };
}
