import type {
  CountsReply,
  CountsRequest,
  MatchReply,
  MatchRequest,
  SearchReply,
  SearchRequest,
  SearchState,
  SuggestReply,
  SuggestRequest,
} from '@ortoo/shared/contracts';
import { AppError, type Clock, type Context, remainingMs } from '@ortoo/shared/kernel';
import type { CategoryWords } from '../categories/category-words.ts';
import type { Engine } from '../index/engine.ts';
import type { SearchAnswer, SearchBody } from '../index/engine-documents.ts';
import type { Freshness, Token } from '../index/freshness.ts';
import type { IndexWorker } from '../index/index.worker.ts';
import type { IndexFollowers } from '../index/index-followers.ts';
import type { CurrentIndex } from '../index/take-step.ts';
import { buildSearch } from './build-query.ts';
import { buildCounts, readCounts } from './category-counts.ts';
import { indexMissing, isIndexMissing, toAppError } from './engine-failure.ts';
import { createMatch } from './match.actions.ts';
import { readQuery } from './read-query.ts';
import { planSearch } from './search-plan.ts';
import { buildReply, replyPlanOf } from './search-reply.ts';
import { relax, secondLook } from './second-pass.ts';
import { buildSuggest, readSuggestions } from './suggest.ts';

/** How long a caller may wait for what it has just written, and how much of its time is kept for the search itself. */
const WAIT_FOR_MAX_MS = 2_000;
const SEARCH_RESERVE_MS = 500;
const SEARCH_TIMEOUT_MAX_MS = 5_000;

export type SearchDeps = {
  engine: Pick<Engine, 'search' | 'count' | 'countEach' | 'findEach'>;
  worker: Pick<IndexWorker, 'current' | 'wake'>;
  followers: Pick<IndexFollowers, 'state'>;
  freshness: Pick<Freshness, 'waitFor'>;
  words: Pick<CategoryWords, 'find' | 'expand' | 'families' | 'nameOf' | 'waitFor'>;
  clock: Clock;
};

/** What can be asked of search. */
export function createSearchActions({ engine, worker, followers, freshness, words, clock }: SearchDeps) {
  function requireIndex(): CurrentIndex {
    const current = worker.current();
    if (!current) throw indexMissing();
    return current;
  }

  async function waitFor(ctx: Context, index: string, tokens: Token[]): Promise<boolean> {
    if (tokens.length === 0) return true;
    const timeoutMs = Math.min(WAIT_FOR_MAX_MS, remainingMs(ctx, clock) - SEARCH_RESERVE_MS);
    const isAsked = () => worker.current()?.name === index;
    const seen = await Promise.all([
      freshness.waitFor(index, tokens, { timeoutMs, isAsked }),
      words.waitFor(tokens, timeoutMs),
    ]);
    return seen.every(Boolean);
  }

  /** The index to ask, when it shows what the tokens name or the time is over; one that is replaced meanwhile is left. */
  async function settle(ctx: Context, tokens: Token[]): Promise<CurrentIndex & { isConsistent: boolean }> {
    for (;;) {
      const current = requireIndex();
      const isConsistent = await waitFor(ctx, current.name, tokens);
      if (isConsistent || worker.current()?.name === current.name) return { ...current, isConsistent };
    }
  }

  function tell(error: unknown): unknown {
    if (isIndexMissing(error)) worker.wake();
    return toAppError(error);
  }

  /** Asks the index that the tokens were held against, not the alias, which may move meanwhile. */
  async function search(ctx: Context, index: string, body: SearchBody): Promise<SearchAnswer> {
    const timeoutMs = Math.max(1, Math.min(SEARCH_TIMEOUT_MAX_MS, remainingMs(ctx, clock)));
    try {
      const answer = await engine.search(index, body, timeoutMs);
      if (answer.isTimedOut) throw AppError.timeout('search.too-slow', 'The search took too long.');
      return answer;
    } catch (error) {
      throw tell(error);
    }
  }

  const match = createMatch({ engine, words, settle, tell, clock });

  return {
    /** One page of hits. Throws VALIDATION_FAILED, UNAVAILABLE (`search.index-missing`, `search.engine-unavailable`, `busy`) or TIMEOUT. */
    async query(ctx: Context, request: SearchRequest): Promise<SearchReply> {
      const startedMs = clock.nowMs();
      const { name: index, version, isConsistent } = await settle(ctx, (request.waitFor ?? []).map(readToken));
      const asTyped = planSearch(request, words, { index, version, nowMs: startedMs });
      const first = await search(ctx, index, buildSearch(asTyped));
      const again = secondLook(ctx, clock, (inTime, body) => search(inTime, index, body));
      const { plan, answer, didYouMean } = await relax(ctx, { plan: asTyped, answer: first }, again);
      const reply = buildReply(answer, replyPlanOf(plan, request, words.nameOf));
      const { lagMs } = followers.state(index);
      return {
        ...reply,
        didYouMean,
        consistent: isConsistent,
        index: { lagMs, version },
        tookMs: clock.nowMs() - startedMs,
      };
    },

    /** Which saved queries find which changed documents. Throws UNAVAILABLE or TIMEOUT, as a search does. */
    match: (ctx: Context, request: MatchRequest): Promise<MatchReply> =>
      match(ctx, request, request.changes.map(readToken)),

    /** Names that begin as something was typed. Throws UNAVAILABLE or TIMEOUT, as a search does. */
    async suggest(ctx: Context, request: SuggestRequest): Promise<SuggestReply> {
      const query = readQuery(request.q);
      if (query.words.length === 0) return { items: [] };
      const answer = await search(ctx, requireIndex().name, buildSuggest(query, request));
      return { items: readSuggestions(answer, query, request) };
    },

    /** What is published in every category. Throws UNAVAILABLE while there is no index or no category was heard of, or TIMEOUT. */
    async counts(ctx: Context, { waitFor: tokens = [] }: CountsRequest): Promise<CountsReply> {
      const { name: index, isConsistent } = await settle(ctx, tokens.map(readToken));
      const families = words.families();
      if (families.size === 0)
        throw AppError.unavailable('search.categories-unknown', 'The categories are not known yet.');
      const timeoutMs = Math.max(1, Math.min(SEARCH_TIMEOUT_MAX_MS, remainingMs(ctx, clock)));
      const found = await engine.countEach(index, buildCounts(families), timeoutMs).catch((error: unknown) => {
        throw tell(error);
      });
      return { categories: readCounts(families.keys(), found), consistent: isConsistent };
    },

    /** Figures of the index, for health and dashboards. Throws UNAVAILABLE while there is none. */
    async state(): Promise<SearchState> {
      const { name, version, dictionary } = requireIndex();
      const documents = await engine.count(name, { term: { live: true } }).catch((error: unknown) => {
        throw tell(error);
      });
      const { pending, lagMs } = followers.state(name);
      const made = { name, version, ...(dictionary === undefined ? {} : { dictionary }) };
      return { ...made, documents, lagMs, pendingChanges: pending };
    },
  };
}

export type SearchActions = ReturnType<typeof createSearchActions>;

function readToken(token: string): Token {
  const end = token.lastIndexOf(':');
  return { id: token.slice(0, end), v: Number(token.slice(end + 1)) };
}
