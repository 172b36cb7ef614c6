import { type AllDay, HOME_ZONE, type LocalTime, type RuleFault } from '@ortoo/shared/contracts';
import { toInstant } from '@ortoo/shared/kernel';
import { Temporal } from 'temporal-polyfill';

/** A time with the zone that it is in, to the second where it has seconds. */
export type ZonedTime = Required<LocalTime>;

/** Years that events may lie in: before them zones are guesses, after them nobody plans. */
const YEARS = { from: 1970, to: 2199 };
const DAY_MS = 86_400_000;
/** Days that one occurrence may last. */
export const DAYS_MAX = 366;
const EXAMPLE_LOCAL = '2026-10-07T10:00';

/**
 * A time in its settled form, and what is wrong with it: its zone must be in the IANA list, its date in the calendar,
 * and its hour on the clocks of that day. An hour that comes twice is the first of both (RFC 5545 §3.3.5). `zone` is
 * that of a time that names none.
 */
export function settleTime(
  { local, tzid = HOME_ZONE }: LocalTime,
  pointer: string,
): { time: ZonedTime; faults: RuleFault[] } {
  const time = { local: local.replace(/(T\d{2}:\d{2}):00$/, '$1'), tzid };
  return { time, faults: [...zoneFaults(tzid, pointer), ...localFaults(time, pointer)] };
}

function zoneFaults(tzid: string, pointer: string): RuleFault[] {
  if (isZone(tzid)) return [];
  const expected = `an IANA time zone such as ${HOME_ZONE}`;
  return [{ pointer: `${pointer}/tzid`, message: 'is not a known time zone', expected, reason: 'event.zone-unknown' }];
}

function localFaults({ local, tzid }: ZonedTime, pointer: string): RuleFault[] {
  const at = { pointer: `${pointer}/local`, reason: 'event.time-invalid' };
  const plain = plainOf(local);
  if (!plain) return [{ ...at, message: 'is not in the calendar', expected: `a time such as ${EXAMPLE_LOCAL}` }];
  if (plain.year < YEARS.from || plain.year > YEARS.to) return [{ ...at, ...yearFault }];
  if (!isZone(tzid)) return [];
  const back = plain.toZonedDateTime(tzid).toPlainDateTime();
  if (back.equals(plain)) return [];
  const message = `does not exist in ${tzid}: the clocks skip it`;
  return [{ ...at, message, expected: `${textOf(back)}, or another time`, reason: 'event.time-skipped' }];
}

const yearFault = { message: 'is too far away', expected: `a year from ${YEARS.from} to ${YEARS.to}` };

/** What is wrong with the days of an all-day event. The contract has seen to it that both are in the calendar. */
export function allDayFaults({ from, to }: AllDay): RuleFault[] {
  const reason = 'event.days-invalid';
  const far = [from, to].some((day) => Number(day.slice(0, 4)) < YEARS.from || Number(day.slice(0, 4)) > YEARS.to);
  if (far) return [{ pointer: '/allDay/from', ...yearFault, reason }];
  if (to < from)
    return [
      { pointer: '/allDay/to', message: 'lies before from', expected: `${from} or later`, reason: 'event.ends-early' },
    ];
  if (daysOf({ from, to }) <= DAYS_MAX) return [];
  return [{ pointer: '/allDay/to', message: 'lasts too long', expected: `at most ${DAYS_MAX} days`, reason }];
}

/** What is wrong with an end, where both times are right by themselves. */
export function endFaults(start: ZonedTime, end: ZonedTime): RuleFault[] {
  const lastsMs = toMs(end) - toMs(start);
  const at = { pointer: '/end/local', reason: 'event.ends-early' };
  if (lastsMs <= 0) return [{ ...at, message: 'is not later than start', expected: `later than ${start.local}` }];
  if (lastsMs <= DAYS_MAX * DAY_MS) return [];
  return [{ ...at, message: 'lasts too long', expected: `at most ${DAYS_MAX} days`, reason: 'event.time-invalid' }];
}

/** Milliseconds since the epoch of a settled time. */
export function toMs({ local, tzid }: ZonedTime): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(tzid).epochMilliseconds;
}

/** Milliseconds since the epoch at which a day begins; for all-day events at home. */
export function dayToMs(day: string, tzid: string = HOME_ZONE): number {
  return Temporal.PlainDate.from(day).toZonedDateTime(tzid).epochMilliseconds;
}

/** The day some days after another. */
export function shiftDay(day: string, days: number): string {
  return toInstant(Date.parse(`${day}T00:00:00.000Z`) + days * DAY_MS).slice(0, 10);
}

/** Days of an all-day event, the first and the last among them. */
export function daysOf({ from, to }: AllDay): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && plainOf(`${text}T00:00`) !== undefined;
}

/** Whether a name is one of the IANA list; what only says an offset is none. */
function isZone(tzid: string): boolean {
  if (!/^[A-Za-z]/.test(tzid)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: tzid }));
  } catch {
    return false;
  }
}

function plainOf(local: string): Temporal.PlainDateTime | undefined {
  try {
    return Temporal.PlainDateTime.from(local, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

function textOf(plain: Temporal.PlainDateTime): string {
  return plain.toString({ smallestUnit: 'minute' });
}
