import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Part } from './lifecycle.ts';
import type { Metrics } from './metrics.ts';

/** The answer of one dependency: `null` when it serves, otherwise one sentence that says why not. */
export type HealthCheck = () => Promise<string | null>;
export type Health = {
  status: 'ok' | 'unavailable';
  checks: Record<string, { status: 'ok' | 'unavailable'; detail?: string }>;
};

/** A check that takes longer is taken for failed. */
const CHECK_DEADLINE_MS = 2_000;

/** Asks each dependency once, all at the same time. */
export async function examineHealth(checks: Record<string, HealthCheck>): Promise<Health> {
  const rows = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await examineOne(check)] as const),
  );
  const isOk = rows.every(([, row]) => row.status === 'ok');
  return { status: isOk ? 'ok' : 'unavailable', checks: Object.fromEntries(rows) };
}

async function examineOne(check: HealthCheck): Promise<Health['checks'][string]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, CHECK_DEADLINE_MS, `no answer within ${CHECK_DEADLINE_MS} ms`);
  });
  const detail = await Promise.race([check(), late]).catch((error: unknown) =>
    error instanceof Error ? error.message : String(error),
  );
  clearTimeout(timer);
  return detail === null ? { status: 'ok' } : { status: 'unavailable', detail };
}

export type OpsServer = Part & { port(): number };

/** `/livez`, `/readyz` and `/metrics` on 127.0.0.1 or, in a container, on `host`; never on the public port. */
export function createOpsServer({
  host,
  port,
  metrics,
  checks,
}: {
  host: string;
  port: number;
  metrics: Metrics;
  checks: Record<string, HealthCheck>;
}): OpsServer {
  const server = createServer((request, response) => {
    const answer = (status: number, type: string, body: string) =>
      response.writeHead(status, { 'content-type': type }).end(body);
    const json = (status: number, body: unknown) => answer(status, 'application/json', JSON.stringify(body));
    if (request.url === '/livez') json(200, { status: 'ok' });
    else if (request.url === '/readyz')
      void examineHealth(checks).then((health) => json(health.status === 'ok' ? 200 : 503, health));
    else if (request.url === '/metrics')
      void metrics.print().then((text) => answer(200, 'text/plain; version=0.0.4', text));
    else json(404, { status: 'not found' });
  });
  return {
    name: 'ops server',
    start: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject).listen(port, host, () => resolve());
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    port: () => (server.address() as AddressInfo).port,
  };
}
