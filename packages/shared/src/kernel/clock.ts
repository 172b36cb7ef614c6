/** RFC 3339 in UTC with milliseconds, e.g. `2026-11-24T05:00:00.000Z`. As text it sorts in time order. */
export type Instant = string;

/** The only source of wall time. A parameter everywhere, so that a test can turn it. */
export type Clock = {
  now(): Instant;
  /** Milliseconds since the epoch. */
  nowMs(): number;
};

export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  nowMs: () => Date.now(),
};

/** The instant `ms` milliseconds after (or, negative, before) another. */
export function shiftInstant(instant: Instant, ms: number): Instant {
  return new Date(Date.parse(instant) + ms).toISOString();
}

/** Milliseconds since the epoch as an Instant. */
export function toInstant(ms: number): Instant {
  return new Date(ms).toISOString();
}

/**
 * A moment as RFC 3339 writes it, in UTC with milliseconds; undefined for what cannot be compared with others: a leap
 * second, and the years outside 0000 to 9999.
 */
export function parseInstant(text: string): Instant | undefined {
  const ms = Date.parse(text);
  const instant = Number.isNaN(ms) ? '' : toInstant(ms);
  return /^\d{4}-/.test(instant) ? instant : undefined;
}

/** An instant as HTTP headers write it, e.g. `Tue, 24 Nov 2026 05:00:00 GMT`. Source: RFC 9110 §5.6.7. */
export function toHttpDate(instant: Instant): string {
  return new Date(instant).toUTCString();
}
