import { connectBus } from '@ortoo/shared/bus';
import { namesOf, type SearchRequest } from '@ortoo/shared/contracts';
import {
  type Clock,
  type Context,
  createHeld,
  createLifecycle,
  createMetrics,
  createOpsServer,
  type Ids,
  type Lifecycle,
  type Logger,
  systemClock,
  typeIds,
} from '@ortoo/shared/kernel';
import type { FastifyInstance } from 'fastify';
import { createApp } from './app.ts';
import type { GatewayConfig } from './config.ts';
import { createHttpServer } from './http-server.ts';
import { createLedgerStore } from './idempotency/ledger.store.ts';
import { createLedger } from './idempotency/ledger.ts';
import { ensureFirstKey } from './keys/first-key.ts';
import { createKeyStore } from './keys/key.store.ts';
import { createKeyRing } from './keys/key-ring.ts';
import { connectGatewayMongo } from './mongo.store.ts';
import { pingServices } from './neighbours.ts';
import { createFrequentQueries } from './query-log/frequent-queries.worker.ts';
import { createQueryLogStore } from './query-log/query-log.store.ts';
import { createQueryLog } from './query-log/query-log.worker.ts';
import { deriveSecrets } from './secrets.ts';

export type ServiceOptions = { config: GatewayConfig; log: Logger; clock?: Clock; ids?: Ids };

export type Gateway = {
  lifecycle: Lifecycle;
  opsPort(): number;
  /** Where the REST API listens, e.g. `http://127.0.0.1:8080`. */
  url(): string;
  /** The running API, for requests without a socket. */
  app(): FastifyInstance;
};

/** The gateway: keys, ledger, bus, REST API. Parts start in the order of the list and stop in reverse. */
export function createService({ config, log, clock = systemClock, ids = typeIds }: ServiceOptions): Gateway {
  const names = namesOf(config.ORTOO_NAMESPACE);
  const metrics = createMetrics('gateway');
  const secrets = deriveSecrets(config.ORTOO_SECRET);

  const mongo = createHeld('mongodb', {
    open: () => connectGatewayMongo({ url: config.MONGO_URL, database: names.database('gateway'), log }),
    close: (connection) => connection.close(),
  });
  const bus = createHeld('nats', {
    open: () => connectBus({ url: config.NATS_URL, names, service: 'gateway', log, metrics, clock }),
    close: (connection) => connection.close(),
  });
  const keys = createHeld('keys', {
    open: async () => {
      const store = createKeyStore(mongo.get().connection);
      await ensureFirstKey({ store, pepper: secrets.keyPepper, clock, log, file: config.ADMIN_KEY_FILE });
      return createKeyRing({ store, pepper: secrets.keyPepper, clock });
    },
    close: async () => undefined,
  });
  const ledger = createHeld('ledger', {
    open: async () => {
      const store = createLedgerStore(mongo.get().connection);
      await store.ensureIndexes();
      return createLedger({ store, clock });
    },
    close: async () => undefined,
  });
  const queryLogStore = () => createQueryLogStore(mongo.get().connection);
  const search = (ctx: Context, request: SearchRequest) => bus.get().call(ctx, 'rpc.search.query', request);
  const queryLog =
    config.QUERY_LOG === 'on'
      ? createQueryLog({
          store: queryLogStore,
          days: config.QUERY_LOG_DAYS,
          ...{ clock, ids, log, metrics },
        })
      : undefined;
  const frequent = queryLog && createFrequentQueries({ store: queryLogStore, search, clock, log });
  const checks = {
    servers: { nats: async () => bus.get().check(), mongodb: async () => mongo.get().check() },
    services: pingServices(() => bus.get(), { log, clock }),
  };
  const app = createHeld('app', {
    open: () =>
      createApp({
        bus: bus.get(),
        keyRing: keys.get(),
        ledger: ledger.get(),
        queryLog,
        frequent,
        checks,
        cursorSecret: secrets.cursor,
        publicUrl: config.PUBLIC_URL?.replace(/\/$/, ''),
        origins: config.CORS_ORIGINS.split(',').flatMap((origin) => origin.trim() || []),
        log,
        metrics,
        clock,
        ids,
      }),
    close: async () => undefined, // the server closes it
  });
  const server = createHttpServer(() => app.get(), { host: config.HOST, port: config.PORT });
  const ops = createOpsServer({
    host: config.HOST,
    port: config.OPS_PORT,
    metrics,
    log,
    checks: {
      ...checks.servers,
      ...checks.services,
      http: async () => (app.get().server.listening ? null : 'not listening'),
    },
  });
  return {
    lifecycle: createLifecycle(
      [ops, mongo, bus, keys, ledger, ...(queryLog?.parts ?? []), ...(frequent ? [frequent.part] : []), app, server],
      log,
    ),
    opsPort: () => ops.port(),
    url: () => server.url(),
    app: () => app.get(),
  };
}
