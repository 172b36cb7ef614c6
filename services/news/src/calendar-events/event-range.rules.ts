import { type EventFilter, OCCURRENCE_YEARS_MAX } from '@ortoo/shared/contracts';
import { AppError, type Fault, type Instant, parseInstant, shiftInstant, toInstant } from '@ortoo/shared/kernel';
import { dayToMs, isDay } from './event-time.rules.ts';

/** Half-open: `from` is in, `to` is out. */
export type Range = { from: Instant; to: Instant };

const YEAR_MS = 366 * 86_400_000;

/**
 * The range that a list of occurrences is about; undefined when neither end is given. `from` is now and `to` a year later
 * where only the other is. A bare day begins in Ulaanbaatar. Throws VALIDATION_FAILED `event.range-invalid` with every
 * fault: what is in no calendar, an end that is not later, and more than five years.
 */
export function readRange({ from, to }: Pick<EventFilter, 'from' | 'to'>, now: Instant): Range | undefined {
  if (from === undefined && to === undefined) return undefined;
  const begin = from === undefined ? now : instantOf(from);
  const end = to === undefined ? begin && shiftInstant(begin, YEAR_MS) : instantOf(to);
  const faults: Fault[] = [
    ...(begin === undefined ? [noDate('/from')] : []),
    ...(end === undefined && begin !== undefined ? [noDate('/to')] : []),
  ];
  if (begin !== undefined && end !== undefined) faults.push(...orderFaults({ from: begin, to: end }));
  if (begin === undefined || end === undefined || faults.length > 0)
    throw AppError.invalid('event.range-invalid', faults);
  return { from: begin, to: end };
}

function orderFaults({ from, to }: Range): Fault[] {
  if (to <= from) return [{ pointer: '/to', message: 'is not later than from', expected: `later than ${from}` }];
  const lastsMs = Date.parse(to) - Date.parse(from);
  if (lastsMs <= OCCURRENCE_YEARS_MAX * YEAR_MS) return [];
  return [{ pointer: '/to', message: 'is too far from from', expected: `at most ${OCCURRENCE_YEARS_MAX} years` }];
}

function instantOf(text: string): Instant | undefined {
  if (text.includes('T') || text.includes('t')) return parseInstant(text);
  return isDay(text) ? toInstant(dayToMs(text)) : undefined;
}

function noDate(pointer: string): Fault {
  return { pointer, message: 'is not in the calendar', expected: 'a day, or an instant with its offset' };
}
