import { type CalendarEvent, HOME_ZONE, type LocalizedText, pickText } from '@ortoo/shared/contracts';
import { addressOf } from './addresses.ts';
import { identifiers, jsonLdFormat, type Node, thing } from './json-ld.ts';
import { availabilities, termOf } from './offering-json-ld.ts';
import { withOffset } from './zone-offsets.ts';

export const eventJsonLd = jsonLdFormat<CalendarEvent>(eventOf);

const statuses = {
  scheduled: 'EventScheduled',
  postponed: 'EventPostponed',
  rescheduled: 'EventRescheduled',
  cancelled: 'EventCancelled',
  moved_online: 'EventMovedOnline',
} as const;
const modes = {
  offline: 'OfflineEventAttendanceMode',
  online: 'OnlineEventAttendanceMode',
  mixed: 'MixedEventAttendanceMode',
} as const;
/** Source: schema.org, the kinds of Event. */
const types: Partial<Record<CalendarEvent['eventKind'], string>> = {
  expo: 'ExhibitionEvent',
  training: 'EducationEvent',
  conference: 'BusinessEvent',
  forum: 'BusinessEvent',
  networking: 'BusinessEvent',
};

/** An event as an Event of schema.org, in the language of its `display`; in lists by time, the date that it is. */
function eventOf(event: CalendarEvent, origin: string): Node {
  const { id, display, eventStatus, attendanceMode, categories = [], exhibitors = [] } = event;
  const url = addressOf(origin, 'events', id);
  return thing(types[event.eventKind] ?? 'Event', {
    '@id': url,
    url,
    identifier: identifiers(id, event.externalIds),
    name: display.name,
    description: textIn(event, event.description) ?? display.summary,
    ...datesOf(event),
    previousStartDate: event.previousStart && dateText(event.previousStart),
    eventStatus: `https://schema.org/${statuses[eventStatus]}`,
    eventAttendanceMode: attendanceMode && `https://schema.org/${modes[attendanceMode]}`,
    location: placesOf(event),
    organizer: organizerOf(event, origin),
    contributor: exhibitors.map(({ companyId }) =>
      thing('Organization', { '@id': addressOf(origin, 'companies', companyId) }),
    ),
    inLanguage: event.languages,
    offers: offersOf(event, origin),
    about: categories.map((code) =>
      thing('DefinedTerm', { termCode: code, url: addressOf(origin, 'categories', code) }),
    ),
  });
}

const textIn = ({ display }: CalendarEvent, text: LocalizedText | undefined) =>
  text && pickText(text, display.lang)?.text;

type Time = { local: string; tzid?: string | undefined };

/** With the offset of its zone, by which the instant is known without the zone's data. */
const dateText = (time: Time | string) =>
  typeof time === 'string' ? time : withOffset(time.local, time.tzid ?? HOME_ZONE);

/** A date of a schedule, which tells the zone itself. */
const localText = (time: Time | string) => (typeof time === 'string' ? time : time.local);

function datesOf({ start, end, allDay, occurrence, rrule, exdate }: CalendarEvent): Node {
  if (occurrence) return { startDate: occurrence.start, endDate: occurrence.end };
  return {
    startDate: start ? dateText(start) : allDay?.from,
    endDate: end ? dateText(end) : allDay?.to,
    eventSchedule: rrule === undefined ? undefined : scheduleOf(rrule, exdate, start?.tzid),
  };
}

const frequencies: Record<string, string> = { DAILY: 'P1D', WEEKLY: 'P1W', MONTHLY: 'P1M', YEARLY: 'P1Y' };

/** As much of the rule as a Schedule of schema.org can say; the whole stands in the event. */
function scheduleOf(rrule: string, exdate: (Time | string)[] = [], tzid: string = HOME_ZONE): Node {
  const parts = new Map(rrule.split(';').map((part) => part.split('=') as [string, string]));
  return thing('Schedule', {
    repeatFrequency: Number(parts.get('INTERVAL') ?? 1) === 1 ? frequencies[parts.get('FREQ') ?? ''] : undefined,
    repeatCount: parts.has('COUNT') ? Number(parts.get('COUNT')) : undefined,
    scheduleTimezone: tzid,
    exceptDate: exdate.map(localText),
  });
}

function placesOf(event: CalendarEvent): Node[] {
  const { venue, onlineUrl } = event;
  const { name, address, geo } = venue ?? {};
  const place = venue && {
    name: textIn(event, name),
    address:
      address &&
      thing('PostalAddress', {
        addressCountry: address.country,
        addressRegion: address.region,
        addressLocality: address.district,
        streetAddress: [address.street, address.building, textIn(event, address.freeform)].filter(Boolean).join(', '),
        postalCode: address.postcode,
      }),
    geo: geo && thing('GeoCoordinates', { latitude: geo.lat, longitude: geo.lon }),
  };
  return [
    ...(place ? [thing('Place', place)] : []),
    ...(onlineUrl === undefined ? [] : [thing('VirtualLocation', { url: onlineUrl })]),
  ];
}

function organizerOf(event: CalendarEvent, origin: string): Node | undefined {
  const { companyId, name } = event.organiser ?? {};
  if (companyId === undefined && name === undefined) return undefined;
  return thing('Organization', {
    '@id': companyId && addressOf(origin, 'companies', companyId),
    name: textIn(event, name),
  });
}

function offersOf(event: CalendarEvent, origin: string): Node[] {
  return (event.offers ?? []).map(({ name, price, validFrom, validThrough, url, availability }) =>
    thing('Offer', {
      name: textIn(event, name),
      seller: organizerOf(event, origin),
      price: price?.amount,
      priceCurrency: price?.currency,
      validFrom,
      validThrough,
      url: url ?? event.registrationUrl ?? addressOf(origin, 'events', event.id),
      availability: termOf(availabilities, availability),
    }),
  );
}
