import type { AllDay, LocalTime, RuleFault, SeriesDate } from '@ortoo/shared/contracts';
import { Temporal } from 'temporal-polyfill';
import { shiftDay, type ZonedTime } from '../calendar-events/event-time.rules.ts';
import { propertyIn } from './calendar-file.rules.ts';

/** When a VEVENT takes place, in the members of a create body; `replaces` is the date of a series that it stands for. */
export type FileTimes = {
  start?: LocalTime;
  end?: LocalTime;
  allDay?: AllDay;
  rrule?: string;
  exdate?: SeriesDate[];
  rdate?: SeriesDate[];
  replaces?: SeriesDate;
};
/** The zone of times that name none, and the IANA name of a TZID. */
export type FileZones = { floating: string; named(tzid: string): string };

/** One property as ical.js reads it: its name, its parameters, its type and its values. */
export type Property = [
  name: string,
  parameters: Record<string, string | string[]>,
  type: string,
  ...values: unknown[],
];
export type Properties = { all(name: string): Property[]; first(name: string): Property | undefined };

export type ReadTimes = { times: FileTimes; faults: RuleFault[] };

/** A time of a zone, or a day. */
type Moment = ZonedTime | string;

/** Reads the times of a VEVENT; `rules` are its lines of RRULE and EXRULE, which our own rules judge. */
export function readTimes(read: Properties, rules: string[], zones: FileZones): ReadTimes {
  const faults: RuleFault[] = [];
  const one = (name: string, pointer: string) => {
    const property = read.first(name);
    const moment = property && momentOf(property, property[3], zones);
    if (property && moment === undefined) faults.push(unreadable(pointer, name));
    return moment;
  };
  const many = (name: string, pointer: string) =>
    read.all(name).flatMap((property) =>
      property.slice(3).flatMap((value) => {
        const moment = momentOf(property, value, zones);
        if (moment === undefined) faults.push(unreadable(pointer, name));
        return moment ?? [];
      }),
    );
  const start = one('dtstart', '/start');
  const end = one('dtend', '/end');
  const replaces = one('recurrence-id', '/start');
  const [exdate, rdate] = [many('exdate', '/exdate'), many('rdate', '/rdate')];
  const rrule = ruleOf(rules, faults);
  const span = start === undefined ? {} : spanOf(start, end ?? endAfter(start, read.first('duration'), faults), faults);
  return {
    times: {
      ...span,
      ...(rrule === undefined ? {} : { rrule }),
      ...(exdate.length > 0 ? { exdate } : {}),
      ...(rdate.length > 0 ? { rdate } : {}),
      ...(replaces === undefined ? {} : { replaces }),
    },
    faults,
  };
}

function momentOf([, parameters, type]: Property, value: unknown, zones: FileZones): Moment | undefined {
  const text = String(value);
  if (type === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined;
  const [, local, zulu] = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(Z?)$/.exec(text) ?? [];
  if (local === undefined) return undefined;
  const named = parameters.tzid === undefined ? zones.floating : zones.named(String(parameters.tzid));
  return { local: local.replace(/:00$/, ''), tzid: zulu === 'Z' ? 'UTC' : named };
}

/** A start with its end: the end of days is the day after the last, and an event without an end has none. */
function spanOf(start: Moment, end: Moment | undefined, faults: RuleFault[]): FileTimes {
  if (typeof start === 'string') {
    if (typeof end === 'object') faults.push(formFault());
    const after = typeof end === 'string' && isReal(end) ? end : undefined;
    return { allDay: { from: start, to: after === undefined || after === start ? start : shiftDay(after, -1) } };
  }
  if (typeof end === 'string') faults.push(formFault());
  if (typeof end !== 'object' || (end.local === start.local && end.tzid === start.tzid)) return { start };
  return { start, end };
}

function endAfter(start: Moment, duration: Property | undefined, faults: RuleFault[]): Moment | undefined {
  if (!duration) return undefined;
  try {
    const length = Temporal.Duration.from(String(duration[3]));
    if (typeof start === 'string') return Temporal.PlainDate.from(start).add(length).toString();
    const from = Temporal.PlainDateTime.from(start.local).toZonedDateTime(start.tzid);
    const local = from.add(length).toPlainDateTime().toString({ smallestUnit: 'second' });
    return { local: local.replace(/:00$/, ''), tzid: start.tzid };
  } catch {
    faults.push(unreadable('/end', 'duration'));
    return undefined;
  }
}

function ruleOf(rules: string[], faults: RuleFault[]): string | undefined {
  const [first, ...more] = rules.map((line) => propertyIn(line, 'RRULE'));
  if (first === undefined && rules.length > 0) faults.push(ruleFault('EXRULE is not taken', 'EXDATE for each date'));
  if (more.length > 0) faults.push(ruleFault('there are several rules', 'one RRULE'));
  return first;
}

function isReal(day: string): boolean {
  return !Number.isNaN(Date.parse(`${day}T00:00:00.000Z`));
}

const unreadable = (pointer: string, name: string): RuleFault => ({
  pointer,
  message: `${name.toUpperCase()} cannot be read`,
  expected: 'a value of RFC 5545 §3.3.4, §3.3.5 or §3.3.6',
  reason: 'import.time-unreadable',
});
const ruleFault = (message: string, expected: string): RuleFault => ({
  pointer: '/rrule',
  message,
  expected,
  reason: 'event.rrule-invalid',
});
const formFault = (): RuleFault => ({
  pointer: '/end',
  message: 'is not of the form of the start',
  expected: 'DTEND as DTSTART is',
  reason: 'event.date-form',
});
