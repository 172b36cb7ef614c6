import type { ReconcileMode } from '@ortoo/shared/contracts';
import type { IndexMeta } from '../index/next-step.ts';

const MINUTE_MS = 60_000;
const CHEAP_MS = 60 * MINUTE_MS;
const FULL_MS = 24 * CHEAP_MS;
/** A comparison that ended early is repeated this soon. */
const FAILED_MS = 10 * MINUTE_MS;

/** Which comparison is due by what the index says of the last one; undefined when none is. */
export function dueMode({ reconcile }: Pick<IndexMeta, 'reconcile'>, nowMs: number): ReconcileMode | undefined {
  const { last, fullAt } = reconcile ?? {};
  const lastMs = last ? Date.parse(last.at) : Number.NEGATIVE_INFINITY;
  if (nowMs - lastMs < (last?.error === undefined ? CHEAP_MS : FAILED_MS)) return undefined;
  return nowMs - (fullAt === undefined ? Number.NEGATIVE_INFINITY : Date.parse(fullAt)) < FULL_MS ? 'cheap' : 'full';
}
