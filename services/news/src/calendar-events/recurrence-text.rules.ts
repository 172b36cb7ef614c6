import { OCCURRENCES_MAX, type RuleFault } from '@ortoo/shared/contracts';
import { toInstant } from '@ortoo/shared/kernel';
import { isDay, toMs } from './event-time.rules.ts';

/** What the rule of a series repeats: times of a zone, or whole days. */
export type RuleGround = { form: 'time'; tzid: string } | { form: 'day' };

type Parts = ReadonlyMap<string, string>;

const INTERVAL_MAX = 1_000;
const LIST_MAX = 400;
/** Times of one day that a rule may name: an hour apart is as dense as a calendar shows. */
const TIMES_A_DAY_MAX = 24;

const freqs = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];
const weekday = '(?:MO|TU|WE|TH|FR|SA|SU)';
/** RFC 5545 §3.3.10: what the parts that are lists of numbers may hold; `isSigned`: counted from the end as well. */
const numberLists: Record<string, { from: number; to: number; isSigned?: boolean }> = {
  BYMONTH: { from: 1, to: 12 },
  BYMONTHDAY: { from: 1, to: 31, isSigned: true },
  BYYEARDAY: { from: 1, to: 366, isSigned: true },
  BYWEEKNO: { from: 1, to: 53, isSigned: true },
  BYSETPOS: { from: 1, to: 366, isSigned: true },
  BYHOUR: { from: 0, to: 23 },
  BYMINUTE: { from: 0, to: 59 },
};
const known = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'WKST', ...Object.keys(numberLists)];

/**
 * A rule in its settled form (upper case, UNTIL in the form that fits the start), and what is wrong with it: what RFC 5545
 * §3.3.10 does not allow, and what we bound: nothing more often than daily, no seconds, and at most 1,000 times where
 * they are counted.
 */
export function settleRule(text: string, ground: RuleGround): { rrule: string; faults: RuleFault[] } {
  const faults: RuleFault[] = [];
  const add = (message: string, expected: string) =>
    faults.push({ pointer: '/rrule', message, expected, reason: 'event.rrule-invalid' });
  const parts = readParts(text, add);
  if (faults.length === 0) judgeParts(parts, ground, add);
  if (faults.length === 0) judgeTogether(parts, ground, add);
  const until = parts.get('UNTIL');
  const settledUntil = until === undefined ? undefined : settleUntil(until, ground);
  if (until !== undefined && settledUntil === undefined)
    add(`has an UNTIL that is no date: ${until.slice(0, 40)}`, 'UNTIL=20261231T235959Z or UNTIL=20261231');
  const settled = [...parts].map(([name, value]) => `${name}=${name === 'UNTIL' ? settledUntil : value}`);
  return { rrule: settled.join(';'), faults };
}

type Add = (message: string, expected: string) => void;

function readParts(text: string, add: Add): Parts {
  const parts = new Map<string, string>();
  for (const part of text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .replace(/;$/, '')
    .split(';')) {
    const [name = '', value = '', ...more] = part.split('=').map((side) => side.trim());
    if (!known.includes(name)) add(`has a part that is not taken: ${name.slice(0, 40)}`, `one of ${known.join(', ')}`);
    else if (value === '' || more.length > 0) add(`has ${name} without a value`, `${name}=…`);
    else if (parts.has(name)) add(`has ${name} twice`, `${name} once`);
    parts.set(name, value);
  }
  return parts;
}

