import { newSecret } from '@ortoo/shared/kernel';
import { ask, copyDefinition } from './elastic.ts';
import { round2 } from './pair.ts';
import type { Product } from './product.ts';

/** Documents per second from the first write until search has them all, against the same documents straight to `_bulk`. */
export type Indexing = { documents: number; oursPerSecond: number; rawPerSecond: number; ratio: number };

const BULK = 500;
const DEADLINE_MS = 120_000;

type Hit = { _id: string; _source: Record<string, unknown> };

/** Stops nothing: the index of the product is read back and its documents are sent to an index of the same definition. */
export async function measureIndexing(
  product: Product,
  elasticsearchUrl: string,
  write: (count: number) => Promise<void>,
  count: number,
): Promise<Indexing> {
  const alias = `${product.namespace}-portal`;
  const before = await countOf(elasticsearchUrl, alias);
  const startedMs = performance.now();
  await write(count);
  while ((await countOf(elasticsearchUrl, alias)) < before + count) {
    if (performance.now() - startedMs > DEADLINE_MS) throw new Error('The index did not get all documents in time.');
  }
  const oursMs = performance.now() - startedMs;
  const rawMs = await bulkAgain(elasticsearchUrl, alias, count);
  const perSecond = (ms: number) => Math.round((count * 1000) / ms);
  return {
    documents: count,
    oursPerSecond: perSecond(oursMs),
    rawPerSecond: perSecond(rawMs),
    ratio: round2(rawMs / oursMs),
  };
}

async function countOf(url: string, index: string): Promise<number> {
  await ask(url, 'POST', `/${index}/_refresh`);
  return ((await ask(url, 'GET', `/${index}/_count`)) as { count: number }).count;
}

/** Sends documents of the index to a new one of the same settings and mappings, refreshes, and removes it. */
async function bulkAgain(url: string, alias: string, count: number): Promise<number> {
  const copy = `bench-raw-${newSecret(4)}`;
  await copyDefinition(url, alias, copy);
  try {
    const found = (await ask(url, 'POST', `/${alias}/_search`, {
      size: Math.min(count, 10_000),
      query: { term: { kind: 'company' } },
    })) as { hits: { hits: Hit[] } };
    const bodies = batches(found.hits.hits, count).map((batch) =>
      batch
        .map(
          ({ _id, _source }, n) => `${JSON.stringify({ index: { _id: `${_id}-${n}` } })}\n${JSON.stringify(_source)}\n`,
        )
        .join(''),
    );
    const startedMs = performance.now();
    for (const body of bodies) await ask(url, 'POST', `/${copy}/_bulk`, body);
    await ask(url, 'POST', `/${copy}/_refresh`);
    return performance.now() - startedMs;
  } finally {
    await ask(url, 'DELETE', `/${copy}`);
  }
}

function batches(hits: Hit[], count: number): Hit[][] {
  const wanted = Array.from({ length: count }, (_, n) => hits[n % hits.length]).filter((hit) => hit !== undefined);
  return Array.from({ length: Math.ceil(count / BULK) }, (_, n) => wanted.slice(n * BULK, (n + 1) * BULK));
}
