import { hash } from 'node:crypto';
import { HOME_ZONE, type LocaleTag, localeTags, type RuleFault } from '@ortoo/shared/contracts';
import ICAL from 'ical.js';
import { propertyIn, type RawEvent } from './calendar-file.rules.ts';
import { type FileTimes, type Properties, type Property, readTimes } from './file-times.rules.ts';
import { zoneNamed } from './zone-names.rules.ts';

/** A text of a calendar, and its language where that is said. */
export type Spoken = { text: string; language?: LocaleTag };

/** A VEVENT as far as it means something here; what was not given is absent. */
export type FileEvent = {
  row: number;
  uid?: string;
  sequence: number;
  status?: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED';
  name?: Spoken;
  description?: Spoken;
  location?: Spoken;
  organiser?: { name: Spoken; companyId?: string };
  geo?: { lat: number; lon: number };
  categories: string[];
  onlineUrl?: string;
  url?: string;
  times: FileTimes;
  faults: RuleFault[];
};

const COMPANY = /\/v1\/companies\/(company_[0-7][0-9a-hjkmnp-tv-z]{25})$/;
/** What ical.js would read and throw at: our own rules read rules, and say what is wrong with them. */
const RULE = /^(RRULE|EXRULE)[;:]/i;
const SEQUENCE_MAX = 2_147_483_647;

/**
 * Reads one VEVENT. It never throws: what cannot be read is a fault, with a pointer into the create body that the event
 * stands for.
 */
export function readFileEvent(raw: RawEvent, locations: ReadonlyMap<string, string>): FileEvent {
  const nothing = { row: raw.row, sequence: 0, categories: [], times: {} };
  if (raw.isTooLarge)
    return { ...nothing, faults: [fault('', 'is too large', 'an event of at most 1 MB', 'too-large')] };
  const lines = decode(raw.lines);
  if (!lines) return { ...nothing, faults: [fault('', 'is not UTF-8', 'UTF-8', 'not-utf8')] };
  const rules = lines.filter((line) => RULE.test(line));
  const read = parseLines(lines.filter((line) => !RULE.test(line)));
  if (typeof read === 'string')
    return { ...nothing, faults: [fault('', read, 'content lines of RFC 5545', 'malformed')] };
  const zone = raw.calendar.zone === undefined ? HOME_ZONE : zoneNamed(raw.calendar.zone, locations);
  const times = readTimes(read, rules, { floating: zone, named: (tzid) => zoneNamed(tzid, locations) });
  return { ...factsOf(read, raw), times: times.times, faults: times.faults };
}

function decode(lines: string[]): string[] | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(lines.join('\n'), 'latin1')).split('\n');
  } catch {
    return undefined;
  }
}

/** The properties, or what is wrong with the lines. */
function parseLines(lines: string[]): Properties | string {
  try {
    const [, properties] = ICAL.parse(['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n')) as [string, Property[]];
    return {
      all: (name) => properties.filter(([one]) => one === name),
      first: (name) => properties.find(([one]) => one === name),
    };
  } catch (error) {
    return `cannot be read: ${(error as Error).message.slice(0, 120)}`;
  }
}

function factsOf(read: Properties, { row, calendar }: RawEvent): Omit<FileEvent, 'times' | 'faults'> {
  const uid = textOf(read.first('uid'));
  const sequence = Number(read.first('sequence')?.[3] ?? 0);
  const status = calendar.method === 'CANCEL' ? 'CANCELLED' : textOf(read.first('status'))?.toUpperCase();
  const online = textOf(read.first('conference')) ?? textOf(read.first('x-google-conference'));
  return {
    row,
    ...(uid ? { uid } : {}),
    sequence: Number.isInteger(sequence) && sequence > 0 ? Math.min(sequence, SEQUENCE_MAX) : 0,
    ...(isStatus(status) ? { status } : {}),
    ...given('name', spokenOf(read.first('summary'))),
    ...given('description', spokenOf(read.first('description'))),
    ...given('location', spokenOf(read.first('location'))),
    ...given('organiser', organiserOf(read)),
    ...given('geo', geoOf(read.first('geo'))),
    categories: read.all('categories').flatMap(([, , , ...values]) => values.map((value) => String(value).trim())),
    ...given('onlineUrl', online),
    ...given('url', textOf(read.first('url'))),
  };
}

function isStatus(status: string | undefined): status is NonNullable<FileEvent['status']> {
  return status === 'CONFIRMED' || status === 'TENTATIVE' || status === 'CANCELLED';
}

function given<N extends string, T>(name: N, value: T | undefined): { [K in N]?: T } {
  return (value === undefined ? {} : { [name]: value }) as { [K in N]?: T };
}

/** Without the signs that no text of ours has. */
function textOf(property: Property | undefined): string | undefined {
  const value = property?.[3];
  if (typeof value !== 'string') return undefined;
  const text = value.replace(/[^\P{C}\n\t\u200c\u200d]/gu, '').trim();
  return text === '' ? undefined : text;
}

function spokenOf(property: Property | undefined): Spoken | undefined {
  const text = textOf(property);
  if (text === undefined) return undefined;
  const said = String(property?.[1].language ?? '')
    .toLowerCase()
    .split('-')[0];
  const language = localeTags.find((tag) => tag === said);
  return { text, ...(language ? { language } : {}) };
}

/** CONTACT as our own calendars write it, else the name of ORGANIZER. */
function organiserOf(read: Properties): FileEvent['organiser'] {
  const contact = read.first('contact');
  const name = spokenOf(contact);
  const companyId = COMPANY.exec(String(contact?.[1].altrep ?? ''))?.[1];
  if (name) return { name, ...(companyId ? { companyId } : {}) };
  const cn = String(read.first('organizer')?.[1].cn ?? '').trim();
  return cn === '' ? undefined : { name: { text: cn } };
}

function geoOf(property: Property | undefined): FileEvent['geo'] {
  const [lat, lon] = Array.isArray(property?.[3]) ? (property[3] as unknown[]) : [];
  return typeof lat === 'number' && typeof lon === 'number' ? { lat, lon } : undefined;
}

/**
 * Which event an override belongs to, without reading the rest of it: a digest of its UID, which holds on to nothing of
 * the piece of the file that it stands in.
 */
export function keysOf({ row, lines }: RawEvent): { key: string; isOverride: boolean } {
  const uid = lines.map((line) => propertyIn(line, 'UID')).find((value) => value !== undefined);
  const isOverride = lines.some((line) => propertyIn(line, 'RECURRENCE-ID') !== undefined);
  return { key: uid === undefined ? `row ${row}` : hash('sha1', uid, 'base64url'), isOverride };
}

function fault(pointer: string, message: string, expected: string, reason: string): RuleFault {
  return { pointer, message, expected, reason: `import.${reason}` };
}
