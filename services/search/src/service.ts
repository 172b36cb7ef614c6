import { connectBus } from '@ortoo/shared/bus';
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
import type { SearchConfig } from './config.ts';
import { createEngine } from './index/engine.ts';
import { searchEndpoints } from './search.endpoints.ts';
import { type Timing, wireSearch } from './wiring.ts';

export type ServiceOptions = { config: SearchConfig; log: Logger; clock?: Clock; timing?: Timing };

/**
 * Search: a projection of what catalog and news own, and the answers from it. It starts without them and without an
 * index; `/readyz` then says what it waits for.
 */
export function createService({ config, log, clock = systemClock, timing = {} }: ServiceOptions): {
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
      const wiring = wireSearch({
        bus: bus.get(),
        engine: engine.get(),
        hunspell: config.SEARCH_HUNSPELL,
        log,
        clock,
        metrics,
        timing,
      });
      await wiring.words.start();
      await wiring.worker.start();
      await wiring.reconcile.start();
      return wiring;
    },
    close: async ({ words, worker, reconcile }) => {
      await reconcile.stop();
      await worker.stop();
      await words.stop();
    },
  });
  const calls = createHeld('calls', {
    open: () => {
      const { actions, upkeep } = search.get();
      return bus.get().serve({ service: 'search', endpoints: searchEndpoints(actions, upkeep) });
    },
    close: (serving) => serving.stop(),
  });
  const ops = createOpsServer({
    host: config.HOST,
    port: config.OPS_PORT,
    metrics,
    log,
    checks: {
      nats: async () => bus.get().check(),
      elasticsearch: async () => engine.get().check(),
      index: async () => search.get().worker.check(),
      calls: async () => (calls.get() ? null : 'not serving'),
    },
  });
  return { lifecycle: createLifecycle([ops, engine, bus, search, calls], log), opsPort: () => ops.port() };
}
