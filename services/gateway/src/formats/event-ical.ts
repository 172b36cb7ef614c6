import { type CalendarEvent, HOME_ZONE, type LocalizedText, pickText } from '@ortoo/shared/contracts';
import { toInstant } from '@ortoo/shared/kernel';
import { addressOf } from './addresses.ts';
import { PORTAL } from './feed.ts';
import type { Format } from './format.ts';
import { addressLine, icalLines, textLine, textValue } from './ical-text.ts';
import { type Years, zoneLines } from './ical-zone.ts';

export const ICALENDAR = 'text/calendar';

/** Events as calendars. What they hold is public: calendars are handed on. */
export const eventIcal: Format = {
  mediaType: ICALENDAR,
  contentType: `${ICALENDAR}; charset=utf-8`,
  isPublic: true,
  item: (event, origin) => eventCalendar([event as CalendarEvent], origin),
  list: ({ items }, origin) => eventCalendar(items as CalendarEvent[], origin),
};

const DAY_MS = 86_400_000;
/** For so many years after its last change the times of a series are right; it is changed at least once in five. */
const SERIES_YEARS = 10;

/**
 * Events as a calendar, each once, with its rule and not its dates. It has the zone of Ulaanbaatar whether an event needs
 * it or not: a calendar may not be empty. Those that one subscribes to have a title. Source: RFC 5545; RFC 7986 for NAME.
 */
export function eventCalendar(events: CalendarEvent[], origin: string, title?: string): string {
  const once = [...new Map(events.map((event) => [event.id, event])).values()];
  return icalLines([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//${PORTAL}//${PORTAL} 1.0//EN`,
    'CALSCALE:GREGORIAN',
    ...textLine('NAME', title),
    ...textLine('X-WR-CALNAME', title),
    ...[...zonesOf(once)].flatMap(([tzid, years]) => zoneLines(tzid, years)),
    ...once.flatMap((event) => eventLines(event, origin)),
    'END:VCALENDAR',
  ]);
}

type Time = { local: string; tzid?: string | undefined };

/** The zones that times of some events name, and the years in which they do so. */
function zonesOf(events: CalendarEvent[]): Map<string, Years> {
  const zones = new Map<string, Years>();
  const add = (tzid: string, years: Years) => {
    const known = zones.get(tzid) ?? years;
    zones.set(tzid, { from: Math.min(known.from, years.from), to: Math.max(known.to, years.to) });
  };
  for (const { start, end, rrule, exdate = [], rdate = [], updatedAt } of events) {
    for (const time of [start, end, ...exdate, ...rdate]) {
      if (time === undefined || typeof time === 'string') continue;
      const year = yearOf(time.local);
      // A day before or after, so that what the clocks showed then is known too.
      add(time.tzid ?? HOME_ZONE, { from: year - 1, to: year + 1 });
    }
    if (start && rrule !== undefined) {
      const year = yearOf(start.local);
      add(start.tzid ?? HOME_ZONE, { from: year - 1, to: Math.max(year, yearOf(updatedAt)) + SERIES_YEARS });
    }
  }
  if (!zones.has(HOME_ZONE)) zones.set(HOME_ZONE, { from: 2020, to: 2020 });
  return zones;
}

const yearOf = (text: string) => Number(text.slice(0, 4));

function eventLines(event: CalendarEvent, origin: string): string[] {
  const { id, uid, sequence, display, categories = [], onlineUrl, createdAt, updatedAt, venue } = event;
  const { geo } = venue ?? {};
  return [
    'BEGIN:VEVENT',
    `UID:${textValue(uid)}`,
    `SEQUENCE:${sequence}`,
    `DTSTAMP:${instantValue(updatedAt)}`,
    `CREATED:${instantValue(createdAt)}`,
    `LAST-MODIFIED:${instantValue(updatedAt)}`,
    ...dateLines(event),
    `STATUS:${statuses[event.eventStatus]}`,
    ...textLine('SUMMARY', display.name),
    ...textLine('DESCRIPTION', textIn(event, event.description) ?? display.summary),
    ...textLine('LOCATION', placeOf(event) || onlineUrl),
    ...(geo ? [`GEO:${geo.lat};${geo.lon}`] : []),
    ...(categories.length > 0 ? [`CATEGORIES:${categories.map(textValue).join(',')}`] : []),
    ...contactLines(event, origin),
    ...addressLine('CONFERENCE;VALUE=URI', onlineUrl),
    ...addressLine('URL', addressOf(origin, 'events', id)),
    'END:VEVENT',
  ];
}

const statuses = {
  scheduled: 'CONFIRMED',
  rescheduled: 'CONFIRMED',
  moved_online: 'CONFIRMED',
  postponed: 'TENTATIVE',
  cancelled: 'CANCELLED',
} as const;

const textIn = ({ display }: CalendarEvent, text: LocalizedText | undefined) =>
  text && pickText(text, display.lang)?.text;

/** When it takes place, by its rule; the end of whole days is the day after the last. */
function dateLines({ start, end, allDay, rrule, exdate = [], rdate = [] }: CalendarEvent): string[] {
  return [
    ...(start ? [timeLine('DTSTART', start)] : []),
    ...(end ? [timeLine('DTEND', end)] : []),
    ...(allDay ? [timeLine('DTSTART', allDay.from), timeLine('DTEND', dayAfter(allDay.to))] : []),
    ...(rrule === undefined ? [] : [`RRULE:${rrule}`]),
    ...exdate.map((one) => timeLine('EXDATE', one)),
    ...rdate.map((one) => timeLine('RDATE', one)),
  ];
}

/** A time with its zone, or a day. */
function timeLine(name: string, time: Time | string): string {
  if (typeof time === 'string') return `${name};VALUE=DATE:${time.replaceAll('-', '')}`;
  const local = time.local.replaceAll(/[-:]/g, '').padEnd(15, '0');
  return `${name};TZID=${time.tzid ?? HOME_ZONE}:${local}`;
}

function dayAfter(day: string): string {
  return toInstant(Date.parse(`${day}T00:00:00.000Z`) + DAY_MS).slice(0, 10);
}

function instantValue(instant: string): string {
  return `${instant.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

function placeOf(event: CalendarEvent): string {
  const { name, address } = event.venue ?? {};
  const { building, street, district, region, country } = address ?? {};
  return [textIn(event, name), building, street, textIn(event, address?.freeform), district, region, country]
    .filter(Boolean)
    .join(', ');
}

/** Who organises it. An ORGANIZER of RFC 5545 is a mail address, and an event has none. */
function contactLines(event: CalendarEvent, origin: string): string[] {
  const { companyId, name } = event.organiser ?? {};
  const text = textIn(event, name);
  if (companyId === undefined) return textLine('CONTACT', text);
  const url = addressOf(origin, 'companies', companyId);
  return textLine(`CONTACT;ALTREP="${url}"`, text ?? url);
}
