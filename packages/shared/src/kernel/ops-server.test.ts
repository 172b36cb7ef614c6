import { afterEach, expect, test } from 'vitest';
import { AppError } from './errors.ts';
import { createLogger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { createOpsServer, examineHealth, type HealthCheck, type OpsServer } from './ops-server.ts';

let server: OpsServer | undefined;
afterEach(async () => server?.stop());

const log = createLogger({ service: 'test', level: 'silent' });

async function ask(path: string, checks: Record<string, HealthCheck>) {
  server = createOpsServer({ host: '127.0.0.1', port: 0, metrics: createMetrics('test'), checks, log });
  await server.start();
  const response = await fetch(`http://127.0.0.1:${server.port()}${path}`);
  return { status: response.status, text: await response.text() };
}

test('a service is ready when each dependency serves', async () => {
  expect(await ask('/readyz', { mongodb: async () => null })).toMatchObject({ status: 200 });
});

test('readiness names the dependency that does not serve, and liveness does not care', async () => {
  const checks = { mongodb: async () => null, nats: async () => 'no connection' };
  const { status, text } = await ask('/readyz', checks);
  expect(status).toBe(503);
  expect(JSON.parse(text)).toMatchObject({
    status: 'unavailable',
    checks: { mongodb: { status: 'ok' }, nats: { detail: 'no connection' } },
  });
  await server?.stop();
  expect(await ask('/livez', checks)).toMatchObject({ status: 200 });
});

test('of a check that throws, only what is public is shown; the rest is logged', async () => {
  const logged: unknown[] = [];
  const failure = new Error('connect ECONNREFUSED 10.0.3.7:27017');
  const checks = {
    mongodb: () => Promise.reject(failure),
    catalog: () => Promise.reject(AppError.unavailable('catalog.away', 'The catalog is away.')),
  };
  const health = await examineHealth(checks, { warn: (line: unknown) => void logged.push(line) });
  expect(health).toEqual({
    status: 'unavailable',
    checks: {
      mongodb: { status: 'unavailable', detail: 'does not answer' },
      catalog: { status: 'unavailable', detail: 'The catalog is away.' },
    },
  });
  expect(logged).toEqual([{ err: failure, check: 'mongodb' }]);
});

test('metrics are in the Prometheus text format', async () => {
  const { text } = await ask('/metrics', {});
  expect(text).toContain('# TYPE process_cpu_seconds_total counter');
});
