import { pause } from '@ortoo/shared/kernel';
import { CliError, messageOf } from '../cli-error.ts';
import type { ApiClient } from '../seed/api.client.ts';

const pollMs = 300;
/** Work that says nothing new for this long is given up. */
const stillMs = 120_000;
const laterStatuses = [429, 503, 504];

/** Sends one request and answers its body. Throws a CliError with the problem's sentence for anything but success. */
export async function ask<T>(api: ApiClient, method: 'GET' | 'POST', path: string): Promise<T> {
  const { status, body } = await api.send(method, path).catch((error: unknown) => {
    throw new CliError(messageOf(error));
  });
  if (status < 300) return body as T;
  const { detail, reason } = (body ?? {}) as { detail?: string; reason?: string };
  throw new CliError(`${method} ${path} was answered ${status}: ${detail ?? 'without a reason'} [${reason ?? '?'}]`);
}

/**
 * Looks at work until it is over, and shows what it is doing. A look that fails for a moment is repeated. Throws a
 * CliError when two minutes bring nothing new.
 */
export async function follow<T>(
  api: ApiClient,
  path: string,
  options: { report: (line: string) => void; doing(state: T): string; isOver(state: T): boolean },
): Promise<T> {
  let last = '';
  let newsMs = performance.now();
  for (;;) {
    const { status, body } = await api.send('GET', path).catch(() => ({ status: 503, body: null }));
    if (status === 200) {
      const state = body as T;
      if (options.isOver(state)) return state;
      const doing = options.doing(state);
      if (doing !== last) {
        newsMs = performance.now();
        options.report(doing);
      }
      last = doing;
    } else if (!laterStatuses.includes(status)) {
      throw new CliError(`GET ${path} was answered ${status}.`);
    }
    if (performance.now() - newsMs > stillMs)
      throw new CliError(`Nothing new for ${stillMs / 1000} s: ${last || 'no answer'}.`, 'npx ortoo status');
    await pause(pollMs);
  }
}
