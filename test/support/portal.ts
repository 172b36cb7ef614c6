import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createService as createCatalog } from '@ortoo/catalog';
import { createService as createGateway } from '@ortoo/gateway';
import { createService as createNews } from '@ortoo/news';
import { createService as createSearch } from '@ortoo/search';
import { type Lifecycle, newSecret } from '@ortoo/shared/kernel';
import { eventually, openTestNamespace } from '@ortoo/shared/testing';

export type Answer = {
  status: number;
  body: Record<string, unknown>;
  /** The `id` of the body, empty where it has none. */
  id: string;
  /** The `Ortoo-Version` of a write, for `waitFor`. */
  version: string;
  etag: string;
  headers: Headers;
};

/** `key: null` asks as anybody, a string with that key; left out, with the admin key. */
export type Ask = { key?: string | null; headers?: Record<string, string>; body?: unknown };

/** The four services in this process on the run's real servers, spoken to over HTTP only. */
export type Portal = {
  url: string;
  adminKey: string;
  call(method: string, path: string, ask?: Ask): Promise<Answer>;
  stopSearch(): Promise<void>;
  startSearch(): Promise<void>;
  dispose(): Promise<void>;
};

/** Opens a portal in a namespace of its own; each test file has one. */
export async function openPortal(): Promise<Portal> {
  const space = await openTestNamespace();
  const folder = await mkdtemp(join(tmpdir(), 'ortoo-portal-'));
  const { log } = space;
  const shared = {
    HOST: '127.0.0.1',
    LOG_LEVEL: 'silent' as const,
    OPS_PORT: 0,
    ORTOO_NAMESPACE: space.namespace,
    ORTOO_PARENT_WATCH: false,
    NATS_URL: space.natsUrl,
  };
  const MONGO_URL = space.mongoUrl;
  const ADMIN_KEY_FILE = join(folder, 'admin-key');
  const catalog = createCatalog({ config: { ...shared, MONGO_URL, INQUIRY_RETENTION_DAYS: 365 }, log });
  const news = createNews({ config: { ...shared, MONGO_URL, OUTGOING_EXEMPT: '', FEED_HOST_SPACING_MS: 0 }, log });
  const gateway = createGateway({
    config: {
      ...{ ...shared, MONGO_URL, PORT: 0, ORTOO_SECRET: newSecret(32), ADMIN_KEY_FILE, CORS_ORIGINS: '' },
      ...{ QUERY_LOG: 'off', QUERY_LOG_DAYS: 90 },
    },
    log,
  });
  const newSearch = () =>
    createSearch({ config: { ...shared, ELASTICSEARCH_URL: space.elasticsearchUrl, SEARCH_HUNSPELL: 'off' }, log })
      .lifecycle;

  let search: Lifecycle | undefined = newSearch();
  for (const { start } of [catalog.lifecycle, news.lifecycle, search, gateway.lifecycle]) await start();
  const adminKey = (await readFile(ADMIN_KEY_FILE, 'utf8')).trim();

  const portal: Portal = {
    url: gateway.url(),
    adminKey,
    call: (method, path, ask = {}) => call(`${gateway.url()}${path}`, method, { key: adminKey, ...ask }),
    stopSearch: async () => {
      await search?.stop();
      search = undefined;
    },
    startSearch: async () => {
      search = newSearch();
      await search.start();
      await searchReady(portal);
    },
    dispose: async () => {
      await gateway.lifecycle.stop();
      await portal.stopSearch();
      await news.lifecycle.stop();
      await catalog.lifecycle.stop();
      await rm(folder, { recursive: true, force: true });
      await space.dispose();
    },
  };
  await searchReady(portal);
  return portal;
}

/** Search serves calls before its index is there, and says so. */
async function searchReady(portal: Portal): Promise<void> {
  await eventually(async () => (await portal.call('GET', '/v1/search?limit=1')).status === 200, { timeoutMs: 60_000 });
}

async function call(address: string, method: string, { key, headers = {}, body }: Ask): Promise<Answer> {
  const response = await fetch(address, {
    method,
    headers: {
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  const parsed = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  return {
    status: response.status,
    body: parsed,
    id: typeof parsed.id === 'string' ? parsed.id : '',
    version: response.headers.get('ortoo-version') ?? '',
    etag: response.headers.get('etag') ?? '',
    headers: response.headers,
  };
}
