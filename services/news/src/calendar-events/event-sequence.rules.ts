import { type CalendarEventInput, type CalendarEventState, isSameJson } from '@ortoo/shared/contracts';

type Members = Omit<CalendarEventInput, 'slug' | 'status'>;

/** What a subscriber's calendar has to show anew when it changes. Source: RFC 5545 §3.8.7.4. */
const materials = [
  'name',
  'start',
  'end',
  'allDay',
  'rrule',
  'exdate',
  'rdate',
  'venue',
  'onlineUrl',
  'eventStatus',
] as const;

/** What a revision raises: the number by which calendars tell versions, and where the event started before it moved. */
export function nextSequence(
  state: CalendarEventState,
  next: Members,
): Pick<CalendarEventState, 'sequence' | 'previousStart'> {
  const pick = (members: Partial<Members>) => materials.map((name) => members[name] ?? null);
  const isMaterial = !isSameJson(pick(state), pick(next));
  const isMoved = !isSameJson(startOf(state) ?? null, startOf(next) ?? null);
  const previousStart = isMoved ? startOf(state) : next.previousStart;
  return { sequence: state.sequence + (isMaterial ? 1 : 0), ...(previousStart === undefined ? {} : { previousStart }) };
}

function startOf({ start, allDay }: Partial<Members>): CalendarEventState['previousStart'] {
  return start ?? allDay?.from;
}
