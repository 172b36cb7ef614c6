import { toInstant } from '@ortoo/shared/kernel';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';

/** An event of a calendar as a program that subscribes to it sees it. */
export type ReadEvent = {
  uid: string;
  sequence: number;
  status: string;
  summary: string;
  description?: string | undefined;
  location?: string | undefined;
  /** Starts and ends: instants, or days and the days after the last. */
  dates: { start: string; end: string }[];
};

/** A date far beyond all that tests ask for. */
const DATES_MAX = 500;

/** What ical.js reads in a calendar: events in their order, with their dates from one day until another. */
export function readByIcalJs(text: string, until: string): ReadEvent[] {
  const root = ICAL.Component.fromString(text);
  return root.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    const textOf = (name: string) => component.getFirstPropertyValue(name)?.toString();
    return {
      uid: event.uid,
      sequence: event.sequence,
      status: textOf('status') ?? '',
      summary: event.summary,
      description: textOf('description'),
      location: textOf('location'),
      dates: datesOf(event).filter(({ start }) => start < until),
    };
  });
}

function datesOf(event: ICAL.Event): ReadEvent['dates'] {
  const dates = [];
  const walk = event.iterator();
  for (let at = walk.next(); at && dates.length < DATES_MAX; at = walk.next()) {
    const { startDate, endDate } = event.getOccurrenceDetails(at);
    dates.push({ start: timeOf(startDate), end: timeOf(endDate) });
  }
  return dates;
}

function timeOf(time: ICAL.Time): string {
  return time.isDate ? time.toString() : toInstant(time.toUnixTime() * 1000);
}

/** The same by node-ical. */
export function readByNodeIcal(text: string, { from, until }: { from: string; until: string }): ReadEvent[] {
  const events = Object.values(nodeIcal.sync.parseICS(text)).filter((one) => one?.type === 'VEVENT');
  return events.map((event) => ({
    uid: event.uid,
    sequence: Number(event.sequence),
    status: String(event.status),
    summary: heldIn(event.summary) ?? '',
    description: heldIn(event.description),
    location: heldIn(event.location),
    dates: nodeIcal
      .expandRecurringEvent(event, { from: new Date(from), to: new Date(until) })
      .map(({ start, end }) => ({ start: start.toISOString(), end: end.toISOString() })),
  }));
}

/** A property with parameters is an object. */
function heldIn(property: string | { val: string } | undefined): string | undefined {
  return typeof property === 'object' ? property.val : property;
}
