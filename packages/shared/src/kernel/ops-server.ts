import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from './errors.ts';
import type { Part } from './lifecycle.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import { isOverWithin } from './retry.ts';

/** The answer of one dependency: `null` when it serves, otherwise one sentence that says why not. */
export type HealthCheck = () => Promise<string | null>;
export type Health = {
  status: 'ok' | 'unavailable';
  checks: Record<string, { status: 'ok' | 'unavailable'; detail?: string }>;
};

/** A check that takes longer is taken for failed. */
const CHECK_DEADLINE_MS = 2_000;

/**
 * Asks each dependency once, all at the same time. What is answered may be shown to anybody: of a check that throws, an
 * AppError's sentence; anything else may name addresses and goes to the log.
 */
export async function examineHealth(checks: Record<string, HealthCheck>, log: Pick<Logger, 'warn'>): Promise<Health> {
  const rows = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const detail = await examineOne(check).catch((error: unknown) => {
        if (error instanceof AppError) return error.message;
        log.warn({ err: error, check: name }, 'a health check failed');
        return 'does not answer';
      });
      return [name, toRow(detail)] as const;
    }),
  );
  const isOk = rows.every(([, row]) => row.status === 'ok');
  return { status: isOk ? 'ok' : 'unavailable', checks: Object.fromEntries(rows) };
}

function toRow(detail: string | null): Health['checks'][string] {
  return detail === null ? { status: 'ok' } : { status: 'unavailable', detail };
}

async function examineOne(check: HealthCheck): Promise<string | null> {
  let answer: string | null = `no answer within ${CHECK_DEADLINE_MS} ms`;
  const asking = check().then((detail) => {
    answer = detail;
  });
  await isOverWithin(CHECK_DEADLINE_MS, asking);
  return answer;
}

export type OpsServer = Part & { port(): number };

/** `/livez`, `/readyz` and `/metrics` on 127.0.0.1 or, in a container, on `host`; never on the public port. */
export function createOpsServer({
  host,
  port,
  metrics,
  checks,
  log,
}: {
  host: string;
  port: number;
  metrics: Metrics;
  log: Pick<Logger, 'warn'>;
  checks: Record<string, HealthCheck>;
}): OpsServer {
  const server = createServer((request, response) => {
    const answer = (status: number, type: string, body: string) =>
      response.writeHead(status, { 'content-type': type }).end(body);
    const json = (status: number, body: unknown) => answer(status, 'application/json', JSON.stringify(body));
    if (request.url === '/livez') json(200, { status: 'ok' });
    else if (request.url === '/readyz')
      void examineHealth(checks, log).then((health) => json(health.status === 'ok' ? 200 : 503, health));
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
