import { pause } from '@ortoo/shared/kernel';
import { errnoOf, messageOf } from '../cli-error.ts';

const pollMs = 150;
const answerDeadlineMs = 2_500;

/** One look at `/readyz`: null when the service is ready, otherwise one sentence that says why not. */
async function askReadiness(opsUrl: string, signal: AbortSignal): Promise<string | null> {
  try {
    const limits = AbortSignal.any([signal, AbortSignal.timeout(answerDeadlineMs)]);
    const answer = await fetch(`${opsUrl}/readyz`, { signal: limits });
    if (answer.ok) return null;
    return describeHealth(answer.status, await answer.text());
  } catch (error) {
    return isRefused(error) ? 'does not answer yet' : messageOf(error);
  }
}

function isRefused(error: unknown): boolean {
  return error instanceof Error && errnoOf(error.cause) === 'ECONNREFUSED';
}

/** Names the failing checks of a `/readyz` answer. Pure. */
function describeHealth(status: number, body: string): string {
  try {
    const { checks } = JSON.parse(body) as { checks: Record<string, { status: string; detail?: string }> };
    const failing = Object.entries(checks).filter(([, check]) => check.status !== 'ok');
    return (
      failing.map(([name, check]) => `${name}: ${check.detail ?? check.status}`).join('; ') ||
      `/readyz answered ${status}`
    );
  } catch {
    return `/readyz answered ${status}`;
  }
}

/** Waits until the service is ready, the deadline is over or the signal aborts; answers like askReadiness. */
export async function waitUntilReady(
  opsUrl: string,
  { deadlineMs, signal, onWait }: { deadlineMs: number; signal: AbortSignal; onWait?: (why: string) => void },
): Promise<string | null> {
  const until = performance.now() + deadlineMs;
  for (;;) {
    const why = await askReadiness(opsUrl, signal);
    if (why !== null) onWait?.(why);
    if (why === null || performance.now() > until || signal.aborted) return why;
    await pause(pollMs, signal);
  }
}
