import { round2 } from '../speed/pair.ts';

/** Milliseconds of one sort of request. */
export type Times = { requests: number; p50Ms: number; p95Ms: number };

export function timesOf(durationsMs: number[]): Times {
  const sorted = durationsMs.toSorted((a, b) => a - b);
  return { requests: sorted.length, p50Ms: quantileOf(sorted, 0.5), p95Ms: quantileOf(sorted, 0.95) };
}

/** The duration that a share of them does not exceed; 0 of none. */
export function quantileOf(durationsMs: number[], share: number): number {
  const sorted = durationsMs.toSorted((a, b) => a - b);
  return round2(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
