import { messageOf } from '../cli-error.ts';
import type { Answer } from './seed.rules.ts';

/** Longest wait for one answer; the gateway's own limits are shorter. */
const answerDeadlineMs = 15_000;

export type ApiClient = {
  url: string;
  /** Answers whatever the status; throws an Error of one sentence when no answer came. */
  send(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer>;
};

export function createApiClient({
  url,
  key,
  signal,
}: {
  url: string;
  key: string;
  signal?: AbortSignal | undefined;
}): ApiClient {
  return {
    url,
    async send(method, path, body) {
      const limit = AbortSignal.timeout(answerDeadlineMs);
      const headers: Record<string, string> = { accept: 'application/json', authorization: `Bearer ${key}` };
      if (body !== undefined) headers['content-type'] = 'application/json';
      try {
        const response = await fetch(`${url}${path}`, {
          method,
          headers,
          signal: signal ? AbortSignal.any([signal, limit]) : limit,
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        return await readAnswer(response);
      } catch (error) {
        throw new Error(`${method} ${url}${path} had no answer: ${messageOf(error)}`, { cause: error });
      }
    },
  };
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return {
    status: response.status,
    body: parseOrText(text),
    version: response.headers.get('ortoo-version') ?? undefined,
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : undefined,
  };
}

function parseOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
