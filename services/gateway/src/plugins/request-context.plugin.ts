import {
  type Actor,
  type Clock,
  type Context,
  type Logger,
  logLabels,
  type Metrics,
  newRequestId,
  newTraceparent,
} from '@ortoo/shared/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { isDefect } from '../problems/problem-list.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Set when the gateway is told to stop: answers then close their connections, so that none is cut in use. */
    isDraining: boolean;
  }
  interface FastifyRequest {
    /** W3C trace context, as it came or made here. */
    traceparent: string;
    /** Milliseconds since the epoch after which the answer is of no use. */
    deadlineMs: number;
    actor: Actor;
    /** What calls to other services carry. */
    context(): Context;
  }
}

/** A little more than the longest call, so that its own error comes back and not ours. */
const REQUEST_DEADLINE_MS = 12_000;

const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
const REQUEST_ID = /^[\w-]{1,64}$/;

/** The caller's `Request-Id` when it is harmless in headers and logs, otherwise a fresh one. */
export function chooseRequestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : newRequestId();
}

/** The caller's trace context when it is valid, otherwise the start of a new trace. Source: W3C Trace Context §3.2. */
function chooseTraceparent(given: string | string[] | undefined): string {
  return typeof given === 'string' && TRACEPARENT.test(given) ? given : newTraceparent();
}

/** Gives each request its id, trace, deadline and log, and writes one line and one measurement when it is over. */
export const requestContextPlugin = fp(
  async (app: FastifyInstance, { clock, metrics }: { clock: Clock; metrics: Metrics }) => {
    const durations = metrics.histogram('http_request_duration_seconds', 'Requests by route and status.', [
      'method',
      'route',
      'status',
    ]);

    app.decorate('isDraining', false);
    app.decorateRequest('traceparent', '');
    app.decorateRequest('deadlineMs', 0);
    app.decorateRequest('actor', null as unknown as Actor);
    app.decorateRequest('context', contextOf);

    app.addHook('onRequest', async (request, reply) => {
      request.traceparent = chooseTraceparent(request.headers.traceparent);
      const { requestId: _known, ...labels } = logLabels({ requestId: request.id, traceparent: request.traceparent });
      request.log = request.log.child(labels);
      reply.log = request.log;
      request.deadlineMs = clock.nowMs() + REQUEST_DEADLINE_MS;
      request.actor = { type: 'anonymous', id: request.ip, scopes: [] };
      reply.headers({ 'request-id': request.id, traceparent: request.traceparent });
    });
    app.addHook('onSend', async (_request, reply) => {
      if (app.isDraining) reply.header('connection', 'close');
      reply.header('server-timing', `total;dur=${reply.elapsedTime.toFixed(1)}`);
    });
    app.addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? 'none';
      durations.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
      writeLine(request, reply, route);
    });
  },
  { name: 'request-context', dependencies: ['problem'] },
);

function contextOf(this: FastifyRequest): Context {
  const { id: requestId, traceparent, deadlineMs, actor } = this;
  return { log: this.log as unknown as Logger, requestId, traceparent, deadlineMs, actor };
}

function writeLine(request: FastifyRequest, reply: FastifyReply, route: string): void {
  const { problem, statusCode: status } = reply;
  const durationMs = Math.round(reply.elapsedTime * 10) / 10;
  const { type, id } = request.actor;
  const actor = type === 'anonymous' ? type : id; // an anonymous caller's id is an address, which is personal
  const line = { method: request.method, route, status, durationMs, actor };
  if (!problem) request.log.info(line, 'request');
  else if (isDefect(problem.code))
    request.log.error({ ...line, code: problem.code, err: problem.cause ?? problem }, 'request');
  else request.log.info({ ...line, code: problem.code, reason: problem.reason }, 'request');
}
