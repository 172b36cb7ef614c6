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
      await pause(backoffMs(attempt, options), options.signal);
    }
  }
}

/** Waits `ms`, or less when the signal aborts; an abort ends the wait without an error. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await delay(ms, undefined, signal ? { signal } : {}).catch((error: unknown) => {
    if (!signal?.aborted) throw error;
  });
}
