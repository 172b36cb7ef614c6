import type { MatchReply, MatchRequest, SavedQuery } from '@ortoo/shared/contracts';
import { AppError, type Clock, type Context, remainingMs } from '@ortoo/shared/kernel';
import type { CategoryWords } from '../categories/category-words.ts';
import type { Engine } from '../index/engine.ts';
import type { Query } from '../index/engine-documents.ts';
import type { Token } from '../index/freshness.ts';
import type { CurrentIndex } from '../index/take-step.ts';
import { buildMatch } from './build-match.ts';
import { type ChangedDocument, preselect } from './match-preselection.ts';
import { planSearch } from './search-plan.ts';

/** So many saved queries go to the engine at a time. */
const BATCH = 25;
const ENGINE_TIMEOUT_MAX_MS = 5_000;

export type MatchDeps = {
  engine: Pick<Engine, 'search' | 'findEach'>;
  words: Pick<CategoryWords, 'find' | 'expand' | 'families'>;
  /** The index to ask, once it shows what the tokens name or their time is over. */
  settle(ctx: Context, tokens: Token[]): Promise<CurrentIndex & { isConsistent: boolean }>;
  /** What a caller is told of a failure of the engine. */
  tell(error: unknown): unknown;
  clock: Clock;
};

type Asked = { alert: string; query: Query; ids: string[] };

/** Holds saved queries against changed documents: what cannot match is left out, the rest is decided by searches. */
export function createMatch({ engine, words, settle, tell, clock }: MatchDeps) {
  function timeLeft(ctx: Context): number {
    const leftMs = remainingMs(ctx, clock);
    if (leftMs <= 0) throw AppError.timeout('search.too-slow', 'The search took too long.');
    return Math.min(ENGINE_TIMEOUT_MAX_MS, leftMs);
  }

  async function readChanged(ctx: Context, index: string, ids: string[]): Promise<Map<string, ChangedDocument>> {
    const body = {
      query: { terms: { id: ids } },
      size: ids.length,
      _source: ['id', 'v', 'kind', 'live', 'visible', 'categories', 'language'],
    };
    const answer = await engine.search(index, body, timeLeft(ctx)).catch((error: unknown) => {
      throw tell(error);
    });
    if (answer.isTimedOut) throw AppError.timeout('search.too-slow', 'The search took too long.');
    return new Map(answer.hits.map(({ id, source }) => [id, source as ChangedDocument]));
  }

  /** What is to be asked for an alert; null when no document can match. Throws VALIDATION_FAILED for what no search answers. */
  function plan(
    alert: string,
    saved: SavedQuery,
    { name: index, version }: CurrentIndex,
    documents: ChangedDocument[],
  ): Asked | null {
    const asked = planSearch({ ...saved, limit: 1, lang: 'en' }, words, { index, version, nowMs: clock.nowMs() });
    const category = saved.category && words.expand(saved.category);
    const candidates = preselect({ ...saved, ...(category ? { category } : {}) }, documents);
    if (candidates.length === 0) return null;
    return { alert, query: buildMatch(asked, words), ids: candidates.map(({ id }) => id) };
  }

  async function find(ctx: Context, index: string, asked: Asked[]): Promise<MatchReply['matches']> {
    const matches: MatchReply['matches'] = [];
    for (let start = 0; start < asked.length; start += BATCH) {
      const batch = asked.slice(start, start + BATCH);
      const found = await engine.findEach(index, batch, timeLeft(ctx)).catch((error: unknown) => {
        throw tell(error);
      });
      batch.forEach(({ alert }, place) => {
        const changes = (found[place] ?? []).map(({ id, v }) => `${id}:${v}`);
        if (changes.length > 0) matches.push({ alert, changes });
      });
    }
    return matches;
  }

  /** Which of the alerts match which of the changes. Throws VALIDATION_FAILED, UNAVAILABLE or TIMEOUT, as a search does. */
  return async function match(ctx: Context, { alerts, changes }: MatchRequest, tokens: Token[]): Promise<MatchReply> {
    const { isConsistent, ...current } = await settle(ctx, tokens);
    const { name: index } = current;
    const documents = await readChanged(ctx, index, [...new Set(tokens.map(({ id }) => id))]);
    const unseen = changes.filter((_, place) => !isShown(tokens[place], documents));
    const refused: MatchReply['refused'] = [];
    const asked = alerts.flatMap(({ id, query }): Asked[] => {
      try {
        return [plan(id, query, current, [...documents.values()]) ?? []].flat();
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'VALIDATION_FAILED') throw error;
        refused.push({ alert: id, reason: error.reason });
        return [];
      }
    });
    const matches = await find(ctx, index, asked);
    return { matches, unseen, refused, consistent: isConsistent && unseen.length === 0 };
  };
}

function isShown(token: Token | undefined, documents: Map<string, ChangedDocument>): boolean {
  return token !== undefined && (documents.get(token.id)?.v ?? 0) >= token.v;
}
