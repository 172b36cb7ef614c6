import { type Bus, connectBus } from '@ortoo/shared/bus';
import type { RpcName } from '@ortoo/shared/contracts';
import { type Clock, type Lifecycle, typeIds } from '@ortoo/shared/kernel';
import { openTestNamespace, type TestNamespace, testContext } from '@ortoo/shared/testing';
import { readConfig as readNewsConfig } from '../../../news/src/config.ts';
import { createService as createNews } from '../../../news/src/service.ts';
import { readConfig } from '../../src/config.ts';
import { createService } from '../../src/service.ts';

/** JSON members of a document as it came over the bus. */
export type Shown = Record<string, unknown> & { id: string; v: number; slug: string; status: string };

export type TestCatalog = Awaited<ReturnType<typeof openCatalog>>;

/** A catalog on real servers in a namespace of its own, and a client of it on the bus; news runs when that is asked for. */
export async function openCatalog({ isNewsStarted = false }: { isNewsStarted?: boolean } = {}) {
  const space = await openTestNamespace();
  const service = createService({ config: configOf(space), log: space.log });
  await service.lifecycle.start();
  const neighbours: Lifecycle[] = isNewsStarted ? [await startNews(space)] : [];
  const bus = await connectBus({ url: space.natsUrl, names: space.names, service: 'gateway', log: space.log });
  return {
    space,
    bus,
    opsPort: service.opsPort,
    ...createClient(bus),
    /** A second replica in the same namespace. */
    openReplica: () => createService({ config: configOf(space), log: space.log }),
    /** Ends the service and leaves the client. */
    stopService: () => service.lifecycle.stop(),
    close: async () => {
      for (const neighbour of neighbours) await neighbour.stop();
      await service.lifecycle.stop();
      await bus.close();
      await space.dispose();
    },
  };
}

/** A namespace without a catalog; instances of it share the database and a clock. */
export async function openCatalogPlace() {
  const space = await openTestNamespace();
  return {
    space,
    start: async (clock: Clock) => {
      const { lifecycle } = createService({ config: configOf(space), log: space.log, clock });
      await lifecycle.start();
      return lifecycle;
    },
    close: () => space.dispose(),
  };
}

async function startNews({ mongoUrl, natsUrl, namespace, log }: TestNamespace) {
  const config = readNewsConfig({ MONGO_URL: mongoUrl, NATS_URL: natsUrl, ORTOO_NAMESPACE: namespace });
  const { lifecycle } = createNews({ config, log });
  await lifecycle.start();
  return lifecycle;
}

function configOf(space: TestNamespace) {
  return readConfig({ MONGO_URL: space.mongoUrl, NATS_URL: space.natsUrl, ORTOO_NAMESPACE: space.namespace });
}

function createClient(bus: Bus) {
  const ask = async (name: RpcName, request: unknown) => bus.callBytes(testContext(), name as never, request as never);
  const read = async <T = Shown>(name: RpcName, request: object) => {
    const { body, meta } = await ask(name, { lang: 'en', view: 'staff', ...request });
    return { body: JSON.parse(Buffer.from(body).toString() || 'null') as T, meta };
  };
  const write = async (name: RpcName, request: object) => {
    const { body, meta } = await ask(name, { lang: 'en', ...request });
    return { body: JSON.parse(Buffer.from(body).toString()) as Shown, meta };
  };
  return {
    read,
    write,
    create: async (input: object, id = typeIds.next('company')) =>
      (await write('rpc.catalog.company.create', { id, input })).body,
    patch: async ({ id, v }: { id: string; v: number }, body: object) =>
      (await write('rpc.catalog.company.change', { id, v, mode: 'merge', body })).body,
  };
}
