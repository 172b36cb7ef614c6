import type { AddressInfo } from 'node:net';
import { type Part, pause } from '@ortoo/shared/kernel';
import type { FastifyInstance } from 'fastify';

/** For this long what is already on its way is still taken, and each answer closes its connection. */
const GRACE_MS = 250;
/** Then requests in flight have this long. */
const DRAIN_MS = 15_000;
const SWEEP_MS = 100;

export type HttpServer = Part & { /** Where it listens, e.g. `http://127.0.0.1:8080`. */ url(): string };

/**
 * Listens and stops an app. Stopping closes idle connections again and again, since `close` waits for connections that
 * are kept alive, and after the deadline those that are still busy.
 */
export function createHttpServer(
  app: () => FastifyInstance,
  { host, port }: { host: string; port: number },
): HttpServer {
  return {
    name: 'http server',
    start: async () => {
      await app().listen({ host, port });
    },
    stop: async () => {
      app().isDraining = true;
      await pause(GRACE_MS);
      await close(app());
    },
    url: () => {
      const { address, port: taken, family } = app().server.address() as AddressInfo;
      return `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`;
    },
  };
}

async function close(app: FastifyInstance): Promise<void> {
  const startedMs = performance.now();
  const sweep = setInterval(() => {
    if (performance.now() - startedMs > DRAIN_MS) app.server.closeAllConnections();
    else app.server.closeIdleConnections();
  }, SWEEP_MS);
  await app.close().finally(() => clearInterval(sweep));
}
