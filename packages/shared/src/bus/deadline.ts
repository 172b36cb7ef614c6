import { pause } from '../kernel/retry.ts';

/** Waits for work that must not hold up a stop; answers whether it ended in time. The work itself goes on. */
export async function endsWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  const timer = new AbortController();
  try {
    return await Promise.race([work.then(() => true), pause(ms, timer.signal).then(() => false)]);
  } finally {
    timer.abort();
  }
}
