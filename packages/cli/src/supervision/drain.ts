import { isOverWithin } from '@ortoo/shared/kernel';
import type { ServiceProcess } from './service-process.ts';

export type DrainLimits = {
  /** The next service is asked to end when the one before it has, at the latest after this. */
  staggerMs: number;
  /** What has not ended by then, counted from the first request, is killed. */
  deadlineMs: number;
};

/** With the servers' own ten seconds a stop is over within thirty. */
const drainLimits: DrainLimits = { staggerMs: 2_500, deadlineMs: 20_000 };
const killGraceMs = 2_000;

/**
 * Ends the services one after another: those that take requests first, those that answer them last.
 * `hurry` kills at once. Answers the names of those that had to be killed.
 */
export async function drain(
  inOrder: ServiceProcess[],
  hurry: AbortSignal,
  limits: DrainLimits = drainLimits,
): Promise<string[]> {
  const until = performance.now() + limits.deadlineMs;
  const ends: Promise<string | null>[] = [];
  for (const service of inOrder) {
    const end = endOne(service, until, hurry);
    ends.push(end);
    await isOverWithin(limits.staggerMs, end, hurry);
  }
  return (await Promise.all(ends)).filter((name) => name !== null);
}

async function endOne(service: ServiceProcess, until: number, hurry: AbortSignal): Promise<string | null> {
  service.end(hurry.aborted ? 'SIGKILL' : 'SIGTERM');
  const leftMs = Math.max(0, until - performance.now());
  if (await isOverWithin(leftMs, service.ended(), hurry)) return null;
  service.end('SIGKILL');
  await isOverWithin(killGraceMs, service.ended());
  return service.spec.name;
}
