import { type CalendarEventState, type Occurrence, sortNameOf } from '@ortoo/shared/contracts';
import type { ProjectedState } from './index-document.ts';
import { projectLife } from './projected-life.ts';
import { compact, distinct, projectNames, projectText } from './projected-text.ts';

/** Whole days are those of Ulaanbaatar, which has kept this offset since 2017. */
const HOME_OFFSET = '+08:00';

/** What search keeps of a calendar event; of its companies only those that the public sees. */
export function projectEvent(id: string, state: CalendarEventState): ProjectedState {
  const { name, summary, description, venue, externalIds = [] } = state;
  const names = projectNames([name]);
  const ranges = state.occurrences.map((occurrence) => rangeOf(occurrence, state.allDay !== undefined));
  return compact<ProjectedState>({
    ...projectLife(state),
    quality: 0,
    name_all: names,
    title: projectText(name),
    summary: projectText(summary),
    body: projectText(description),
    codes: [...new Set([id, state.uid, ...externalIds.flatMap(({ system, value }) => [`${system}:${value}`, value])])],
    categories: distinct(state.categories ?? []),
    region: distinct([venue?.address?.region]),
    district: distinct([venue?.address?.district]),
    location: venue?.geo && [venue.geo],
    eventKind: state.eventKind,
    language: distinct(state.languages ?? []),
    occurrences: ranges,
    starts: ranges.map(({ gte }) => gte),
    sortName: sortNameOf(names[0] ?? ''),
    display: { name, ...(summary ? { summary } : {}) },
  });
}

function rangeOf({ start, end }: Occurrence, isAllDay: boolean): { gte: string; lte: string } {
  if (!isAllDay) return { gte: start, lte: end };
  return { gte: `${start}T00:00:00.000${HOME_OFFSET}`, lte: `${end}T23:59:59.999${HOME_OFFSET}` };
}
