import { type Static, Type } from 'typebox';
import {
  Address,
  CategoryCode,
  closed,
  Day,
  Display,
  documentMembers,
  ExternalId,
  FirstStatus,
  GeoPoint,
  IdOf,
  Instant,
  LocaleTag,
  Localized,
  Slug,
  TypedSlug,
  WebUrl,
} from '../atoms.ts';
import { availabilities } from '../catalog/offering.ts';
import { Price } from '../money.ts';

export const eventKinds = ['expo', 'conference', 'forum', 'training', 'webinar', 'tender', 'networking'] as const;
/** Source: schema.org EventStatusType. */
export const eventStatuses = ['scheduled', 'postponed', 'rescheduled', 'cancelled', 'moved_online'] as const;
/** Source: schema.org EventAttendanceModeEnumeration. */
export const attendanceModes = ['offline', 'online', 'mixed'] as const;

/** The zone of a time that names none. */
export const HOME_ZONE = 'Asia/Ulaanbaatar';
/** Occurrences of one event that are kept, and years that they reach to either side of now. */
export const OCCURRENCES_MAX = 1_000;
export const OCCURRENCE_YEARS_MAX = 5;

const LOCAL_FORM = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(?::\\d{2})?$';
const Local = Type.String({
  pattern: LOCAL_FORM,
  description: 'Date and time as the clocks there show them, without an offset.',
  examples: ['2026-10-07T10:00'],
});
/** A time as clocks show it, and where they stand. */
export const LocalTime = Type.Object(
  {
    local: Local,
    tzid: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        description: `IANA time zone; ${HOME_ZONE} where none is named.`,
        examples: [HOME_ZONE],
      }),
    ),
  },
  closed,
);
export type LocalTime = Static<typeof LocalTime>;

const DayForm = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', examples: ['2026-10-07'] });
const AllDay = Type.Object({ from: Day('The first day.'), to: Day('The last day, which belongs to it.') }, closed);
export type AllDay = Static<typeof AllDay>;

/** One date of a series: in the form of the event's start, or as the clocks of its zone show it. */
const SeriesDate = Type.Union([LocalTime, Local, DayForm]);
export type SeriesDate = Static<typeof SeriesDate>;
const seriesDates = (description: string) =>
  Type.Optional(Type.Array(SeriesDate, { maxItems: OCCURRENCES_MAX, description }));

const Offer = Type.Object(
  {
    name: Type.Optional(Localized(200)),
    price: Type.Optional(Price),
    validFrom: Type.Optional(Instant),
    validThrough: Type.Optional(Instant),
    url: Type.Optional(WebUrl),
    availability: Type.Optional(Type.Enum([...availabilities])),
  },
  closed,
);

const members = {
  eventKind: Type.Enum([...eventKinds]),
  name: Localized(200),
  summary: Type.Optional(Localized(300)),
  description: Type.Optional(Localized(20_000)),
  categories: Type.Optional(Type.Array(CategoryCode, { maxItems: 6, uniqueItems: true })),
  uid: Type.Optional(
    Type.String({
      pattern: '^[!-~]+$',
      maxLength: 255,
      description: 'What calendars know it by (RFC 5545 UID); made where none is given, and unique.',
    }),
  ),
  start: Type.Optional(LocalTime),
  end: Type.Optional(LocalTime),
  allDay: Type.Optional(AllDay),
  rrule: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 1_000,
      description: `How it recurs (RFC 5545 RRULE): daily or slower, at most ${OCCURRENCES_MAX} times where it is counted.`,
      examples: ['FREQ=WEEKLY;BYDAY=MO;COUNT=10'],
    }),
  ),
  exdate: seriesDates('Dates on which the series does not take place.'),
  rdate: seriesDates('Dates beside the rule.'),
  eventStatus: Type.Optional(Type.Enum([...eventStatuses])),
  previousStart: Type.Optional(
    Type.Union([LocalTime, DayForm], {
      description: 'Where it started before it was moved; set when the start moves.',
    }),
  ),
  attendanceMode: Type.Optional(Type.Enum([...attendanceModes])),
  venue: Type.Optional(
    Type.Object(
      { name: Type.Optional(Localized(200)), address: Type.Optional(Address), geo: Type.Optional(GeoPoint) },
      closed,
    ),
  ),
  onlineUrl: Type.Optional(WebUrl),
  organiser: Type.Optional(
    Type.Object({ companyId: Type.Optional(IdOf('company')), name: Type.Optional(Localized(200)) }, closed),
  ),
  exhibitors: Type.Optional(Type.Array(Type.Object({ companyId: IdOf('company') }, closed), { maxItems: 200 })),
  offers: Type.Optional(Type.Array(Offer, { maxItems: 20 })),
  registrationUrl: Type.Optional(WebUrl),
  deadline: Type.Optional(
    Type.Union([LocalTime, DayForm, Instant], { description: 'Until when to register: a time, a day or an instant.' }),
  ),
  languages: Type.Optional(Type.Array(LocaleTag, { maxItems: 5, uniqueItems: true })),
  externalIds: Type.Optional(Type.Array(ExternalId, { maxItems: 20 })),
};

/**
 * What a caller sends to create or replace a calendar event: it has a `start` with or without an `end`, or is `allDay`.
 * `status` counts on create only.
 */
export const CalendarEventInput = Type.Object(
  { ...members, slug: Type.Optional(TypedSlug), status: Type.Optional(FirstStatus) },
  { ...closed, $id: 'CalendarEventInput' },
);
export type CalendarEventInput = Static<typeof CalendarEventInput>;

/** When it takes place once: instants, or for an all-day event its first and its last day. */
export const Occurrence = Type.Object({ start: Type.String(), end: Type.String() }, closed);
export type Occurrence = Static<typeof Occurrence>;

/** What the owner says of an event beside what it was told. */
const told = {
  eventStatus: Type.Enum([...eventStatuses]),
  uid: Type.String(),
  sequence: Type.Integer({ minimum: 0, description: 'Raised by each change that calendars must show (RFC 5545).' }),
};

/** The stored state of a calendar event (without id and v, which the store keeps beside it). */
export const CalendarEventState = Type.Object({
  ...members,
  ...documentMembers,
  ...told,
  isSlugPinned: Type.Boolean(),
  oldSlugs: Type.Array(Slug),
  /** When the series begins, for lists. */
  startsAt: Instant,
  /** Within the window that was open when they were made; at most 1,000. */
  occurrences: Type.Array(Occurrence),
  /** When the window has to move on; absent while every occurrence is in it. */
  windowMovesAt: Type.Optional(Instant),
  /** The companies that it names, and those of them that the public sees. */
  companyIds: Type.Array(Type.String()),
  shownCompanyIds: Type.Array(Type.String()),
});
export type CalendarEventState = Omit<Static<typeof CalendarEventState>, 'v'>;

/** A calendar event as readers get it. */
export const CalendarEvent = Type.Object(
  {
    id: IdOf('event'),
    kind: Type.Literal('event'),
    ...documentMembers,
    ...members,
    ...told,
    occurrence: Type.Optional(
      Type.Object(Occurrence.properties, {
        description: 'In lists with `from` or `to`: which one it is; instants, or the first and the last day.',
      }),
    ),
    display: Display,
  },
  { $id: 'CalendarEvent', description: 'Something on a date: an expo, a training, a tender.' },
);
export type CalendarEvent = Static<typeof CalendarEvent>;
