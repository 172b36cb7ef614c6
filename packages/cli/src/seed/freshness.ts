import { pause } from '@ortoo/shared/kernel';
import { messageOf } from '../cli-error.ts';
import type { ApiClient } from './api.client.ts';

const deadlineMs = 60_000;
const pollMs = 500;

/** Waits until search shows these versions; answers null, or a sentence that says what it does not show yet. */
export async function awaitFreshness(api: ApiClient, versions: string[], signal?: AbortSignal): Promise<string | null> {
  if (versions.length === 0) return null;
  const path = `/v1/search?waitFor=${encodeURIComponent(versions.join(','))}&limit=1`;
  const until = performance.now() + deadlineMs;
  let why = '';
  while (performance.now() < until) {
    signal?.throwIfAborted();
    try {
      const { status, body } = await api.send('GET', path);
      if (status === 200 && (body as { consistent?: unknown } | null)?.consistent === true) return null;
      why = status === 200 ? 'it is behind' : `it answered ${status}`;
      // A request that is wrong stays wrong.
      if (status >= 400 && status < 500 && status !== 429) break;
    } catch (error) {
      why = messageOf(error);
    }
    await pause(pollMs, signal);
  }
  return `Search does not show ${versions.join(', ')} yet: ${why}.`;
}
