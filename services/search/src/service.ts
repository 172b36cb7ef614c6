import { type Bus, connectBus } from '@ortoo/shared/bus';
import { namesOf } from '@ortoo/shared/contracts';
import {
  type Clock,
  createHeld,
  createLifecycle,
  createMetrics,
  createOpsServer,
  type Lifecycle,
  type Logger,
  systemClock,
} from '@ortoo/shared/kernel';
import { createCategoryWords } from './categories/category-words.ts';
import type { SearchConfig } from './config.ts';
import { createBulkWriter } from './index/bulk.ts';
import { createEngine, type Engine } from './index/client.ts';
import { createFreshness } from './index/freshness.ts';
import { createIndexFollower } from './index/index.follower.ts';
import { createIndexWorker } from './index/index.worker.ts';
import { createPhysicalIndexes } from './index/physical-indexes.ts';
import { createOwners } from './owners.client.ts';
import { createSearchActions } from './query/search.actions.ts';
import { searchEndpoints } from './search.endpoints.ts';

export type ServiceOptions = { config: SearchConfig; log: Logger; clock?: Clock };

/**
 * Search: a projection of what catalog and news own, and the answers from it. It starts without them and without an
 * index; `/readyz` then says what it waits for.
 */
export function createService({ config, log, clock = systemClock }: ServiceOptions): {
  lifecycle: Lifecycle;
  opsPort: () => number;
} {
  const names = namesOf(config.ORTOO_NAMESPACE);
  const metrics = createMetrics('search');

  const engine = createHeld('elasticsearch', {
    open: async () => createEngine({ url: config.ELASTICSEARCH_URL }),
    close: (connection) => connection.close(),
  });
  const bus = createHeld('nats', {
    open: () => connectBus({ url: config.NATS_URL, names, service: 'search', log, metrics, clock }),
    close: (connection) => connection.close(),
  });
  const search = createHeld('search', {
    open: async () => {
      await bus.get().ensureStreams();
      const wiring = wireSearch({ bus: bus.get(), engine: engine.get(), log, clock });
      await wiring.words.start();
      await wiring.worker.start();
      return wiring;
    },
    close: async ({ words, worker }) => {
      await worker.stop();
      await words.stop();
    },
  });
  const calls = createHeld('calls', {
    open: () => bus.get().serve({ service: 'search', endpoints: searchEndpoints(search.get().actions) }),
    close: (serving) => serving.stop(),
  });
  const ops = createOpsServer({
    host: config.HOST,
    port: config.OPS_PORT,
    metrics,
    checks: {
      nats: async () => bus.get().check(),
      elasticsearch: async () => engine.get().check(),
      index: async () => search.get().worker.check(),
      calls: async () => (calls.get() ? null : 'not serving'),
    },
  });
  return { lifecycle: createLifecycle([ops, engine, bus, search, calls], log), opsPort: () => ops.port() };
}

function wireSearch({ bus, engine, log, clock }: { bus: Bus; engine: Engine; log: Logger; clock: Clock }) {
  const { names } = bus;
  const owners = createOwners({ bus, log, clock });
  const writer = createBulkWriter(engine);
  const freshness = createFreshness({ engine, clock });
  const words = createCategoryWords({ bus, owners, log });
  const indexes = createPhysicalIndexes({ engine, names });
  const follower = createIndexFollower({ bus, owners, writer, freshness, log, clock, onLost: () => worker.wake() });
  const worker = createIndexWorker({ bus, engine, indexes, follower, owners, writer, log, clock });
  const actions = createSearchActions({ engine, worker, follower, freshness, words, names, clock });
  return { words, worker, actions };
}
