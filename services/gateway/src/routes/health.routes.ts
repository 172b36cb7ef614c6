import { AppError, examineHealth, type Health, type HealthCheck } from '@ortoo/shared/kernel';
import type { FastifyInstance } from 'fastify';
import { ref } from '../openapi/components.ts';
import { PROBLEM_TYPE } from '../problems/problem.ts';

export type HealthChecks = { servers: Record<string, HealthCheck>; services: Record<string, HealthCheck> };

const HEALTH_TYPE = 'application/health+json';

const describe = (type: string, schema: unknown, description: string) => ({
  description,
  content: { [type]: { schema } },
});
const tags = ['Health'];
const aliveSchema = {
  tags,
  operationId: 'isAlive',
  summary: 'Whether the gateway runs',
  response: { 200: describe('application/json', { type: 'object' }, 'It runs.') },
};
const readySchema = {
  tags,
  operationId: 'isReady',
  summary: 'Whether everything that is needed answers',
  response: {
    200: describe('application/json', ref('Readiness'), 'Everything answers.'),
    503: describe(
      PROBLEM_TYPE,
      ref('Problem'),
      'Something does not answer, or the gateway is stopping; `checks` says what.',
    ),
  },
};
const healthSchema = {
  tags,
  operationId: 'getHealth',
  summary: 'How the services are',
  response: { 200: describe(HEALTH_TYPE, ref('HealthReport'), 'How the services are.') },
};

/**
 * `/livez`: this process answers. `/readyz`: everything it needs answers too; each dependency is named. `/health`: the
 * same for people and dashboards, never an error: what works without a part still works.
 */
export function healthRoutes(
  app: FastifyInstance,
  { checks, version }: { checks: HealthChecks; version: string },
): void {
  const gateway: HealthCheck = async () => (app.isDraining ? 'stopping' : null);
  const examine = shareInFlight(() => examineHealth({ gateway, ...checks.servers, ...checks.services }, app.log));

  app.get('/livez', { schema: aliveSchema }, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return { status: 'ok' };
  });

  app.get('/readyz', { schema: readySchema }, async (_request, reply) => {
    const { status, checks: found } = await examine();
    if (status !== 'ok') throw notReady(found);
    reply.header('cache-control', 'no-store');
    return { status, checks: found };
  });

  app.get('/health', { schema: healthSchema }, async (_request, reply) => {
    const { status, checks: found } = await examine();
    const services = Object.keys(checks.services).map((name) => [name, toReport(found[name])]);
    const report = { status: status === 'ok' ? 'pass' : 'warn', version, services: Object.fromEntries(services) };
    return reply
      .header('cache-control', 'no-store')
      .type(HEALTH_TYPE)
      .send(Buffer.from(JSON.stringify(report)));
  });
}

function notReady(checks: Health['checks']): AppError {
  const names = Object.entries(checks).flatMap(([name, { status }]) => (status === 'ok' ? [] : [name]));
  return new AppError('UNAVAILABLE', 'gateway.not-ready', `Not ready: ${names.join(', ')}.`, {
    details: { checks, retryAfterMs: 1_000 },
  });
}

function toReport(check: Health['checks'][string] | undefined) {
  return check?.status === 'ok' ? { status: 'pass' } : { status: 'fail', output: check?.detail ?? 'no answer' };
}

/** Many who ask at the same time cost one examination. */
function shareInFlight<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return () => {
    running ??= work().finally(() => {
      running = undefined;
    });
    return running;
  };
}
