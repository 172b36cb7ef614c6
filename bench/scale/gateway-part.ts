import { testContext } from '@ortoo/shared/testing';
import type { Target } from '../speed/load.ts';
import { measurePair, type Pair } from '../speed/pair.ts';
import type { Product } from '../speed/product.ts';
import { recordRequests } from './recorder.ts';
import type { Setting } from './setting.ts';

const CLIENTS = 32;
const QUERIES_MAX = 200;
/** A query that finds less may be asked once more in a looser way, which the one recorded request does not show. */
const HITS_MIN = 3;
const PLAN = { rounds: 5, seconds: 5, warmUpSeconds: 8 };

/** Search over HTTP through the gateway against the same requests sent straight to Elasticsearch, both saturated. */
export async function measureGateway(setting: Setting, gateway: Product): Promise<Pair> {
  const { product, elasticsearchUrl, names, say } = setting;
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
  return measurePair({ what: 'search, 32 clients', ours, theirs, connections: CLIENTS, plan: PLAN });
}

async function pickQueries({ owners, items }: Setting): Promise<string[]> {
  const picked = new Set<string>();
  for (const { query: q } of items) {
    const request = { q, limit: 20, lang: 'mn' as const, view: 'public' as const };
    const { total } = await owners.bus.call(testContext(), 'rpc.search.query', request);
    if (total.value >= HITS_MIN) picked.add(q);
    if (picked.size >= QUERIES_MAX) break;
  }
  return [...picked];
}
