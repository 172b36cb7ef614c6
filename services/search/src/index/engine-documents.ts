import { AppError } from '@ortoo/shared/kernel';
import { ask, type Client, EngineFault, type estypes } from './client.ts';

export type BulkItem = { status: number; error?: { type: string; reason?: string | null } };
export type BulkOperation = { id: string; v: number; json: string };
export type Query = estypes.QueryDslQueryContainer;
export type Sort = estypes.SortOptions;
export type SearchBody = Pick<
  estypes.SearchRequest,
  'query' | 'post_filter' | 'aggs' | 'sort' | 'search_after' | 'size' | 'track_total_hits' | '_source' | 'highlight'
>;
export type AggregationRequest = estypes.AggregationsAggregationContainer;
type Bucket = {
  key: string | number;
  key_as_string?: string;
  doc_count: number;
  from?: number;
  to?: number;
  steps?: Aggregation;
};
/** Buckets in order, or by name; those of a filter lie one level deeper, under the names of what was asked there. */
export type Aggregation = {
  buckets?: Bucket[] | Record<string, { doc_count: number }>;
  values?: Aggregation;
  parents?: Aggregation;
};
export type SearchAnswer = {
  isTimedOut: boolean;
  hits: {
    id: string;
    index: string;
    score: number | null;
    source: unknown;
    sort: (string | number | null)[];
    /** Parts of texts with what was found in them, by field. */
    fragments: Record<string, string[]>;
    /** Names of the clauses that matched. */
    matched: string[];
  }[];
  total: { value: number; relation: 'eq' | 'gte' };
  aggregations: Record<string, Aggregation>;
};

type NamedBuckets = { buckets: Record<string, { doc_count: number }> };

const BULK_TIMEOUT_MS = 10_000;

/** What is done with documents. */
export function documentCalls(client: Client) {
  return {
    /** Indexes documents under their own versions through a write alias that must exist; one item per operation. */
    async bulk(alias: string, operations: BulkOperation[]): Promise<BulkItem[]> {
      const lines = operations.flatMap(({ id, v, json }) => [
        { index: { _id: id, version: v, version_type: 'external_gte' as const } },
        json,
      ]);
      const { items } = await ask(
        client.bulk(
          {
            index: alias,
            require_alias: true,
            operations: lines as object[],
            timeout: `${BULK_TIMEOUT_MS}ms`,
            filter_path: ['items.*.status', 'items.*.error.type', 'items.*.error.reason'],
          },
          { requestTimeout: BULK_TIMEOUT_MS },
        ),
      );
      return items.map((item) => (item as { index: BulkItem }).index);
    },

    /** The versions that the index holds, in real time: also of what no search sees yet. */
    async readVersions(target: string, ids: string[], timeoutMs: number): Promise<Map<string, number>> {
      const { docs } = await ask(client.mget({ index: target, ids, _source: false }, { requestTimeout: timeoutMs }));
      return new Map(
        docs.flatMap((doc) =>
          'found' in doc && doc.found && doc._version !== undefined ? [[doc._id, doc._version] as const] : [],
        ),
      );
    },

    async search(target: string, body: SearchBody, timeoutMs: number): Promise<SearchAnswer> {
      const answer = await ask(
        client.search({ index: target, ...body, timeout: `${timeoutMs}ms` }, { requestTimeout: timeoutMs + 200 }),
      );
      return toSearchAnswer(answer);
    },

    /** Counts exactly what each of many filters lets through, by group and name; the same moment for all. */
    async countEach(
      target: string,
      groups: Record<string, Record<string, Query>>,
      timeoutMs: number,
    ): Promise<Record<string, Record<string, number>>> {
      const aggs = Object.entries(groups).map(([group, filters]) => [group, { filters: { filters } }] as const);
      const body = { size: 0, track_total_hits: false, aggs: Object.fromEntries(aggs), timeout: `${timeoutMs}ms` };
      const answer = await ask(client.search({ index: target, ...body }, { requestTimeout: timeoutMs + 200 }));
      if (answer.timed_out) throw AppError.timeout('search.too-slow', 'The search took too long.');
      return Object.fromEntries(
        Object.entries((answer.aggregations ?? {}) as Record<string, NamedBuckets>).map(([group, { buckets }]) => [
          group,
          Object.fromEntries(Object.entries(buckets).map(([name, { doc_count: count }]) => [name, count])),
        ]),
      );
    },

    /** Which of its own ids each query finds, with their versions, in the order of the queries. */
    async findEach(
      target: string,
      asked: { query: Query; ids: string[] }[],
      timeoutMs: number,
    ): Promise<{ id: string; v: number }[][]> {
      const searches = asked.flatMap(({ query, ids }): estypes.MsearchRequestItem[] => [
        {},
        {
          query: { bool: { filter: [{ terms: { id: ids } }, query] } },
          size: ids.length,
          _source: ['v'],
          track_total_hits: false,
          timeout: `${timeoutMs}ms`,
        },
      ]);
      const { responses } = await ask(
        client.msearch<{ v: number }>({ index: target, searches }, { requestTimeout: timeoutMs + 200 }),
      );
      return responses.map((one) => {
        if ('error' in one) throw new EngineFault(one.status ?? 0, one.error.type, one.error.reason ?? '', one.error);
        if (one.timed_out) throw AppError.timeout('search.too-slow', 'The search took too long.');
        return one.hits.hits.map(({ _id: id = '', _source: source }) => ({ id, v: source?.v ?? 0 }));
      });
    },

    async count(target: string, query: Query): Promise<number> {
      return (await ask(client.count({ index: target, query }))).count;
    },
  };
}

function toSearchAnswer({ timed_out, hits, aggregations }: estypes.SearchResponse<unknown>): SearchAnswer {
  const total = typeof hits.total === 'number' ? { value: hits.total, relation: 'eq' as const } : hits.total;
  return {
    isTimedOut: timed_out,
    hits: hits.hits.map(({ _id, _index, _score, _source, sort, highlight, matched_queries: matched }) => ({
      id: _id ?? '',
      index: _index,
      score: _score ?? null,
      source: _source,
      sort: (sort ?? []) as (string | number | null)[],
      fragments: highlight ?? {},
      matched: Array.isArray(matched) ? matched : Object.keys(matched ?? {}),
    })),
    total: total ?? { value: 0, relation: 'eq' },
    aggregations: (aggregations ?? {}) as SearchAnswer['aggregations'],
  };
}
