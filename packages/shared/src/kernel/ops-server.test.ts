import { afterEach, expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';
import { createOpsServer, examineHealth, type HealthCheck, type OpsServer } from './ops-server.ts';

let server: OpsServer | undefined;
afterEach(async () => server?.stop());

async function ask(path: string, checks: Record<string, HealthCheck>) {
  server = createOpsServer({ host: '127.0.0.1', port: 0, metrics: createMetrics('test'), checks });
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

test('a check that throws counts as not serving', async () => {
  const health = await examineHealth({ index: () => Promise.reject(new Error('alias missing')) });
  expect(health).toMatchObject({ status: 'unavailable', checks: { index: { detail: 'alias missing' } } });
});

test('metrics are in the Prometheus text format', async () => {
  const { text } = await ask('/metrics', {});
  expect(text).toContain('# TYPE process_cpu_seconds_total counter');
});
