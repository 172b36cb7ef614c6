import { round2 } from '../speed/pair.ts';

/** Milliseconds of one sort of request. */
export type Times = { requests: number; p50Ms: number; p95Ms: number };

export function timesOf(durationsMs: number[]): Times {
  const sorted = durationsMs.toSorted((a, b) => a - b);
  const at = (share: number) => round2(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { requests: sorted.length, p50Ms: at(0.5), p95Ms: at(0.95) };
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
