import { pause } from '@ortoo/shared/kernel';
import { isProcessAlive } from '@ortoo/stack';
import type { RunningService } from '../state/run-file.ts';

const pollMs = 200;
const steps = [
  { signal: null, waitMs: 8_000 },
  { signal: 'SIGTERM', waitMs: 8_000 },
  { signal: 'SIGKILL', waitMs: 2_000 },
] as const;

/**
 * Waits for services whose supervisor was killed: they end by themselves once they notice, and are ended if they do not.
 * Only processes whose pid and start time match are touched.
 */
export async function clearLeftBehind(
  leftBehind: RunningService[],
  report: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const living = () => leftBehind.filter(({ pid, startedAt }) => isProcessAlive(pid, startedAt));
  for (const step of steps) {
    if (living().length === 0) return;
    const pids = living().map(({ pid }) => pid);
    report(
      `services of an earlier start still run (${pids.join(', ')}): ${step.signal ? `sending ${step.signal}` : 'waiting for them'}`,
    );
    if (step.signal !== null) for (const pid of pids) process.kill(pid, step.signal);
    const until = performance.now() + step.waitMs;
    while (living().length > 0 && performance.now() < until && !signal.aborted) await pause(pollMs, signal);
    if (signal.aborted) return;
  }
}
