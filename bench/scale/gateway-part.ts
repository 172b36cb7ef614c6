import { testContext } from '@ortoo/shared/testing';
import { ask } from '../speed/elastic.ts';
import type { Target } from '../speed/load.ts';
import { measurePair, type Pair } from '../speed/pair.ts';
import { recordRequests } from './recorder.ts';
import type { Setting } from './setting.ts';

const CLIENTS = 32;
const QUERIES_MAX = 200;
const PLAN = { rounds: 5, seconds: 5, warmUpSeconds: 8 };

/** Search over HTTP through the gateway against the same requests sent straight to Elasticsearch, both saturated. */
export async function measureGateway(setting: Setting): Promise<Pair & { queries: number }> {
  const { product, elasticsearchUrl, names, say, openGateway } = setting;
  const gateway = await openGateway();
  const queries = await pickQueries(setting);
  say(`recording the requests of ${queries.length} queries`);
  const recorded = await recordRequests(setting, queries);
  say('loading the gateway and Elasticsearch in turns');
  const ours: Target = {
    name: 'gateway',
    url: gateway.url,
    processes: [...gateway.processes, ...product.processes],
    requests: recorded.map(({ q }) => ({
      method: 'GET',
      path: `/v1/search?${new URLSearchParams({ q, lang: 'mn' }).toString()}`,
    })),
  };
  const theirs: Target = {
    name: 'Elasticsearch',
    url: elasticsearchUrl,
    processes: [],
    requests: recorded.map(({ path, headers, body }) => ({
      method: 'POST',
      path: `/${names.readAlias}${path}`,
      headers,
      body,
    })),
  };
  const pair = await measurePair({ what: 'search, 32 clients', ours, theirs, connections: CLIENTS, plan: PLAN });
  return { ...pair, queries: queries.length };
}

/** Queries that search answers with one request to the engine: a second look would be work that the other side does not do. */
async function pickQueries({ owners, items, elasticsearchUrl: url, names }: Setting): Promise<string[]> {
  const picked = new Set<string>();
  for (const { query: q } of items) {
    const before = await countSearches(url, names.readAlias);
    await owners.bus.call(testContext(), 'rpc.search.query', { q, limit: 20, lang: 'mn', view: 'public' });
    if ((await countSearches(url, names.readAlias)) === before + 1) picked.add(q);
    if (picked.size >= QUERIES_MAX) break;
  }
  if (picked.size === 0) throw new Error('No query is answered with one request to the engine.');
  return [...picked];
}

/** How many searches an index has answered so far. */
async function countSearches(url: string, index: string): Promise<number> {
  const { _all: all } = (await ask(
    url,
    'GET',
    `/${index}/_stats/search?filter_path=_all.total.search.query_total`,
  )) as {
    _all: { total: { search: { query_total: number } } };
  };
  return all.total.search.query_total;
}
