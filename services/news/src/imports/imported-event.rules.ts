import {
  type CalendarEventInput,
  type CalendarEventState,
  eventKinds,
  isSameJson,
  type LocaleTag,
  type LocalizedText,
} from '@ortoo/shared/contracts';
import { toMs, type ZonedTime } from '../calendar-events/event-time.rules.ts';
import type { FileEvent, Spoken } from './file-event.rules.ts';
import type { FileTimes } from './file-times.rules.ts';

/** What a calendar's event is when neither its categories nor what is stored say it: the desk decides on the draft. */
const KIND_DEFAULT = 'conference';
/** Where our own calendars say that an event is to be seen. */
const OWN_PAGE = /\/v1\/events\/event_[0-9a-z]+$/;
const statuses = { CONFIRMED: 'scheduled', TENTATIVE: 'postponed', CANCELLED: 'cancelled' } as const;
const statusesOut: Record<CalendarEventState['eventStatus'], keyof typeof statuses> = {
  scheduled: 'CONFIRMED',
  rescheduled: 'CONFIRMED',
  moved_online: 'CONFIRMED',
  postponed: 'TENTATIVE',
  cancelled: 'CANCELLED',
};

type Patch = Record<string, unknown>;

/** The create body that an event of a calendar stands for; what it lacks, the contract misses. */
export function inputOf(file: FileEvent, categories: ReadonlySet<string>): Patch {
  const { name, description, location, organiser, geo, status, url, uid } = file;
  const codes = codesOf(file, categories);
  const web = webOf(file);
  const venue = { ...(location && !web.isPlace ? { name: said(location) } : {}), ...(geo ? { geo } : {}) };
  const { replaces: _replaces, ...times } = file.times;
  return {
    eventKind: kindOf(file) ?? KIND_DEFAULT,
    ...(name ? { name: said(name) } : {}),
    ...(description ? { description: said(description) } : {}),
    ...(codes.length > 0 ? { categories: codes } : {}),
    ...(uid === undefined ? {} : { uid }),
    ...times,
    ...(status === undefined ? {} : { eventStatus: statuses[status] }),
    ...(Object.keys(venue).length > 0 ? { venue } : {}),
    ...(web.onlineUrl ? { onlineUrl: web.onlineUrl } : {}),
    ...(organiser
      ? { organiser: organiser.companyId ? { companyId: organiser.companyId } : { name: said(organiser.name) } }
      : {}),
    ...(url && !OWN_PAGE.test(url) ? { registrationUrl: url } : {}),
  };
}

/**
 * The merge patch that brings a stored event to what a calendar says. A calendar says less than we hold: what it says
 * already stays as it is, in each language, and what it does not speak of too. Only its times are taken as a whole.
 */
export function patchOf(file: FileEvent, state: CalendarEventState, categories: ReadonlySet<string>): Patch {
  const codes = codesOf(file, categories);
  const kind = kindOf(file);
  const web = webOf(file);
  const { status, url } = file;
  const isSaid = status === undefined || statusesOut[state.eventStatus] === status;
  return {
    ...textPatch('name', file.name, [state.name]),
    ...textPatch('description', file.description, [state.description, state.summary]),
    ...(codes.length > 0 && !isSameJson(codes.toSorted(), (state.categories ?? []).toSorted())
      ? { categories: codes }
      : {}),
    ...(kind && kind !== state.eventKind ? { eventKind: kind } : {}),
    ...timesPatch(file, state),
    ...(isSaid ? {} : { eventStatus: statuses[status] }),
    ...venuePatch(file, state, web.isPlace),
    ...(web.onlineUrl ? { onlineUrl: web.onlineUrl } : {}),
    ...organiserPatch(file, state),
    ...(url && !OWN_PAGE.test(url) ? { registrationUrl: url } : {}),
  };
}

function said({ text, language }: Spoken): LocalizedText {
  return { [language ?? languageOf(text)]: text };
}

