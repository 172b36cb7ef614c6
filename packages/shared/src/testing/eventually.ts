import { pause } from '../kernel/retry.ts';

/**
 * Asks again until `check` neither throws nor answers undefined or false, and answers what it answered. Throws after
 * `timeoutMs` with the last failure as cause.
 */
export async function eventually<T>(
  check: () => Promise<T> | T,
  { timeoutMs = 15_000, everyMs = 25 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<Exclude<T, undefined | false>> {
  const untilMs = performance.now() + timeoutMs;
  for (;;) {
    let failure: unknown;
    try {
      const found = await check();
      if (found !== undefined && found !== false) return found as Exclude<T, undefined | false>;
      failure = new Error(`It answered ${String(found)}.`);
    } catch (error) {
      failure = error;
    }
    if (performance.now() >= untilMs)
      throw new Error(`It did not come about within ${timeoutMs} ms: ${(failure as Error).message}`, {
        cause: failure,
      });
    await pause(everyMs);
  }
}
