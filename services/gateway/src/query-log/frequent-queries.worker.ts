import type { SearchReply, SearchRequest } from '@ortoo/shared/contracts';
import {
  type Clock,
  type Context,
  createRounds,
  type Logger,
  type Part,
  serviceContext,
  shiftInstant,
} from '@ortoo/shared/kernel';
import {
  type FrequentQuery,
  findFrequent,
  isAnswered,
  type QuerySuggestion,
  toFrequentQuery,
} from './frequent-queries.rules.ts';
import type { QueryLogStore } from './query-log.store.ts';

/** What is asked often, in memory. */
export type FrequentQueries = {
  /** Those that begin as something was typed; at once, and never a failure. */
  find(typed: string, most: number): QuerySuggestion[];
};

type FrequentQueriesDeps = {
  store: () => Pick<QueryLogStore, 'listFrequent'>;
  search(ctx: Context, request: SearchRequest): Promise<SearchReply>;
  clock: Clock;
  log: Logger;
};

const REFRESH_EVERY_MS = 10 * 60 * 1000;
const SEARCH_MS = 5_000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Asked so often, on so many days, in the last month; fewer may be one person's alone. */
const WANTED = { countMin: 10, daysMin: 3, limit: 200 };
const WINDOW_DAYS = 30;

/** Reads the most frequent queries now and then, and keeps those that the public finds something for at that time. */
export function createFrequentQueries(deps: FrequentQueriesDeps): FrequentQueries & { part: Part } {
  const { store, search, clock, log } = deps;
  let known: FrequentQuery[] = [];

  async function refresh(signal: AbortSignal): Promise<void> {
    const until = clock.now();
    const since = shiftInstant(until, -WINDOW_DAYS * DAY_MS);
    const next: FrequentQuery[] = [];
    for (const text of await store().listFrequent({ since, until }, WANTED)) {
      if (signal.aborted) return;
      const query = toFrequentQuery(text);
      if (!query) continue;
      const ctx = serviceContext({ log, service: 'gateway', clock, forMs: SEARCH_MS });
      const found = await search(ctx, { q: text, limit: 1, lang: 'mn', view: 'public', explain: true });
      if (isAnswered(text, found)) next.push(query);
    }
    known = next;
  }

  return {
    part: createRounds({
      name: 'frequent queries',
      everyMs: REFRESH_EVERY_MS,
      log,
      failure: 'the frequent queries could not be read; those known are suggested on',
      round: refresh,
    }),
    find: (typed, most) => findFrequent(known, typed, most),
  };
}
