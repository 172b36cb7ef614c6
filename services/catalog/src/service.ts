import { type Bus, connectBus, type Endpoints } from '@ortoo/shared/bus';
import { namesOf } from '@ortoo/shared/contracts';
import {
  type Clock,
  createHeld,
  createLifecycle,
  createMetrics,
  createOpsServer,
  type Lifecycle,
  type Logger,
  type Metrics,
  serviceContext,
  systemClock,
} from '@ortoo/shared/kernel';
import {
  connectMongo,
  createDueMovesWorker,
  createRelay,
  createTombstoneJanitor,
  type Mongo,
} from '@ortoo/shared/outbox';
import { createCategoryActions } from './categories/category.actions.ts';
import { categoryEndpoints } from './categories/category.endpoints.ts';
import { createCategoryStore } from './categories/category.store.ts';
import { createCategoryKeeping } from './categories/category-uses.actions.ts';
import { createCategoryUses } from './categories/category-uses.client.ts';
import { createUsesFollower } from './categories/category-uses.follower.ts';
import { createCompanyActions } from './companies/company.actions.ts';
import { companyEndpoints } from './companies/company.endpoints.ts';
import { createCompanyStore } from './companies/company.store.ts';
import type { CatalogConfig } from './config.ts';
import { createInquiryActions } from './inquiries/inquiry.actions.ts';
import { inquiryEndpoints } from './inquiries/inquiry.endpoints.ts';
import { createInquiryStore } from './inquiries/inquiry.store.ts';
import { createInquiryArrivals } from './inquiries/inquiry-arrivals.store.ts';
import { createInquiryRetention } from './inquiries/inquiry-retention.worker.ts';
import { createInquiryTargets } from './inquiries/inquiry-targets.client.ts';
import { createOfferingActions } from './offerings/offering.actions.ts';
import { offeringEndpoints } from './offerings/offering.endpoints.ts';
import { createOfferingStore } from './offerings/offering.store.ts';
import { createOfferingCopies } from './offerings/offering-copies.actions.ts';
import { createCopiesFollower } from './offerings/offering-copies.follower.ts';

export type ServiceOptions = { config: CatalogConfig; log: Logger; clock?: Clock };

/** The start-up's own writes may take this long. */
const PLANT_DEADLINE_MS = 30_000;

/** The catalog: categories, companies, offerings and inquiries. Parts start in the order of the list and stop in reverse. */
export function createService({ config, log, clock = systemClock }: ServiceOptions): {
  lifecycle: Lifecycle;
  opsPort: () => number;
} {
  const names = namesOf(config.ORTOO_NAMESPACE);
  const metrics = createMetrics('catalog');

  const mongo = createHeld('mongodb', {
    open: () => connectMongo({ url: config.MONGO_URL, database: names.database('catalog'), log }),
    close: (connection) => connection.close(),
  });
  const bus = createHeld('nats', {
    open: () => connectBus({ url: config.NATS_URL, names, service: 'catalog', log, metrics, clock }),
    close: (connection) => connection.close(),
  });
  const catalog = createHeld('catalog', {
    open: async () => wireCatalog({ config, mongo: mongo.get(), bus: bus.get(), log, clock, metrics }),
    close: async () => undefined,
  });
  const relay = createHeld('relay', {
    open: () => catalog.get().start(),
    close: () => catalog.get().stop(),
  });
  const calls = createHeld('calls', {
    open: () => bus.get().serve({ service: 'catalog', endpoints: catalog.get().endpoints }),
    close: (serving) => serving.stop(),
  });
  const ops = createOpsServer({
    host: config.HOST,
    port: config.OPS_PORT,
    metrics,
    log,
    checks: {
      mongodb: async () => mongo.get().check(),
      nats: async () => bus.get().check(),
      calls: async () => (calls.get() ? null : 'not serving'),
    },
  });
  return { lifecycle: createLifecycle([ops, mongo, bus, catalog, relay, calls], log), opsPort: () => ops.port() };
}

type Wiring = { config: CatalogConfig; mongo: Mongo; bus: Bus; log: Logger; clock: Clock; metrics: Metrics };

function wireCatalog({ config, mongo, bus, log, clock, metrics }: Wiring) {
  const { connection } = mongo;
  const { publisher, streamInfo, names } = bus;
  const relay = createRelay({ connection, publisher, streamInfo, service: 'catalog', names, log, clock, metrics });

  const categories = createCategoryStore({ mongo, relay, clock });
  const companies = createCompanyStore({ mongo, relay, clock });
  const inquiries = createInquiryStore({ mongo, relay, clock });
  const arrivals = createInquiryArrivals({ mongo, clock, secret: config.ORTOO_SECRET });
  const offerings = createOfferingStore({ mongo, relay, clock });
  const uses = createCategoryUses({ companies, offerings, bus });
  const keeping = createCategoryKeeping({ categories, uses, clock, log });
  const usesFollower = createUsesFollower({ bus, keeping, log });
  const categoryActions = createCategoryActions({ categories, uses, keeping, clock });
  const companyActions = createCompanyActions({ companies, offerings, categories, clock });
  const copies = createOfferingCopies({ offerings, companies, clock, log });
  const offeringActions = createOfferingActions({ offerings, companies, categories, copies, clock });
  const copiesFollower = createCopiesFollower({ bus, copies, log });

  const inquiryActions = createInquiryActions({
    inquiries,
    arrivals,
    targets: createInquiryTargets({ companies, offerings, bus }),
    clock,
    retentionDays: config.INQUIRY_RETENTION_DAYS,
  });

  const janitor = createTombstoneJanitor({ connection, sources: () => relay.sources(), clock, log });
  const dueMoves = createDueMovesWorker({ kinds: [companyActions, offeringActions], clock, log });
  const retention = createInquiryRetention({ inquiries, clock, log });

  const endpoints: Endpoints = {
    ...categoryEndpoints(categoryActions),
    ...companyEndpoints(companyActions),
    ...inquiryEndpoints(inquiryActions),
    ...offeringEndpoints(offeringActions),
    'rpc.catalog.outbox.state': () => relay.state(),
    'rpc.catalog.outbox.rearm': (_ctx, { since }) => relay.rearm(since),
  };

  async function start(): Promise<void> {
    await bus.ensureStreams();
    await Promise.all([categories, companies, offerings, inquiries, arrivals].map((store) => store.ensureIndexes()));
    await categoryActions.plant(serviceContext({ log, service: 'catalog', clock, forMs: PLANT_DEADLINE_MS }));
    await relay.start();
    await janitor.start();
    await dueMoves.start();
    await copiesFollower.start();
    await usesFollower.start();
    await retention.start();
  }

  async function stop(): Promise<void> {
    await retention.stop();
    await usesFollower.stop();
    await copiesFollower.stop();
    await dueMoves.stop();
    await janitor.stop();
    await relay.stop();
  }

  return { endpoints, start, stop };
}
