import type { FuzzyDate, RuleFault } from '@ortoo/shared/contracts';
import { toInstant } from '@ortoo/shared/kernel';

const precisionByLength: Record<number, FuzzyDate['precision']> = { 4: 'year', 7: 'month', 10: 'day', 16: 'minute' };

/**
 * What is wrong with a date that is known as exactly as it says: its form must be that of its precision, it must exist
 * in the calendar, and its time zone in the IANA list. `pointer` leads to the date.
 */
export function fuzzyDateFaults({ date, precision, tzid }: FuzzyDate, pointer: string): RuleFault[] {
  const faults: RuleFault[] = [];
  const add = (member: string, message: string, expected: string) =>
    faults.push({ pointer: `${pointer}/${member}`, message, expected, reason: 'article.date-invalid' });
  const form = precisionByLength[date.length];
  if (form !== precision) add('precision', `does not fit the date ${date}`, form ?? 'the precision of the date');
  if (!isInCalendar(date)) add('date', 'is not in the calendar', 'a date that exists');
  if (tzid !== undefined && !isTimeZone(tzid))
    add('tzid', 'is not a known time zone', 'a name such as Asia/Ulaanbaatar');
  return faults;
}

function isInCalendar(date: string): boolean {
  const [year = '', month = '01', day = '01', hour = '00', minute = '00'] = date.split(/[-T:]/);
  const text = `${year}-${month}-${day}T${hour}:${minute}:00.000Z`;
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && toInstant(ms) === text;
}

function isTimeZone(tzid: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: tzid }));
  } catch {
    return false;
  }
}
