import type { Span } from '@ortoo/shared/contracts';

/** What a reader makes of a place in the page. */
export type Reading<T> = { value: T; confidence: number; span: Span };

/** The surest reading; of equal ones the first. */
export function bestOf<T>(readings: readonly Reading<T>[]): Reading<T> | undefined {
  return readings.reduce<Reading<T> | undefined>(
    (best, reading) => (best === undefined || reading.confidence > best.confidence ? reading : best),
    undefined,
  );
}

/** The smallest span that holds all of them. */
export function spanOver(spans: readonly Span[]): Span {
  return [Math.min(...spans.map(([start]) => start)), Math.max(...spans.map(([, end]) => end))];
}

/** A probability to two decimals, so that answers are stable to read. */
export function confidenceOf(value: number): number {
  return Math.round(Math.min(0.99, Math.max(0, value)) * 100) / 100;
}
