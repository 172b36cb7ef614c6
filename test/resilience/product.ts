import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSecret } from '@ortoo/shared/kernel';
import {
  eventually,
  type OwnerHand,
  openNamespaceOn,
  openOwnerHand,
  openStreamHand,
  type StreamHand,
  type TestNamespace,
  type TestServers,
} from '@ortoo/shared/testing';
import { type ServiceName, type ServiceProcess, startServiceProcess } from './service-process.ts';

export type Answer = { status: number; body: Record<string, unknown>; version: string; etag: string };
export type Ask = { headers?: Record<string, string>; body?: unknown };

/** The four services as processes of their own, in a namespace of some real servers. */
export type Product = {
  space: TestNamespace;
  stream: StreamHand;
  owners: OwnerHand;
  /** Calls the API with the admin key; status 0 when no answer came. */
  call(method: string, path: string, ask?: Ask): Promise<Answer>;
  /** Starts one more process of a service; `failpoints` arm it. */
  start(name: ServiceName, options?: { failpoints?: string }): Promise<ServiceProcess>;
  running(name: ServiceName): ServiceProcess[];
  /** Stops what runs of a service and starts one process anew, armed with `failpoints`. */
  restart(name: ServiceName, options?: { failpoints?: string }): Promise<ServiceProcess>;
  /** Resolves when search answers. */
  searchReady(): Promise<void>;
  defects(): string[];
  alarms(): number;
  stop(): Promise<void>;
};

export type ProductOptions = {
  servers: TestServers;
  /** The clone whose services are run; this one unless given. */
  root?: string;
  /** Addresses that some services are given instead of the servers': links and proxies. */
  env?: Partial<Record<ServiceName, NodeJS.ProcessEnv>>;
};

const SEARCH_DEADLINE_MS = 90_000;
const ANSWER_DEADLINE_MS = 20_000;

/** Starts the product and waits until all of it serves. */
export async function openProduct({ servers, root, env = {} }: ProductOptions): Promise<Product> {
  const space = await openNamespaceOn(servers);
  const folder = await mkdtemp(join(tmpdir(), 'ortoo-resilience-'));
  const port = await freePort();
  const keyFile = join(folder, 'admin-key');
  const all = new Set<ServiceProcess>();
  const shared = {
    ...process.env,
    MONGO_URL: servers.mongoUrl,
    NATS_URL: servers.natsUrl,
    ELASTICSEARCH_URL: servers.elasticsearchUrl,
    ORTOO_NAMESPACE: space.namespace,
    ORTOO_SECRET: newSecret(32),
    ADMIN_KEY_FILE: keyFile,
    HOST: '127.0.0.1',
    PORT: String(port),
    OPS_PORT: '0',
    LOG_LEVEL: 'info',
    NODE_COMPILE_CACHE: join(tmpdir(), 'ortoo-compile-cache'), // services are started often here
  };
  const stream = await openStreamHand(space);
  const owners = await openOwnerHand(space);
  let adminKey = '';

  const running = (name: ServiceName) => [...all].filter((one) => one.name === name && one.isRunning());

  async function start(name: ServiceName, { failpoints }: { failpoints?: string } = {}): Promise<ServiceProcess> {
    const own = { ...shared, ...env[name], ...(failpoints ? { ORTOO_FAILPOINTS: failpoints } : {}) };
    const started = startServiceProcess(name, { env: own, ...(root ? { root } : {}) });
    all.add(started);
    await started.ready();
    return started;
  }

  async function call(method: string, path: string, ask: Ask = {}): Promise<Answer> {
    return callApi(`http://127.0.0.1:${port}${path}`, method, { key: adminKey, ...ask });
  }

  async function searchReady(): Promise<void> {
    await eventually(async () => (await call('GET', '/v1/search?limit=1')).status === 200, {
      timeoutMs: SEARCH_DEADLINE_MS,
      everyMs: 100,
    });
  }

  async function stop(): Promise<void> {
    for (const name of ['gateway', 'search', 'news', 'catalog'] as const)
      await Promise.all(running(name).map((one) => one.stop()));
    await stream.close();
    await owners.close();
    await rm(folder, { recursive: true, force: true });
    await space.dispose();
  }

  const product: Product = {
    space,
    stream,
    owners,
    call,
    start,
    running,
    restart: async (name, options) => {
      await Promise.all(running(name).map((one) => one.stop()));
      return start(name, options);
    },
    searchReady,
    defects: () => [...all].flatMap((one) => one.defects()),
    alarms: () => [...all].reduce((sum, one) => sum + one.alarms(), 0),
    stop,
  };
  try {
    await start('catalog');
    await Promise.all([start('news'), start('search'), start('gateway')]);
    adminKey = (await readFile(keyFile, 'utf8')).trim();
    await searchReady();
    return product;
  } catch (error) {
    await stop();
    throw error;
  }
}

async function callApi(
  address: string,
  method: string,
  { key, headers = {}, body }: Ask & { key: string },
): Promise<Answer> {
  try {
    const response = await fetch(address, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_DEADLINE_MS),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
      version: response.headers.get('ortoo-version') ?? '',
      etag: response.headers.get('etag') ?? '',
    };
  } catch {
    return { status: 0, body: {}, version: '', etag: '' };
  }
}

/** A port that is free now; a service that is started anew keeps it. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
