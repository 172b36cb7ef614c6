import { pause } from '@ortoo/shared/kernel';

/** Resolves when the signal aborts. */
export function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Waits for `work`, at most `ms` and only until the signal aborts; answers whether it was over. Leaves no timer behind. */
export async function isOverWithin(work: Promise<unknown>, ms: number, signal?: AbortSignal): Promise<boolean> {
  const done = new AbortController();
  const limits = signal ? AbortSignal.any([signal, done.signal]) : done.signal;
  const isOver = await Promise.race([work.then(() => true), pause(ms, limits).then(() => false)]);
  done.abort();
  return isOver;
}
