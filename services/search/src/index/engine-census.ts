import type { DaySum, VersionRow } from '@ortoo/shared/contracts';
import { toInstant } from '@ortoo/shared/kernel';
import { ask, type Client, type estypes } from './client.ts';

/** Versions in one page of a walk; how long the engine keeps what a walk sees between two pages. */
const PAGE_SIZE = 2_000;
const KEEP_ALIVE = '2m';
const BULK_TIMEOUT_MS = 10_000;

type DayBuckets = { buckets: { key: number; doc_count: number; sum: { value: number } }[] };

/** What the index is compared with its owners by. */
export function censusCalls(client: Client) {
  return {
    /** Counts documents of a kind, tombstones included, and sums their `check`, by day of change. */
    async summarize(index: string, kind: string): Promise<DaySum[]> {
      const { aggregations } = await ask(
        client.search({
          index,
          size: 0,
          query: { term: { kind } },
          aggs: {
            days: {
              date_histogram: { field: 'changedAt', calendar_interval: 'day', min_doc_count: 1 },
              aggs: { sum: { sum: { field: 'check' } } },
            },
          },
        }),
      );
      const days = aggregations?.days as DayBuckets | undefined;
      return (days?.buckets ?? []).map(({ key, doc_count: count, sum }) => ({
        day: toInstant(key).slice(0, '2026-11-24'.length),
        count,
        sum: sum.value,
      }));
    },

    /** Every version of a kind by id as it was at one moment, tombstones included; only of `days` when they are given. */
    async *walkVersions(index: string, kind: string, days?: string[]): AsyncGenerator<VersionRow> {
      const { id: pit } = await ask(client.openPointInTime({ index, keep_alive: KEEP_ALIVE }));
      try {
        let after: estypes.SortResults | undefined;
        do {
          const page = await ask(client.search(pageOf({ pit, kind, days, after })));
          for (const hit of page.hits.hits) yield toRow(hit);
          after = page.hits.hits.length === PAGE_SIZE ? page.hits.hits.at(-1)?.sort : undefined;
        } while (after);
      } finally {
        await client.closePointInTime({ id: pit }).catch(() => undefined); // the engine drops it by itself
      }
    },

    /** Removes documents that hold these versions or older ones; what is newer meanwhile stays. */
    async removeVersions(alias: string, rows: { id: string; v: number }[]): Promise<void> {
      const operations = rows.map(({ id, v }) => ({
        delete: { _id: id, version: v, version_type: 'external_gte' as const },
      }));
      await ask(client.bulk({ index: alias, require_alias: true, operations }, { requestTimeout: BULK_TIMEOUT_MS }));
    },
  };
}

type PageOptions = {
  pit: string;
  kind: string;
  days: string[] | undefined;
  after: estypes.SortResults | undefined;
};

function pageOf({ pit, kind, days, after }: PageOptions): estypes.SearchRequest {
  const ranges = days?.map((day) => ({ range: { changedAt: { gte: day, lt: `${day}||+1d` } } }));
  return {
    pit: { id: pit, keep_alive: KEEP_ALIVE },
    size: PAGE_SIZE,
    query: {
      bool: {
        filter: [{ term: { kind } }, ...(ranges ? [{ bool: { should: ranges, minimum_should_match: 1 } }] : [])],
      },
    },
    sort: [{ id: 'asc' }],
    ...(after ? { search_after: after } : {}),
    track_total_hits: false,
    _source: false,
    docvalue_fields: ['v', 'live', { field: 'changedAt', format: 'strict_date_time' }],
  };
}

function toRow({ _id, fields }: estypes.SearchHit): VersionRow {
  const [v, live, changedAt] = ['v', 'live', 'changedAt'].map((name) => fields?.[name]?.[0]);
  return { id: _id ?? '', v, live, changedAt };
}
