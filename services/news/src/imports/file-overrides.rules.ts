import type { LocalTime, RuleFault, SeriesDate } from '@ortoo/shared/contracts';
import { toMs, type ZonedTime } from '../calendar-events/event-time.rules.ts';
import type { FileEvent } from './file-event.rules.ts';
import type { FileTimes, ReadTimes } from './file-times.rules.ts';

/**
 * The times of a series with what its overrides say: a date that is cancelled is left out, one that is moved is left out
 * and added where it went. Overrides that only word a date differently are passed over.
 */
export function withOverrides(
  { times, faults }: Pick<FileEvent, 'times' | 'faults'>,
  overrides: FileEvent[],
): ReadTimes {
  const [exdate, rdate] = [[...(times.exdate ?? [])], [...(times.rdate ?? [])]];
  const found = [...faults];
  for (const { times: own, faults: ofOverride, status } of overrides) {
    found.push(...ofOverride);
    const { replaces } = own;
    if (replaces === undefined || ofOverride.length > 0) continue;
    const start = own.start ?? own.allDay?.from;
    if (status !== 'CANCELLED' && (start === undefined || isSame(start, replaces))) continue;
    exdate.push(replaces);
    if (status === 'CANCELLED' || start === undefined) continue;
    rdate.push(start);
    if (lengthOf(own) !== lengthOf(times)) found.push(lengthFault());
  }
  return {
    times: { ...times, ...(exdate.length > 0 ? { exdate } : {}), ...(rdate.length > 0 ? { rdate } : {}) },
    faults: found,
  };
}

function isSame(one: SeriesDate | LocalTime, other: SeriesDate): boolean {
  return momentMs(one) === momentMs(other);
}

/** NaN for what is in no calendar or zone, which is refused where the series is judged. */
function momentMs(moment: SeriesDate | LocalTime): number {
  if (typeof moment === 'string') return Date.parse(`${moment}T00:00:00.000Z`);
  try {
    return toMs(moment as ZonedTime);
  } catch {
    return Number.NaN;
  }
}

function lengthOf({ start, end, allDay }: FileTimes): number | undefined {
  if (allDay) return momentMs(allDay.to) - momentMs(allDay.from);
  return start && end ? momentMs(end) - momentMs(start) : undefined;
}

const lengthFault = (): RuleFault => ({
  pointer: '/rdate',
  message: 'an override has another length than its series',
  expected: 'dates of one length',
  reason: 'import.override-unsupported',
});
