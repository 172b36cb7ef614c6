import { toInstant } from '@ortoo/shared/kernel';
import { type OffsetAt, offsetsOf } from './zone-offsets.ts';

/** The years, both among them, in which the times of a zone lie. */
export type Years = { from: number; to: number };

type Change = { atMs: number; before: number; after: number };

const MINUTE_MS = 60_000;
/** Clocks are looked at this often for a change, of which no two lie so near to each other. */
const STEP_MS = 20 * 86_400_000;

/**
 * A VTIMEZONE: what the clocks of a zone show in some years. Each change of theirs is a part of its own, which all readers
 * understand alike, where rules and lists of dates are read in different ways. Source: RFC 5545 §3.6.5.
 */
export function zoneLines(tzid: string, years: Years): string[] {
  const offsetAt = offsetsOf(tzid);
  const fromMs = yearMs(years.from);
  const first = offsetAt(fromMs);
  const changes = [
    { atMs: fromMs - first * MINUTE_MS, before: first, after: first },
    ...changesIn(offsetAt, { fromMs, toMs: yearMs(years.to + 1) }),
  ];
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${tzid}`,
    ...changes.flatMap((change) => partLines(isSummer(offsetAt, change) ? 'DAYLIGHT' : 'STANDARD', change)),
    'END:VTIMEZONE',
  ];
}

function partLines(name: 'STANDARD' | 'DAYLIGHT', { atMs, before, after }: Change): string[] {
  return [
    `BEGIN:${name}`,
    `DTSTART:${basic(toInstant(atMs + before * MINUTE_MS))}`,
    `TZOFFSETFROM:${offsetText(before)}`,
    `TZOFFSETTO:${offsetText(after)}`,
    `END:${name}`,
  ];
}

/** An instant or a time of a zone in the basic form, without a zone. */
function basic(text: string): string {
  return text.slice(0, 19).replaceAll(/[-:]/g, '');
}

function offsetText(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}${String(rest).padStart(2, '0')}`;
}

/** The changes of the clocks between two instants, to the minute. */
function changesIn(offsetAt: OffsetAt, { fromMs, toMs }: { fromMs: number; toMs: number }): Change[] {
  const changes: Change[] = [];
  for (let atMs = fromMs; atMs < toMs; atMs += STEP_MS) {
    const [before, after] = [offsetAt(atMs), offsetAt(atMs + STEP_MS)];
    if (before !== after) changes.push({ atMs: changeBetween(offsetAt, atMs, atMs + STEP_MS), before, after });
  }
  return changes;
}

function changeBetween(offsetAt: OffsetAt, fromMs: number, toMs: number): number {
  const before = offsetAt(fromMs);
  let [low, high] = [fromMs / MINUTE_MS, toMs / MINUTE_MS];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * MINUTE_MS) === before) low = middle;
    else high = middle;
  }
  return high * MINUTE_MS;
}

/** Summer time lasts up to 34 weeks: of four and eight months later, one at least is in winter. */
const SEASONS_MS = [120, 240].map((days) => days * 86_400_000);

/** Whether a change puts the clocks ahead of what they show in the winter after it. */
function isSummer(offsetAt: OffsetAt, { atMs, after }: Change): boolean {
  return SEASONS_MS.some((ms) => offsetAt(atMs + ms) < after);
}

function yearMs(year: number): number {
  return Date.parse(`${year}-01-01T00:00:00.000Z`);
}
