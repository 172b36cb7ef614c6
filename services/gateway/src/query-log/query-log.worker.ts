import {
  AppError,
  type Clock,
  createRounds,
  type Ids,
  isOverWithin,
  type Logger,
  type Metrics,
  type Part,
} from '@ortoo/shared/kernel';
import { type Click, type LoggedQuery, type Searched, toLoggedQuery } from './query-log.rules.ts';
import type { QueryLogStore } from './query-log.store.ts';
import { type SearchStats, toSearchStats, type Window } from './search-stats.rules.ts';

/** What was searched and what of it was opened, kept only where the operator wants it. */
export type QueryLog = {
  /** Keeps a search a moment later, if it can, and answers the id that clicks name it by. Never waits and never throws. */
  note(searched: Searched): string;
  /** Notes that something found was opened. Throws NOT_FOUND `query-log.query-unknown`, UNAVAILABLE. */
  click(click: Click): Promise<void>;
  /** What was searched in a window of time. Throws UNAVAILABLE. */
  stats(window: Window, limit: number): Promise<SearchStats>;
};

type QueryLogDeps = {
  store: () => QueryLogStore;
  days: number;
  /** Searches kept at most; the oldest go first. */
  recordsMax?: number;
  clock: Clock;
  ids: Ids;
  log: Logger;
  metrics: Metrics;
};

/** Searches that wait to be written, a few seconds of the busiest gateway; what comes beyond is not kept. */
const WAITING_MAX = 5_000;
const BATCH_MAX = 500;
/** A click of which another replica knows the search may come no sooner. */
const FLUSH_EVERY_MS = 250;
const PRUNE_EVERY_MS = 10 * 60 * 1000;
/** A stop waits for the database no longer. */
const LAST_FLUSH_MS = 3_000;
const RECORDS_MAX = 1_000_000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The query log as what the routes ask and as parts that write it behind them; searches never wait for either. */
export function createQueryLog(deps: QueryLogDeps): QueryLog & { parts: Part[] } {
  const { store, clock, ids, log, metrics, recordsMax = RECORDS_MAX } = deps;
  const dropped = metrics.counter('ortoo_query_log_dropped_total', 'Searches that were not kept.');
  const waiting: LoggedQuery[] = [];
  let flushing: Promise<void> = Promise.resolve();

  /** Writes what waits; a batch that fails stays first in the queue. One runs at a time. */
  const flush = (): Promise<void> => {
    flushing = flushing.catch(() => undefined).then(writeWaiting);
    return flushing;
  };
  async function writeWaiting(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH_MAX);
      await store().insert(batch, clock.nowMs() + deps.days * DAY_MS);
      waiting.splice(0, batch.length);
    }
  }
  async function removeOldest(): Promise<void> {
    while ((await store().removeBeyond(recordsMax)) > 0);
  }

  const flusher = createRounds({
    name: 'query log',
    everyMs: FLUSH_EVERY_MS,
    log,
    failure: 'searches could not be written to the query log; they wait',
    round: flush,
  });
  const pruner = createRounds({
    name: 'query log bound',
    everyMs: PRUNE_EVERY_MS,
    log,
    failure: 'the query log could not be shortened',
    round: removeOldest,
  });
  /** Stops last of the parts: what was answered until then is written if the database is there. */
  const ending: Part = {
    name: 'end of the query log',
    start: () => store().ensureIndexes(),
    stop: async () => {
      const last = flush().catch((error: unknown) => log.warn({ err: error }, 'the last searches were not kept'));
      await isOverWithin(LAST_FLUSH_MS, last);
      dropped.inc(waiting.length);
    },
  };

  return {
    parts: [ending, pruner, flusher],
    note(searched) {
      const id = ids.next('query');
      if (waiting.length >= WAITING_MAX) dropped.inc();
      else waiting.push(toLoggedQuery(id, searched, clock.nowMs()));
      return id;
    },
    async click(click) {
      if (waiting.some(({ id }) => id === click.queryId)) await flush();
      if (await store().click(click, clock.nowMs())) return;
      throw AppError.notFound('query-log.query-unknown', 'There was no such search, or it is no longer kept.');
    },
    async stats(window, limit) {
      await flush();
      const [latencies, top, zeroHit] = await Promise.all([
        store().countLatencies(window),
        store().listTop(window, limit),
        store().listZeroHit(window, limit),
      ]);
      return toSearchStats(window, { latencies, top, zeroHit });
    },
  };
}
