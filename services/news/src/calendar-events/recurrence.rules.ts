import { OCCURRENCE_YEARS_MAX, OCCURRENCES_MAX } from '@ortoo/shared/contracts';
import type { Instant } from '@ortoo/shared/kernel';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import type { ZonedTime } from './event-time.rules.ts';

/** When something takes place: once, or by a rule (settled by `settleRule`), and on further dates. */
export type Series = {
  /** A day is its midnight in UTC. */
  start: ZonedTime;
  rrule?: string | undefined;
  /** Starts beside the rule and starts that are left out, in milliseconds since the epoch. */
  addedMs: readonly number[];
  takenMs: readonly number[];
};

export type Expansion = {
  /** Milliseconds since the epoch, in order. */
  startsMs: number[];
  /** The first of the whole series; undefined when nothing ever takes place. */
  firstMs: number | undefined;
  /** Whether none is to come beside these. */
  isComplete: boolean;
};

type Window = { fromMs: number; toMs: number };

const YEAR_MS = 365.25 * 86_400_000;
/**
 * Periods (days, weeks, …) that are looked through for one that the rule means: 54 years of days. What is rarer, or
 * never, is given up after a fifth of a second.
 */
const PERIODS_MAX = 20_000;
const CANDIDATES_MAX = 200_000;

/**
 * The starts of a series in the window of five years to either side of `now`, at most 1,000: of more, those to come go
 * before those gone by, the nearest first. Times that clocks skip do not take place, times that come twice do so once,
 * the first time (RFC 5545 §3.3.10). A start that the rule does not meet is none of its dates; without a rule it is the
 * first, however far away, and so are further dates.
 */
export function expandSeries(series: Series, now: Instant): Expansion {
  const nowMs = Date.parse(now);
  const { start, rrule, addedMs } = series;
  const taken = new Set(series.takenMs);
  const settle = (starts: number[]) => [...new Set(starts)].filter((ms) => !taken.has(ms)).toSorted((a, b) => a - b);
  if (rrule === undefined) {
    const dates = settle([startMsOf(start), ...addedMs]);
    return { startsMs: choose(dates, nowMs), firstMs: dates[0], isComplete: true };
  }
  const rule = ruleOf(start, rrule);
  const firstMs = settle([...firstOf(rule, taken), ...addedMs])[0];
  if (firstMs === undefined) return { startsMs: [], firstMs, isComplete: true };
  const window = { fromMs: nowMs - OCCURRENCE_YEARS_MAX * YEAR_MS, toMs: nowMs + OCCURRENCE_YEARS_MAX * YEAR_MS };
  const found = startsWithin(rule, { window, nowMs, taken, startMs: startMsOf(start) });
  const dates = settle([...found, ...addedMs]).filter((ms) => ms >= window.fromMs && ms < window.toMs);
  const startsMs = choose(dates, nowMs);
  const isAllHere = startsMs.at(-1) === dates.at(-1) && addedMs.every((ms) => ms < window.toMs);
  return { startsMs, firstMs, isComplete: isAllHere && endsBefore(rule, window.toMs) };
}

/** Of more than 1,000 those to come, then the latest of those gone by. */
function choose(dates: number[], nowMs: number): number[] {
  const ahead = dates.filter((ms) => ms >= nowMs).slice(0, OCCURRENCES_MAX);
  const room = OCCURRENCES_MAX - ahead.length;
  const behind = dates.filter((ms) => ms < nowMs);
  return [...behind.slice(Math.max(0, behind.length - room)), ...ahead];
}

function startMsOf({ local, tzid }: ZonedTime): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(tzid).epochMilliseconds;
}

function ruleOf({ local, tzid }: ZonedTime, rrule: string): RRuleTemporal {
  return new RRuleTemporal({
    rruleString: `RRULE:${rrule}`,
    dtstart: Temporal.PlainDateTime.from(local).toZonedDateTime(tzid),
    maxIterations: PERIODS_MAX,
    maxCandidateEvaluations: CANDIDATES_MAX,
    cache: false,
  });
}

/** The first date of a rule that is not left out; none when there is none, or it is too rare to be found. */
function firstOf(rule: RRuleTemporal, taken: ReadonlySet<number>): number[] {
  const first: number[] = [];
  walk(rule, (ms) => {
    if (!taken.has(ms)) first.push(ms);
    return first.length === 0;
  });
  return first;
}

/** Calls with each start in order until told to stop, or until what comes next is too rare to be found. */
function walk(rule: RRuleTemporal, visit: (ms: number) => boolean): void {
  let isGoing = true;
  try {
    rule.all(({ epochMilliseconds }) => {
      isGoing = isGoing && visit(epochMilliseconds);
      return isGoing;
    });
  } catch (error) {
    if (!isTooRare(error)) throw error;
  }
}

function isTooRare(error: unknown): boolean {
  return error instanceof Error && /^Maximum .* exceeded/.test(error.message);
}

type Look = { window: Window; nowMs: number; taken: ReadonlySet<number>; startMs: number };

/**
 * What a rule gives in the window. Counted ones are walked from their start, since which is the last hangs on all
 * before; the others a year at a time, away from now in both directions until there are enough.
 */
function startsWithin(rule: RRuleTemporal, { window, nowMs, taken, startMs }: Look): number[] {
  const starts: number[] = [];
  if (rule.options().count !== undefined) {
    walk(rule, (ms) => ms < window.toMs && starts.push(ms) > 0);
    return starts;
  }
  const lookAt = (fromMs: number, toMs: number) => {
    const seen = startsBetween(rule, fromMs, toMs).filter((ms) => !taken.has(ms));
    starts.push(...seen);
  };
  for (let at = Math.max(nowMs, startMs); at < window.toMs && starts.length < OCCURRENCES_MAX; at += YEAR_MS)
    lookAt(at, Math.min(at + YEAR_MS, window.toMs));
  const firstMs = Math.max(window.fromMs, startMs);
  for (let at = nowMs; at > firstMs && starts.length < OCCURRENCES_MAX; at -= YEAR_MS)
    lookAt(Math.max(at - YEAR_MS, firstMs), at);
  return starts;
}

function startsBetween(rule: RRuleTemporal, fromMs: number, toMs: number): number[] {
  try {
    return rule
      .between(zonedOf(fromMs), zonedOf(toMs), true)
      .map(({ epochMilliseconds }) => epochMilliseconds)
      .filter((ms) => ms < toMs);
  } catch (error) {
    if (isTooRare(error)) return [];
    throw error;
  }
}

function zonedOf(ms: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(Math.round(ms)).toZonedDateTimeISO('UTC');
}

/** Whether a rule gives nothing from an instant on. */
function endsBefore(rule: RRuleTemporal, ms: number): boolean {
  const { until, count } = rule.options();
  if (until) return until.epochMilliseconds < ms;
  if (count === undefined) return false;
  let lastMs = 0;
  walk(rule, (at) => {
    lastMs = at;
    return at < ms;
  });
  return lastMs < ms;
}
