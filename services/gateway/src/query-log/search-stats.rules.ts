import { AppError, type Instant, shiftInstant } from '@ortoo/shared/kernel';

/** Searches that took equally long; null for those without a time of their own. */
export type LatencyRow = { latencyMs: number | null; queries: number; zeroHits: number };
/** One query text: how often it was asked, how many of these led to a click, and what was clicked. */
export type QueryRow = { query: string; count: number; clicked: number; clicks: number; positions: number };

/** What was searched in a window of time. */
export type SearchStats = {
  since: Instant;
  until: Instant;
  queries: number;
  zeroHits: number;
  top: { query: string; count: number; clicks: number; clickRate: number; meanPosition: number | null }[];
  zeroHit: { query: string; count: number }[];
  latencyMs: { p50: number; p95: number } | null;
};

/** From `since` on, before `until`. */
export type Window = { since: Instant; until: Instant };
const DAY_MS = 24 * 60 * 60 * 1000;
const WINDOW_DAYS = 30;

/** The window asked for, the last 30 days without one. Throws VALIDATION_FAILED `stats.window-empty`. */
export function toWindow({ from, to }: { from?: Instant; to?: Instant }, now: Instant): Window {
  const until = to ?? now;
  const since = from ?? shiftInstant(until, -WINDOW_DAYS * DAY_MS);
  if (since < until) return { since, until };
  throw AppError.invalid('stats.window-empty', {
    pointer: '/from',
    message: 'is not before the end',
    expected: 'an instant before `to`, and before now without it',
  });
}

type Rows = { latencies: LatencyRow[]; top: QueryRow[]; zeroHit: { query: string; count: number }[] };

/** The figures of a window from what the store counted. */
export function toSearchStats({ since, until }: Window, { latencies, top, zeroHit }: Rows): SearchStats {
  const sum = (of: (row: LatencyRow) => number) => latencies.reduce((total, row) => total + of(row), 0);
  return {
    since,
    until,
    queries: sum(({ queries }) => queries),
    zeroHits: sum(({ zeroHits }) => zeroHits),
    top: top.map(({ query, count, clicked, clicks, positions }) => ({
      query,
      count,
      clicks,
      clickRate: round(clicked / count, 4),
      meanPosition: clicks === 0 ? null : round(positions / clicks, 2),
    })),
    zeroHit,
    latencyMs: percentilesOf(latencies),
  };
}

/** The nearest-rank percentiles, in whole milliseconds; null when nothing was measured. */
function percentilesOf(latencies: LatencyRow[]): SearchStats['latencyMs'] {
  const measured = latencies
    .flatMap(({ latencyMs, queries }) => (latencyMs === null ? [] : [{ latencyMs, queries }]))
    .toSorted((a, b) => a.latencyMs - b.latencyMs);
  const all = measured.reduce((total, { queries }) => total + queries, 0);
  if (all === 0) return null;
  const at = (share: number): number => {
    let left = Math.ceil(all * share);
    for (const { latencyMs, queries } of measured) {
      left -= queries;
      if (left <= 0) return latencyMs;
    }
    return 0;
  };
  return { p50: at(0.5), p95: at(0.95) };
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
