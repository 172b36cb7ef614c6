import type { SearchReply, SearchRequest } from '@ortoo/shared/contracts';
import type { Health, Logger } from '@ortoo/shared/kernel';
import { eventually, openTestNamespace, type TestNamespace, testContext } from '@ortoo/shared/testing';
import { createService } from '../src/service.ts';
import type { Timing } from '../src/wiring.ts';
import { type Neighbours, openNeighbours } from './neighbours.ts';

export type RunningSearch = {
  readiness(): Promise<{ status: number; health: Health }>;
  becomesReady(): Promise<void>;
  /** Its figures, as Prometheus reads them. */
  metrics(): Promise<string>;
  stop(): Promise<void>;
};

/** Starts the real service in this process, in a test's namespace. */
export async function startSearch(
  { namespace, natsUrl, elasticsearchUrl, log }: TestNamespace & { log: Logger },
  timing: Timing = {},
  hunspell: 'off' | 'on' = 'off',
): Promise<RunningSearch> {
  const config = {
    NATS_URL: natsUrl,
    ELASTICSEARCH_URL: elasticsearchUrl,
    SEARCH_HUNSPELL: hunspell,
    ORTOO_NAMESPACE: namespace,
    HOST: '127.0.0.1',
    OPS_PORT: 0,
    LOG_LEVEL: 'silent' as const,
    ORTOO_PARENT_WATCH: false,
  };
  const { lifecycle, opsPort } = createService({ config, log, timing });
  await lifecycle.start();
  async function readiness(): Promise<{ status: number; health: Health }> {
    const response = await fetch(`http://127.0.0.1:${opsPort()}/readyz`);
    return { status: response.status, health: (await response.json()) as Health };
  }
  return {
    readiness,
    becomesReady: async () => {
      await eventually(
        async () => {
          const { status, health } = await readiness();
          if (status !== 200) throw new Error(JSON.stringify(health));
          return true;
        },
        { timeoutMs: 30_000 },
      );
    },
    metrics: async () => (await fetch(`http://127.0.0.1:${opsPort()}/metrics`)).text(),
    stop: () => lifecycle.stop(),
  };
}

/** Search in a namespace of its own, ready, beside owners that held what `stock` gives them before it started. */
export async function openSearch(stock: (neighbours: Neighbours) => void = () => undefined) {
  const space = await openTestNamespace();
  const neighbours = await openNeighbours(space);
  stock(neighbours);
  const running = await startSearch(space);
  await running.becomesReady();
  return {
    space,
    neighbours,
    close: async () => {
      await running.stop();
      await neighbours.close();
      await space.dispose();
    },
  };
}

/** Asks as the gateway does: over the bus. */
export function search(
  { bus }: Pick<Neighbours, 'bus'>,
  q: string | undefined,
  request: Partial<SearchRequest> = {},
): Promise<SearchReply> {
  return bus.call(testContext(), 'rpc.search.query', {
    limit: 20,
    lang: 'mn',
    view: 'public',
    ...(q === undefined ? {} : { q }),
    ...request,
  });
}

export async function idsFor(
  neighbours: Pick<Neighbours, 'bus'>,
  q: string | undefined,
  request: Partial<SearchRequest> = {},
): Promise<string[]> {
  return (await search(neighbours, q, request)).items.map(({ id }) => id);
}
