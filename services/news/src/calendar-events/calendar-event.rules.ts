import {
  beginLife,
  CalendarEvent,
  CalendarEventInput,
  type CalendarEventState,
  createEditReader,
  type EditRequest,
  firstSlugs,
  isSameJson,
  type Judging,
  type LocalizedText,
  lifeOf,
  nextSlugs,
  pickText,
  type RuleFault,
  requireNoFaults,
  type Stamp,
  slugKeys,
  slugOf,
  touch,
} from '@ortoo/shared/contracts';
import type { Instant } from '@ortoo/shared/kernel';
import { type CompaniesSeen, companyFaults, settleCompanies } from './event-companies.rules.ts';
import { settleDetails } from './event-details.rules.ts';
import { nextSequence } from './event-sequence.rules.ts';
import { type Dates, datesOf, settleTimes } from './event-series.rules.ts';

/** The slug of an event whose name has neither letters nor digits. */
const NAMELESS = 'event';
/** Behind the `@` of a UID that we make: the portal, whatever it is served as. */
const UID_HOST = 'ortoo';

const readEdit = createEditReader({ input: CalendarEventInput, view: CalendarEvent }, 'event.invalid');

/** What was looked up for a decision about an event: its id, and what is known of the companies that the body names. */
export type EventFacts = { id: string; companies: CompaniesSeen };

/** The first state of an event. Throws VALIDATION_FAILED naming every member that breaks a rule. */
export function openEvent(
  { slug, status, ...members }: CalendarEventInput,
  { id, companies, ...judging }: Judging & EventFacts,
): CalendarEventState {
  const settled = settle(members, { known: judging.knownCategories, companies: companies.known });
  requireNoFaults(settled.faults);
  const { dates, faults } = datesOf(settled.members, judging.stamp.now);
  requireNoFaults(faults);
  return {
    ...settled.members,
    uid: members.uid ?? `${id}@${UID_HOST}`,
    sequence: 0,
    ...dates,
    ...settleCompanies(members, companies),
    ...beginLife(status ?? 'draft', judging.stamp),
    ...firstSlugs(slug, eventSlug(members.name) + judging.suffix),
  };
}

/**
 * The state after a merge or a replacement; the state itself when nothing changes. Companies that were named already
 * need not exist any more. Throws as `openEvent`.
 */
export function reviseEvent(
  state: CalendarEventState,
  request: EditRequest,
  { id: _id, companies, ...judging }: Judging & EventFacts,
): CalendarEventState {
  const { input, wish, faults: ofEdit } = readEdit(state, request);
  const { slug: _slug, status: _status, ...members } = input;
  const settled = settle(members, {
    known: new Set([...judging.knownCategories, ...(state.categories ?? [])]),
    companies: new Set([...companies.known, ...state.companyIds]),
  });
  requireNoFaults([...settled.faults, ...ofEdit]);
  const { dates, faults } = nextDates(state, settled.members, judging.stamp.now);
  requireNoFaults(faults);
  const name = eventSlug(members.name);
  const slugs = nextSlugs(state, { wish, made: name + judging.suffix, isRenamed: name !== eventSlug(state.name) });
  const shown = new Set([...companies.shown, ...state.shownCompanyIds.filter((one) => !companies.known.has(one))]);
  return touch(
    state,
    {
      ...settled.members,
      uid: members.uid ?? state.uid,
      ...nextSequence(state, settled.members),
      ...dates,
      ...settleCompanies(members, { ...companies, shown }),
      ...lifeOf(state),
      ...slugs,
    },
    judging.stamp,
  );
}

/** The state with the dates of the window that is open now; the state itself when none has to move. */
export function moveWindow(state: CalendarEventState, now: Instant): CalendarEventState {
  if (state.windowMovesAt === undefined || state.windowMovesAt > now) return state;
  const { windowMovesAt: _done, ...lasting } = state;
  return { ...lasting, ...datesOf(state, now).dates };
}

/**
 * The state as its companies have it follow: those merged into others are these, and the public sees of them what it sees
 * itself. The state itself when it says so already.
 */
export function followCompanies(state: CalendarEventState, companies: CompaniesSeen, stamp: Stamp): CalendarEventState {
  const next = settleCompanies(state, companies);
  if (!isSameJson(next.companyIds, state.companyIds)) return touch(state, { ...state, ...next }, stamp);
  return isSameJson(next.shownCompanyIds, state.shownCompanyIds) ? state : { ...state, ...next };
}

/** The unique keys: slugs past and present, the ids in other systems, the UID of calendars. */
export function eventKeys(state: CalendarEventState): string[] {
  const external = (state.externalIds ?? []).map(({ system, value }) => `ext:${system}:${value}`);
  return [...slugKeys(state), ...external, `uid:${state.uid}`];
}

export function isEventVisible({ status }: CalendarEventState): boolean {
  return status === 'published';
}

type Members = Omit<CalendarEventInput, 'slug' | 'status'>;

/** English first, else Mongolian, else what is there. */
function eventSlug(name: LocalizedText): string {
  return slugOf(pickText(name, 'en')?.text ?? '') || NAMELESS;
}

function settle(
  members: Members,
  { known, companies }: { known: ReadonlySet<string>; companies: ReadonlySet<string> },
) {
  const { start: _s, end: _e, allDay: _a, rrule: _r, exdate: _x, rdate: _d, ...others } = members;
  const { times, faults: ofTimes } = settleTimes(members);
  const { details, faults: ofDetails } = settleDetails(members);
  const eventStatus = members.eventStatus ?? 'scheduled';
  return {
    members: { ...others, ...times, ...details, eventStatus },
    faults: [...ofTimes, ...categoryFaults(members, known), ...companyFaults(members, companies), ...ofDetails],
  };
}

/** What is the same series keeps its dates, so that a change of words is a change of words alone. */
function nextDates(state: CalendarEventState, next: Members, now: Instant): { dates: Dates; faults: RuleFault[] } {
  const seriesOf = ({ start, end, allDay, rrule, exdate, rdate }: Members) =>
    [start, end, allDay, rrule, exdate, rdate].map((one) => one ?? null);
  if (!isSameJson(seriesOf(state), seriesOf(next))) return datesOf(next, now);
  const { startsAt, occurrences, windowMovesAt } = state;
  return { dates: { startsAt, occurrences, ...(windowMovesAt === undefined ? {} : { windowMovesAt }) }, faults: [] };
}

function categoryFaults({ categories = [] }: Members, known: ReadonlySet<string>): RuleFault[] {
  const expected = 'the code of a category';
  return categories.flatMap((code, place) =>
    known.has(code)
      ? []
      : [
          {
            pointer: `/categories/${place}`,
            message: `there is no category ${code}`,
            expected,
            reason: 'event.category-unknown',
          },
        ],
  );
}
