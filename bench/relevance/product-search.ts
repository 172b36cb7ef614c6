import { setTimeout } from 'node:timers/promises';
import type { LocaleTag, SearchKind, SearchRequest } from '@ortoo/shared/contracts';
import { createLogger, newSecret, serviceContext, systemClock } from '@ortoo/shared/kernel';
import { type BulkWriter, createBulkWriter } from '../../services/search/src/index/bulk.ts';
import { INDEX_VERSION, type IndexDefinition, indexDefinition } from '../../services/search/src/index/definition.ts';
import type { Engine } from '../../services/search/src/index/engine.ts';
import { buildLexicon, type CategoryWording, findIntent } from '../../services/search/src/query/category-intent.ts';
import { createSearchActions, type SearchDeps } from '../../services/search/src/query/search.actions.ts';
import type { Ablation, Body } from './ablation.ts';
import type { Document } from './to-states.ts';

const WRITTEN_AT_ONCE = 2_000;
const WRITE_AGAIN_MS = 2_000;
const ATTEMPTS_MAX = 30;
const ASK_FOR_MS = 60_000;
const PLAIN_TIMEOUT_MS = 60_000;
/** Longer queries are refused at the door; what is longer in a set is cut at a blank. */
const QUERY_MAX = 200;
type Query = NonNullable<Parameters<Engine['search']>[1]['query']>;

export type Question = { q: string; kind?: SearchKind; lang: LocaleTag; limit: number };
/** Categories whose words are known, and another index than the product's own. */
type Setting = {
  categories?: CategoryWording[];
  definition?: Pick<IndexDefinition, 'settings' | 'mappings'>;
};

/** An index as the product makes it, filled through its own projections, and its own actions to ask it. */
export async function loadProduct(
  engine: Engine,
  documents: Document[],
  { categories = [], definition = indexDefinition }: Setting = {},
) {
  const name = `bench-relevance-${newSecret(4)}`;
  const alias = `${name}-write`;
  await engine.createIndex(name, { ...definition, alias });
  const writer = createBulkWriter(engine);
  for (let start = 0; start < documents.length; start += WRITTEN_AT_ONCE) {
    await writeAll(writer, alias, documents.slice(start, start + WRITTEN_AT_ONCE));
  }
  await engine.refresh(name);
  let warnings = 0;
  const counted = { write: () => (warnings += 1) };
  const log = createLogger({ service: 'bench', level: 'warn', destination: counted });
  const actionsFor = (ablation?: Ablation) =>
    productActions(engine, { index: name, categories, ...(ablation ? { ablation } : {}) });

  return {
    name,
    /** How often a second look failed so far, or took too long: then the first is the answer, as for every caller. */
    failedLooks: () => warnings,
    /** Asks as callers do: the ids of the hits, best first. */
    asker: (ablation?: Ablation) => {
      const actions = actionsFor(ablation);
      return async ({ q, kind, lang, limit }: Question): Promise<string[]> => {
        const ctx = serviceContext({ log, service: 'bench', clock: systemClock, forMs: ASK_FOR_MS });
        const typed = cutLong(ablation?.typed?.(q) ?? q);
        const asked = { q: typed, ...(kind ? { kinds: [kind] } : {}), limit, lang, view: 'public' as const };
        return (await actions.query(ctx, asked)).items.map(({ id }) => id);
      };
    },
    query: (request: SearchRequest) =>
      actionsFor().query(serviceContext({ log, service: 'bench', clock: systemClock, forMs: ASK_FOR_MS }), request),
    /** Plain BM25 over the same documents, which finds what has one word of the query or more in these fields. */
    plain:
      (fields: string[]) =>
      async ({ q, kind, limit }: Pick<Question, 'q' | 'kind' | 'limit'>): Promise<string[]> => {
        const body = { query: plainQuery(cutLong(q), fields, kind), size: limit, _source: false };
        return (await engine.search(name, body, PLAIN_TIMEOUT_MS)).hits.map(({ id }) => id);
      },
    drop: () => engine.deleteIndex(name),
  };
}

/** What the engine has no room for now is written again, as the product does. */
async function writeAll(writer: BulkWriter, alias: string, documents: Document[]): Promise<void> {
  let left = documents;
  for (let attempt = 0; left.length > 0; attempt += 1) {
    if (attempt > 0) await setTimeout(WRITE_AGAIN_MS);
    const verdicts = await writer.write(alias, left);
    const bad = verdicts.find(({ type }) => type !== 'done' && (type !== 'transient' || attempt === ATTEMPTS_MAX));
    if (bad) throw new Error(`A document was not indexed: ${JSON.stringify(bad)}`);
    left = left.filter((_, place) => verdicts[place]?.type !== 'done');
  }
}

/** The actions of search over one index, where every document is seen at once. */
export function productActions(
  engine: SearchDeps['engine'],
  { index, categories, ablation }: { index: string; categories: CategoryWording[]; ablation?: Ablation },
) {
  return createSearchActions({
    engine: ablation ? { ...engine, search: searchWithout(ablation, engine) } : engine,
    worker: { current: () => ({ name: index, version: INDEX_VERSION }), wake: () => undefined },
    followers: { state: () => ({ pending: 0, stalledMs: 0, lagMs: 0 }) },
    freshness: { waitFor: async () => true },
    words: wordsOfCategories(ablation?.hasNoCategoryWords ? [] : categories),
    clock: systemClock,
  });
}

/** Several fields count as one where one analyzer reads them; else each by itself, and the best counts. */
export function plainQuery(q: string, fields: string[], kind?: SearchKind): Query {
  const [field = '', ...others] = fields;
  const isOneLanguage = new Set(fields.map((one) => one.split('.').at(-1))).size === 1;
  const several = isOneLanguage ? { combined_fields: { query: q, fields } } : { multi_match: { query: q, fields } };
  const query: Query = others.length === 0 ? { match: { [field]: q } } : several;
  return kind === 'category' ? { bool: { must: [query], filter: [{ term: { kind } }] } } : query;
}

function searchWithout({ cut, answered }: Ablation, engine: Pick<Engine, 'search'>): Engine['search'] {
  return async (target, body, timeoutMs) => {
    const left = cut ? cut(body as Body) : body;
    if (!left) return { isTimedOut: false, hits: [], total: { value: 0, relation: 'eq' }, aggregations: {} };
    const answer = await engine.search(target, left as typeof body, timeoutMs);
    return answered ? answered(body as Body, answer) : answer;
  };
}

function wordsOfCategories(categories: CategoryWording[]) {
  const lexicon = buildLexicon(categories);
  return {
    find: (words: string[]) => findIntent(lexicon, words).map((meant) => ({ ...meant, codes: [meant.code] })),
    expand: (codes: string[]) => codes,
    families: () => new Map(categories.map(({ code }) => [code, [code]])),
    nameOf: (code: string) => categories.find((one) => one.code === code)?.name,
    waitFor: async () => true,
  };
}

export function cutLong(q: string): string {
  return q.length <= QUERY_MAX ? q : q.slice(0, q.lastIndexOf(' ', QUERY_MAX));
}
