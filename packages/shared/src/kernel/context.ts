import type { Clock } from './clock.ts';
import { AppError } from './errors.ts';
import { newRequestId, newTraceparent } from './ids.ts';
import type { Logger } from './logger.ts';

/** Who asks. `id` is a key id, a JWT subject, an address, or the name of one of our own services. */
export type Actor = {
  type: 'anonymous' | 'key' | 'user' | 'service';
  id: string;
  scopes: string[];
  companyId?: string;
};

/** What every action is given: it is handed on, never ambient. */
export type Context = {
  log: Logger;
  requestId: string;
  /** W3C trace context of the caller. */
  traceparent: string;
  /** Milliseconds since the epoch after which nobody waits for the answer. */
  deadlineMs: number;
  actor: Actor;
};

/** Milliseconds left until the deadline, at least 0. */
export function remainingMs(ctx: Context, clock: Clock): number {
  return Math.max(0, ctx.deadlineMs - clock.nowMs());
}

/** What a line of the log says of the request that it belongs to. */
export function logLabels({
  requestId,
  traceparent,
}: Pick<Context, 'requestId' | 'traceparent'>): Record<string, string> {
  return { requestId, traceId: traceparent.split('-')[1] ?? '' };
}

/** Refuses work that nobody waits for any more. Throws TIMEOUT. */
export function requireTime(ctx: Context, clock: Clock): void {
  if (ctx.deadlineMs <= clock.nowMs())
    throw AppError.timeout('deadline.passed', 'The deadline had passed before the work began.');
}

type OwnWork = { log: Logger; service: string; clock: Clock; forMs: number };

/** The context of work that a service does on its own account (a sweep, a start-up load), for `forMs` from now. */
export function serviceContext({ log, service, clock, forMs }: OwnWork): Context {
  return {
    log,
    requestId: newRequestId(),
    traceparent: newTraceparent(),
    deadlineMs: clock.nowMs() + forMs,
    actor: { type: 'service', id: service, scopes: ['admin'] },
  };
}