/** Each part by itself. */
function judgeParts(parts: Parts, ground: RuleGround, add: Add): void {
  const freq = parts.get('FREQ');
  if (freq === undefined || !freqs.includes(freq)) add('recurs at no rate that is taken', `FREQ=${freqs.join(', ')}`);
  judgeNumber(parts, { name: 'INTERVAL', max: INTERVAL_MAX }, add);
  judgeNumber(parts, { name: 'COUNT', max: OCCURRENCES_MAX }, add);
  const wkst = parts.get('WKST');
  if (wkst !== undefined && !new RegExp(`^${weekday}$`).test(wkst)) add('has a WKST that is no weekday', 'MO … SU');
  const byday = parts.get('BYDAY');
  const day = new RegExp(`^(?:[+-]?(?:[1-9]|[1-4]\\d|5[0-3]))?${weekday}$`);
  if (byday !== undefined && !isList(byday, (one) => day.test(one)))
    add('has a BYDAY that is no day', 'MO, 1FR, -1SU …');
  for (const [name, { from, to, isSigned = false }] of Object.entries(numberLists)) {
    const list = parts.get(name);
    const isNumber = (one: string) => {
      const number = isSigned ? Math.abs(Number(one)) : Number(one);
      return /^[+-]?\d{1,3}$/.test(one) && number >= from && number <= to;
    };
    const expected = `numbers from ${from} to ${to}${isSigned ? ', or from the end' : ''}`;
    if (list !== undefined && !isList(list, isNumber)) add(`has a ${name} that is none`, expected);
  }
  const isTimed = parts.has('BYHOUR') || parts.has('BYMINUTE');
  if (ground.form === 'day' && isTimed) add('names hours of whole days', 'neither BYHOUR nor BYMINUTE');
}

function judgeNumber(parts: Parts, { name, max }: { name: string; max: number }, add: Add): void {
  const value = parts.get(name);
  if (value === undefined) return;
  const isRight = /^\d{1,9}$/.test(value) && Number(value) >= 1 && Number(value) <= max;
  if (!isRight) add(`has a ${name} that is out of bounds: ${value.slice(0, 40)}`, `${name} from 1 to ${max}`);
}

function isList(text: string, isRight: (one: string) => boolean): boolean {
  const list = text.split(',');
  return list.length <= LIST_MAX && list.every(isRight);
}

/** What parts may not be together. Source: RFC 5545 §3.3.10. */
function judgeTogether(parts: Parts, _ground: RuleGround, add: Add): void {
  const freq = parts.get('FREQ') ?? '';
  const byday = parts.get('BYDAY');
  if (parts.has('COUNT') && parts.has('UNTIL')) add('has both COUNT and UNTIL', 'one of them');
  if (parts.has('BYWEEKNO') && freq !== 'YEARLY') add('has BYWEEKNO without years', 'FREQ=YEARLY');
  if (parts.has('BYYEARDAY') && freq !== 'YEARLY') add('has BYYEARDAY without years', 'FREQ=YEARLY');
  if (parts.has('BYMONTHDAY') && freq === 'WEEKLY') add('has BYMONTHDAY in weeks', 'another FREQ, or BYDAY');
  if (byday !== undefined && /\d/.test(byday) && (!['MONTHLY', 'YEARLY'].includes(freq) || parts.has('BYWEEKNO')))
    add('counts weekdays outside of months and years', 'BYDAY without numbers');
  if (parts.has('BYSETPOS') && ![...parts.keys()].some((name) => name.startsWith('BY') && name !== 'BYSETPOS'))
    add('has BYSETPOS of nothing', 'another BY… beside it');
  const times = countOf(parts, 'BYHOUR') * countOf(parts, 'BYMINUTE');
  if (times > TIMES_A_DAY_MAX) add(`names ${times} times a day`, `at most ${TIMES_A_DAY_MAX}`);
}

function countOf(parts: Parts, name: string): number {
  return parts.get(name)?.split(',').length ?? 1;
}

/** UNTIL as RFC 5545 wants it: in UTC where the start has a zone, else a day. A day ends when the next one begins. */
function settleUntil(text: string, ground: RuleGround): string | undefined {
  const [, year, month, date, time, zulu] = /^(\d{4})(\d{2})(\d{2})(?:T(\d{6})(Z?))?$/.exec(text) ?? [];
  const day = `${year}-${month}-${date}`;
  if (!isDay(day)) return undefined;
  if (ground.form === 'day') return day.replaceAll('-', '');
  const [hours, minutes, seconds] = (time ?? '235959').match(/\d{2}/g) ?? [];
  const local = `${day}T${hours}:${minutes}:${seconds}`;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const instant = zulu === 'Z' ? `${local}.000Z` : toInstant(toMs({ local, tzid: ground.tzid }));
  return `${instant.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}
