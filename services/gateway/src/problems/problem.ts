import type { AppError, Fault } from '@ortoo/shared/kernel';
import { problemKinds, problemSlug } from './problem-list.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/** The body of every answer with a status of 400 or more. Source: RFC 9457; `code` and the members after it are ours. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  code: string;
  reason: string;
  detail: string;
  instance: string;
  requestId: string;
  errors?: Fault[];
  [extra: string]: unknown;
};

export type ProblemPlace = { origin: string; path: string; requestId: string };

/** Builds the answer for an error. Members of `details` are public; how long to wait travels in a header instead. */
export function buildProblem(
  { code, reason, message, details = {} }: AppError,
  { origin, path, requestId }: ProblemPlace,
): Problem {
  const { status, title } = problemKinds[code];
  const { retryAfterMs: _header, ...shown } = details;
  return {
    type: `${origin}/problems/${problemSlug(code)}`,
    title,
    status,
    code,
    reason,
    detail: message,
    instance: path,
    requestId,
    ...withoutReserved(shown),
  };
}

const RESERVED = new Set(['type', 'title', 'status', 'code', 'reason', 'detail', 'instance', 'requestId']);

function withoutReserved(extra: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(extra).filter(([name, value]) => value !== undefined && !RESERVED.has(name)),
  );
}
