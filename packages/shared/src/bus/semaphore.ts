import { AppError } from '../kernel/errors.ts';

/** How long a caller that was turned away should wait. */
const BUSY_RETRY_MS = 1_000;

export type Semaphore = {
  /** Runs `work` when a place is free, at once or after waiting in the queue. Throws UNAVAILABLE `busy` when the queue is full. */
  run<T>(work: () => Promise<T>): Promise<T>;
};

/** At most `concurrency` at once and `queueMax` waiting, first come first served. */
export function createSemaphore({ concurrency, queueMax }: { concurrency: number; queueMax: number }): Semaphore {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function enter(): Promise<void> {
    if (running < concurrency) {
      running += 1;
      return;
    }
    if (waiting.length >= queueMax)
      throw AppError.unavailable('busy', 'The service is at its limit; try again in a moment.', {
        retryAfterMs: BUSY_RETRY_MS,
      });
    await new Promise<void>((resolve) => waiting.push(resolve)); // whoever leaves hands its place on
  }

  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }

  return {
    run: async (work) => {
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