/** By its letters: a name is too short for more. */
function languageOf(text: string): LocaleTag {
  if (/\p{Script=Hangul}/u.test(text)) return 'ko';
  if (/\p{Script=Cyrillic}/u.test(text)) return 'mn';
  return /\p{Script=Han}/u.test(text) ? 'zh' : 'en';
}

function codesOf({ categories }: FileEvent, known: ReadonlySet<string>): string[] {
  return [...new Set(categories.map((one) => one.toLowerCase()))].filter((one) => known.has(one)).slice(0, 6);
}

function kindOf({ categories }: FileEvent): CalendarEventInput['eventKind'] | undefined {
  const words = new Set(categories.map((one) => one.toLowerCase()));
  return eventKinds.find((kind) => words.has(kind));
}

/** Where it is to be seen; many calendars, ours too, put that where a place is expected. */
function webOf({ onlineUrl, location }: FileEvent): { onlineUrl?: string; isPlace: boolean } {
  const place = /^https?:\/\/\S+$/i.test(location?.text ?? '') ? location?.text : undefined;
  const url = onlineUrl ?? place;
  return { ...(url === undefined ? {} : { onlineUrl: url }), isPlace: place !== undefined };
}

function textPatch(name: string, spoken: Spoken | undefined, stored: (LocalizedText | undefined)[]): Patch {
  if (!spoken) return {};
  const isKnown = stored.some((texts) => texts && Object.values(texts).includes(spoken.text));
  return isKnown ? {} : { [name]: said(spoken) };
}

function venuePatch({ location, geo }: FileEvent, { venue }: CalendarEventState, isWeb: boolean): Patch {
  const name = location && !isWeb && !isSaidBy(location.text, textsIn(venue)) ? { name: said(location) } : {};
  const point = geo && !isSameJson(geo, venue?.geo ?? null) ? { geo } : {};
  const patch = { ...name, ...point };
  return Object.keys(patch).length > 0 ? { venue: patch } : {};
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Whether a line is put together of texts that are stored: a calendar writes a place and its address as one. */
function isSaidBy(line: string, texts: string[]): boolean {
  const longest = texts.filter(Boolean).toSorted((one, other) => other.length - one.length);
  const left = longest.reduce((rest, text) => rest.replace(text, ' '), line);
  return /^[\s,]*$/.test(left);
}

/** A company that was named stays the organiser: a calendar knows it by a text. */
function organiserPatch({ organiser }: FileEvent, state: CalendarEventState): Patch {
  if (!organiser || state.organiser?.companyId !== undefined) return {};
  if (organiser.companyId !== undefined) return { organiser: { companyId: organiser.companyId } };
  const isKnown = Object.values(state.organiser?.name ?? {}).includes(organiser.name.text);
  return isKnown ? {} : { organiser: { name: said(organiser.name) } };
}

const timeNames = ['start', 'end', 'allDay', 'rrule', 'exdate', 'rdate'] as const;

/** A cancellation may come without times; times in UTC that name the moment that is stored say nothing new. */
function timesPatch({ times }: FileEvent, state: CalendarEventState): Patch {
  if (times.start === undefined && times.allDay === undefined) return {};
  const keeps = times.rrule === undefined && state.rrule === undefined && isSameMoments(times, state);
  const next: FileTimes = keeps ? ({ ...times, start: state.start, end: state.end } as FileTimes) : times;
  return Object.fromEntries(timeNames.map((name) => [name, next[name] ?? null]));
}

function isSameMoments({ start, end }: FileTimes, state: CalendarEventState): boolean {
  return isSameMoment(start, state.start) && isSameMoment(end, state.end);
}

function isSameMoment(one: FileTimes['start'], other: FileTimes['start']): boolean {
  if (one === undefined || other === undefined) return one === other;
  try {
    return toMs(one as ZonedTime) === toMs(other as ZonedTime);
  } catch {
    return false; // in no calendar or zone: the rules of events say so
  }
}
