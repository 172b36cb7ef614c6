import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { namesOf } from '@ortoo/shared/contracts';
import { createLogger, pause } from '@ortoo/shared/kernel';
import { testContext } from '@ortoo/shared/testing';
import { createService } from '../../services/search/src/service.ts';
import { playOwners } from './owners.ts';
import { createPortal } from './portal.ts';
import type { Setting } from './setting.ts';

/** What the product sends to Elasticsearch for a query, without the name of the index. */
export type Recorded = { q: string; path: string; headers: Record<string, string>; body: string };

const READY_DEADLINE_MS = 60_000;
const POLL_MS = 200;

/**
 * Writes down the first request to the engine that each query leads to. The product runs in this process for it, beside an
 * index of categories alone: the request depends on these and on the query, not on what else there is.
 */
export async function recordRequests(setting: Setting, queries: string[]): Promise<Recorded[]> {
  const names = namesOf(`${setting.product.namespace}r`);
  const portal = createPortal({ documents: 0, seed: 1, names: [] });
  const owners = await playOwners(setting.natsUrl, names, portal);
  const proxy = await openProxy(setting.elasticsearchUrl);
  const log = createLogger({ service: 'bench', level: 'silent' });
  const config = {
    NATS_URL: setting.natsUrl,
    ELASTICSEARCH_URL: proxy.url,
    SEARCH_HUNSPELL: 'off' as const,
    ORTOO_NAMESPACE: `${setting.product.namespace}r`,
    HOST: '127.0.0.1',
    OPS_PORT: 0,
    LOG_LEVEL: 'silent' as const,
    ORTOO_PARENT_WATCH: false,
  };
  const { lifecycle } = createService({ config, log });
  await lifecycle.start();
  try {
    await untilReady(() => owners.bus.call(testContext(), 'rpc.search.state', {}));
    const recorded: Recorded[] = [];
    for (const q of queries) {
      proxy.searches.length = 0;
      await owners.bus.call(testContext(), 'rpc.search.query', { q, limit: 20, lang: 'mn', view: 'public' });
      const [first] = proxy.searches;
      if (!first) throw new Error('No request to the engine was seen for a query.');
      recorded.push({ q, ...first });
    }
    return recorded;
  } finally {
    await lifecycle.stop();
    await owners.close();
    await proxy.close();
  }
}

async function untilReady(work: () => Promise<unknown>): Promise<void> {
  const untilMs = performance.now() + READY_DEADLINE_MS;
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      if (performance.now() > untilMs) throw error;
      await pause(POLL_MS);
    }
  }
}

/** Hands requests on to the engine and keeps those that count kinds, as only the searches of callers do. */
async function openProxy(target: string) {
  const searches: Omit<Recorded, 'q'>[] = [];
  async function handOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const { pathname, search } = new URL(request.url ?? '/', target);
    const headers = keptHeaders(request.headers);
    if (pathname.endsWith('/_search') && body.includes('"kinds"'))
      searches.push({ path: `/_search${search}`, headers, body: body.toString('utf8') });
    const answer = await fetch(`${target}${request.url}`, {
      method: request.method ?? 'GET',
      headers,
      ...(body.byteLength > 0 ? { body } : {}),
    });
    const type = answer.headers.get('content-type');
    const told = { 'x-elastic-product': 'Elasticsearch', ...(type ? { 'content-type': type } : {}) };
    response.writeHead(answer.status, told).end(Buffer.from(await answer.arrayBuffer()));
  }
  const server = createServer((request, response) => {
    handOn(request, response).catch((error: Error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    searches,
    close: () => new Promise((resolve) => server.close(resolve)).then(() => server.closeAllConnections()),
  };
}

function keptHeaders({ accept, 'content-type': type }: IncomingHttpHeaders): Record<string, string> {
  return { ...(accept ? { accept } : {}), ...(type ? { 'content-type': type } : {}) };
}
