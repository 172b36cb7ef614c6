import type { ReconcileMode } from '@ortoo/shared/contracts';
import type { Counts } from './reconcile.rules.ts';

/** `say` is told in words what is being done. */
export type CompareOptions = { signal: AbortSignal; say(doing: string): void };

/** One comparison at work. */
export type Run = CompareOptions & {
  index: string;
  mode: ReconcileMode;
  counts: Counts;
  /** What changed after this, milliseconds since the epoch, is not judged. */
  settledMs: number;
};
