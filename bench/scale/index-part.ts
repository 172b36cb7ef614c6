import { readFileSync } from 'node:fs';
import { pause } from '@ortoo/shared/kernel';
import { testContext } from '@ortoo/shared/testing';
import { ask, copyDefinition } from '../speed/elastic.ts';
import { round2 } from '../speed/pair.ts';
import { type MadeKind, madeKinds } from './portal.ts';
import type { Setting } from './setting.ts';

/** `ratio`: the product's documents per second over those of a raw `_bulk`, both of the first `rawDocuments`. */
export type IndexFigures = {
  documents: number;
  /** From the first page of the owners until the index answers, compared with them. */
  filledSeconds: number;
  perSecond: number;
  left: number;
  rawDocuments: number;
  oursPerSecond: number;
  rawPerSecond: number;
  ratio: number;
  megabytes: number;
  bytesPerDocument: number;
  /** Of the engine: heap in use beyond the young generation; of the search service: resident memory now and at most. */
  engineHeapMb: number;
  searchMb: number;
  searchPeakMb: number;
};

const FILL_DEADLINE_MS = 1_800_000;
const SAY_MS = 10_000;
const POLL_MS = 250;
const BULK = 500;
/** The copy has asked for no more than this when what came before is in the index: what it reads ahead and has under way. */
const AHEAD = 2_500;

type Hit = { _id: string; _version: number; _source: object; sort: unknown[] };

/** Waits until the product has filled its index from the played owners. Throws when it does not within half an hour. */
export async function untilFilled({ owners, portal, say }: Setting): Promise<{ tookMs: number; left: number }> {
  const startedMs = performance.now();
  let saidMs = 0;
  for (;;) {
    const state = await owners.bus.call(testContext(), 'rpc.search.rebuild.state', {}).catch(() => undefined);
    const nowMs = performance.now();
    if (state?.state === 'done') {
      const firstMs = owners.asked[0]?.atMs ?? startedMs;
      return { tookMs: Math.max(0, nowMs - firstMs), left: state.left };
    }
    if (nowMs - startedMs > FILL_DEADLINE_MS) throw new Error('The index was not filled in time.');
    if (nowMs - saidMs > SAY_MS) {
      saidMs = nowMs;
      const asked = owners.asked.at(-1)?.documents ?? 0;
      say(`filling the index: ${asked} of ${portal.total} documents`);
    }
    await pause(POLL_MS);
  }
}

/** Compares the filling with a raw bulk of the same documents, and weighs what it left. */
export async function measureIndex(
  setting: Setting,
  filled: { tookMs: number; left: number },
  rawMax: number,
): Promise<IndexFigures> {
  const { elasticsearchUrl: url, names, portal, product, say } = setting;
  await ask(url, 'POST', `/${names.readAlias}/_refresh`);
  const stats = (await ask(url, 'GET', `/${names.readAlias}/_stats/store,docs`)) as {
    _all: { primaries: { store: { size_in_bytes: number } } };
  };
  const bytes = stats._all.primaries.store.size_in_bytes;
  const search = product.processes.find(({ name }) => name === 'search')?.pid ?? 0;
  const memory = {
    engineHeapMb: await readHeap(url),
    searchMb: readMemory(search, 'VmRSS'),
    searchPeakMb: readMemory(search, 'VmHWM'),
  };
  say(`sending the first ${Math.min(rawMax, portal.total)} documents to a raw _bulk`);
  const raw = await bulkAgain(setting, rawMax);
  const oursMs = oursUntil(setting, raw.documents) ?? filled.tookMs;
  const perSecond = (count: number, ms: number) => Math.round((count * 1000) / ms);
  return {
    documents: portal.total,
    filledSeconds: round2(filled.tookMs / 1000),
    perSecond: perSecond(portal.total, filled.tookMs),
    left: filled.left,
    rawDocuments: raw.documents,
    oursPerSecond: perSecond(raw.documents, oursMs),
    rawPerSecond: perSecond(raw.documents, raw.tookMs),
    ratio: round2(raw.tookMs / oursMs),
    megabytes: round2(bytes / 1e6),
    bytesPerDocument: Math.round(bytes / portal.total),
    ...memory,
  };
}

/** How long the product took at most for its first documents; undefined where so few follow that all of them took as long. */
function oursUntil({ owners }: Setting, count: number): number | undefined {
  const [first] = owners.asked;
  const end = owners.asked.find(({ documents }) => documents >= count + AHEAD);
  return first && end && end.atMs - first.atMs;
}

/** Sends the first documents, read back page by page, to an index of the same definition; reading them is not counted. */
async function bulkAgain({ elasticsearchUrl: url, names, say }: Setting, max: number) {
  const copy = `${names.readAlias}-raw`;
  await ask(url, 'DELETE', `/${copy}?ignore_unavailable=true`);
  await copyDefinition(url, names.readAlias, copy);
  let documents = 0;
  let tookMs = 0;
  let saidMs = performance.now();
  try {
    for await (const page of pagesOf(url, names.readAlias)) {
      const body = page
        .map(({ _id, _source }) => `${JSON.stringify({ index: { _id } })}\n${JSON.stringify(_source)}\n`)
        .join('');
      const startedMs = performance.now();
      await ask(url, 'POST', `/${copy}/_bulk?filter_path=errors`, body);
      tookMs += performance.now() - startedMs;
      documents += page.length;
      if (performance.now() - saidMs > SAY_MS) {
        saidMs = performance.now();
        say(`raw _bulk: ${documents} documents`);
      }
      if (documents >= max) break;
    }
    return { documents, tookMs };
  } finally {
    await ask(url, 'DELETE', `/${copy}`);
  }
}

/** The documents of an index in the order in which it was filled. */
async function* pagesOf(url: string, index: string): AsyncGenerator<Hit[]> {
  const kinds: MadeKind[] = madeKinds.filter((kind) => kind !== 'category');
  for (const kind of kinds) {
    let after: unknown[] | undefined;
    do {
      const found = (await ask(url, 'POST', `/${index}/_search`, {
        size: BULK,
        query: { term: { kind } },
        sort: [{ id: 'asc' }],
        track_total_hits: false,
        ...(after ? { search_after: after } : {}),
      })) as { hits: { hits: Hit[] } };
      const { hits } = found.hits;
      if (hits.length > 0) yield hits;
      after = hits.length < BULK ? undefined : hits.at(-1)?.sort;
    } while (after);
  }
}

/** Megabytes that the engine's heap may have. */
export async function readHeapMax(url: string): Promise<number> {
  const { nodes } = (await ask(url, 'GET', '/_nodes/jvm?filter_path=nodes.*.jvm.mem.heap_max_in_bytes')) as {
    nodes: Record<string, { jvm: { mem: { heap_max_in_bytes: number } } }>;
  };
  return Math.round((Object.values(nodes)[0]?.jvm.mem.heap_max_in_bytes ?? 0) / 1024 ** 2);
}

async function readHeap(url: string): Promise<number> {
  const { nodes } = (await ask(url, 'GET', '/_nodes/stats/jvm?filter_path=nodes.*.jvm.mem.pools.old')) as {
    nodes: Record<string, { jvm: { mem: { pools: { old: { used_in_bytes: number } } } } }>;
  };
  return Math.round((Object.values(nodes)[0]?.jvm.mem.pools.old.used_in_bytes ?? 0) / 1e6);
}

/** Megabytes of a process from /proc, 0 where there is none. */
function readMemory(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  try {
    const kilobytes = new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Math.round(Number(kilobytes ?? 0) / 1000);
  } catch {
    return 0;
  }
}
