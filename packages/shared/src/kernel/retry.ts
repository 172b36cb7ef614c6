import { setTimeout as delay } from 'node:timers/promises';
import { jitterMs } from './ids.ts';

export type Backoff = { firstMs: number; maxMs: number };

/** The wait before attempt `attempt` (1 is the first repeat): doubling from `firstMs`, capped at `maxMs`, with jitter. */
export function backoffMs(attempt: number, { firstMs, maxMs }: Backoff): number {
  return jitterMs(Math.min(maxMs, firstMs * 2 ** Math.max(0, attempt - 1)));
}

export type RetryOptions = Backoff & {
  /** Attempts in all, the first included. */
  attempts: number;
  /** Whether a failure is worth another attempt; by default each is. */
  isTransient?: (error: unknown) => boolean;
  /** Told before each repeat which attempt failed, from 1, and how. */
  onRepeat?: (attempt: number, error: unknown) => void;
  signal?: AbortSignal;
};

/** Runs `work` until it succeeds, fails for good, or the attempts are used up; then throws the last error. */
export async function retry<T>(work: (attempt: number) => Promise<T>, options: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt);
    } catch (error) {
      const isLast = attempt >= options.attempts || options.signal?.aborted;
      if (isLast || options.isTransient?.(error) === false) throw error;
      options.onRepeat?.(attempt, error);
      await pause(backoffMs(attempt, options), options.signal);
    }
  }
}

export type Patience = {
  /** From the first attempt; the last one begins before they are over. */
  forMs: number;
  /** Whether a failure is worth another attempt; by default each is. */
  isTransient?: (error: unknown) => boolean;
  /** Told once, when the first attempt has failed and others follow. */
  onWait: (error: unknown) => void;
};

const PATIENT: Backoff = { firstMs: 250, maxMs: 2_000 };

/** Runs `work` until it succeeds, fails for good, or the time is over; then throws the last error. For what a start needs. */
export async function retryPatiently<T>(work: () => Promise<T>, { forMs, isTransient, onWait }: Patience): Promise<T> {
  const untilMs = performance.now() + forMs;
  return await retry(work, {
    ...PATIENT,
    attempts: Number.POSITIVE_INFINITY,
    isTransient: (error) => performance.now() < untilMs && isTransient?.(error) !== false,
    onRepeat: (attempt, error) => attempt === 1 && onWait(error),
  });
}

/**
 * Waits for `work`, at most `ms` and only until the signal aborts; answers whether it was over. Throws what the work
 * throws meanwhile. The work itself goes on; no timer is left behind.
 */
export async function isOverWithin(ms: number, work: Promise<unknown>, signal?: AbortSignal): Promise<boolean> {
  const over = new AbortController();
  const late = pause(ms, signal ? AbortSignal.any([signal, over.signal]) : over.signal);
  return await Promise.race([work.then(() => true), late.then(() => false)]).finally(() => over.abort());
}

/** Waits `ms`, or less when the signal aborts; an abort ends the wait without an error. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await delay(ms, undefined, signal ? { signal } : {}).catch((error: unknown) => {
    if (!signal?.aborted) throw error;
  });
}
