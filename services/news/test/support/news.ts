import { type Bus, connectBus } from '@ortoo/shared/bus';
import type { RpcName } from '@ortoo/shared/contracts';
import { type Clock, type Lifecycle, typeIds } from '@ortoo/shared/kernel';
import { openTestNamespace, testContext } from '@ortoo/shared/testing';
import { readConfig as readCatalogConfig } from '../../../catalog/src/config.ts';
import { createService as createCatalog } from '../../../catalog/src/service.ts';
import { readConfig } from '../../src/config.ts';
import { createService } from '../../src/service.ts';

/** JSON members of a document as it came over the bus. */
export type Shown = Record<string, unknown> & { id: string; v: number; slug: string; status: string };

export type TestNews = Awaited<ReturnType<typeof openNews>>;

/** News on real servers in a namespace of its own, with a client on the bus; the catalog runs when it is started. */
export async function openNews({ isCatalogStarted = true }: { isCatalogStarted?: boolean } = {}) {
  const space = await openTestNamespace();
  const env = { ...envOf(space), ...LOOPBACK_FEEDS };
  const news = createService({ config: readConfig(env), log: space.log });
  const started: Lifecycle[] = [];
  const start = async ({ lifecycle }: { lifecycle: Lifecycle }) => {
    await lifecycle.start();
    started.push(lifecycle);
    return lifecycle;
  };
  const startCatalog = () => start(createCatalog({ config: readCatalogConfig(env), log: space.log }));
  if (isCatalogStarted) await startCatalog();
  await start(news);
  const bus = await connectBus({ url: space.natsUrl, names: space.names, service: 'gateway', log: space.log });
  return {
    space,
    bus,
    opsPort: news.opsPort,
    startCatalog,
    startReplica: (clock?: Clock) =>
      start(createService({ config: readConfig(env), log: space.log, ...(clock ? { clock } : {}) })),
    ...createClient(bus),
    close: async () => {
      for (const lifecycle of started.reverse()) await lifecycle.stop();
      await bus.close();
      await space.dispose();
    },
  };
}

/** A namespace with a catalog and without news; instances of it share the database and a clock. */
export async function openNewsPlace() {
  const space = await openTestNamespace();
  const env = { ...envOf(space), ...LOOPBACK_FEEDS };
  const catalog = createCatalog({ config: readCatalogConfig(env), log: space.log });
  await catalog.lifecycle.start();
  return {
    space,
    start: async (clock: Clock) => {
      const { lifecycle } = createService({ config: readConfig(env), log: space.log, clock });
      await lifecycle.start();
      return lifecycle;
    },
    close: async () => {
      await catalog.lifecycle.stop();
      await space.dispose();
    },
  };
}

/** Servers of feeds stand on loopback in tests, where nothing is read otherwise. */
const LOOPBACK_FEEDS = { OUTGOING_EXEMPT: '127.0.0.0/8', FEED_HOST_SPACING_MS: '0' };

const envOf = ({ mongoUrl, natsUrl, namespace }: { mongoUrl: string; natsUrl: string; namespace: string }) => ({
  MONGO_URL: mongoUrl,
  NATS_URL: natsUrl,
  ORTOO_NAMESPACE: namespace,
});

function createClient(bus: Bus) {
  const ask = async <T>(name: RpcName, request: object) => {
    const { body, meta } = await bus.callBytes(testContext(), name as never, request as never);
    return { body: JSON.parse(Buffer.from(body).toString() || 'null') as T, meta };
  };
  return {
    read: <T = Shown>(name: RpcName, request: object) => ask<T>(name, { lang: 'en', view: 'staff', ...request }),
    write: (name: RpcName, request: object) => ask<Shown>(name, { lang: 'en', ...request }),
    create: async (input: object, id = typeIds.next('article')) =>
      (await ask<Shown>('rpc.news.article.create', { lang: 'en', id, input })).body,
    patch: async ({ id, v }: { id: string; v: number }, body: object) =>
      (await ask<Shown>('rpc.news.article.change', { lang: 'en', id, v, mode: 'merge', body })).body,
  };
}
