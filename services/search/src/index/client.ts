import { Client, errors, type estypes } from '@elastic/elasticsearch';
import type { HealthCheck } from '@ortoo/shared/kernel';
import type { IndexMeta } from './next-step.ts';

/** A request that the engine did not answer with success. `status` is 0 when there was no answer. */
export class EngineFault extends Error {
  override readonly name = 'EngineFault';
  readonly status: number;
  /** The engine's own name of the fault, e.g. `index_not_found_exception`; `timeout` or `connection` without an answer. */
  readonly type: string;

  constructor(status: number, type: string, message: string, cause: unknown) {
    super(message, { cause });
    this.status = status;
    this.type = type;
  }
}

export type BulkItem = { status: number; error?: { type: string; reason?: string | null } };
export type BulkOperation = { id: string; v: number; json: string };
export type Query = estypes.QueryDslQueryContainer;
export type SearchBody = Pick<
  estypes.SearchRequest,
  'query' | 'post_filter' | 'aggs' | 'sort' | 'search_after' | 'size' | 'track_total_hits' | '_source'
>;
export type SearchAnswer = {
  isTimedOut: boolean;
  hits: { id: string; index: string; score: number | null; source: unknown; sort: (string | number | null)[] }[];
  total: { value: number; relation: 'eq' | 'gte' };
  aggregations: Record<string, { buckets: { key: string; doc_count: number }[] }>;
};
export type AliasAction =
  | { add: { index: string; alias: string } }
  | { remove: { index: string; alias: string; must_exist: true } };

/** What search asks of Elasticsearch; the only place that knows its client. Every method throws EngineFault. */
export type Engine = ReturnType<typeof createEngine>;

/** Milliseconds for what is not on a caller's time. */
const ADMIN_TIMEOUT_MS = 30_000;
const BULK_TIMEOUT_MS = 10_000;

/** Connects lazily: nothing is sent before the first call. Retries are the callers' decision, never the client's. */
export function createEngine({ url }: { url: string }) {
  const client = new Client({ node: url, maxRetries: 0, requestTimeout: ADMIN_TIMEOUT_MS });
  return {
    ...indexCalls(client),
    ...documentCalls(client),
    check: (async () => {
      const health = await ask(client.cluster.health({}, { requestTimeout: 1_500 }));
      return health.status === 'red' ? 'the cluster is red' : null;
    }) satisfies HealthCheck,
    close: () => client.close(),
  };
}

function indexCalls(client: Client) {
  return {
    /** Every physical index of a pattern with its aliases and `_meta`. */
    async listIndexes(pattern: string): Promise<{ name: string; aliases: string[]; meta: IndexMeta | undefined }[]> {
      const found = await ask(
        client.indices.get({
          index: pattern,
          allow_no_indices: true,
          expand_wildcards: 'open',
          filter_path: ['*.aliases', '*.mappings._meta'],
        }),
      );
      return Object.entries(found).map(([name, { aliases = {}, mappings }]) => ({
        name,
        aliases: Object.keys(aliases),
        meta: mappings?._meta as IndexMeta | undefined,
      }));
    },

    /** Makes an index with its write alias in one step; false when another was quicker. */
    async createIndex(
      name: string,
      { settings, mappings, alias }: { settings: object; mappings: object; alias: string },
    ): Promise<boolean> {
      try {
        await ask(
          client.indices.create({
            index: name,
            settings,
            mappings,
            aliases: { [alias]: {} },
          } as estypes.IndicesCreateRequest),
        );
        return true;
      } catch (error) {
        if (error instanceof EngineFault && error.type === 'resource_already_exists_exception') return false;
        throw error;
      }
    },

    setMeta: async (index: string, meta: IndexMeta): Promise<void> =>
      void (await ask(client.indices.putMapping({ index, _meta: meta }))),

    /** All or nothing. A removal of an alias that is not there fails. */
    updateAliases: async (actions: AliasAction[]): Promise<void> =>
      void (await ask(client.indices.updateAliases({ actions } as estypes.IndicesUpdateAliasesRequest))),

    refresh: async (target: string): Promise<void> => void (await ask(client.indices.refresh({ index: target }))),
  };
}

function documentCalls(client: Client) {
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

    async count(target: string, query: Query): Promise<number> {
      return (await ask(client.count({ index: target, query }))).count;
    },
  };
}

function toSearchAnswer({ timed_out, hits, aggregations }: estypes.SearchResponse<unknown>): SearchAnswer {
  const total = typeof hits.total === 'number' ? { value: hits.total, relation: 'eq' as const } : hits.total;
  return {
    isTimedOut: timed_out,
    hits: hits.hits.map(({ _id, _index, _score, _source, sort }) => ({
      id: _id ?? '',
      index: _index,
      score: _score ?? null,
      source: _source,
      sort: (sort ?? []) as (string | number | null)[],
    })),
    total: total ?? { value: 0, relation: 'eq' },
    aggregations: (aggregations ?? {}) as SearchAnswer['aggregations'],
  };
}

async function ask<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    throw toFault(error);
  }
}

function toFault(error: unknown): EngineFault {
  if (error instanceof errors.ResponseError) {
    const { type, reason } = (error.body as { error?: { type?: string; reason?: string } })?.error ?? {};
    return new EngineFault(error.statusCode ?? 0, type ?? 'unknown', reason ?? error.message, error);
  }
  const type = error instanceof errors.TimeoutError ? 'timeout' : 'connection';
  return new EngineFault(0, type, error instanceof Error ? error.message : String(error), error);
}
