import type { ArticleState } from '@ortoo/shared/contracts';
import {
  AppError,
  type Clock,
  type Context,
  failpoint,
  type Logger,
  pause,
  serviceContext,
} from '@ortoo/shared/kernel';
import { actorName, type Stored } from '@ortoo/shared/outbox';
import type { ArticleStore } from '../articles/article.store.ts';
import { addMentions } from './article-mentions.rules.ts';
import { type CompanyIndex, createCompanyIndex } from './company-index.ts';
import type { CompanyNamesStore } from './company-names.store.ts';
import { copyOf } from './kept-company.rules.ts';
import type { KnownCompanies } from './known-companies.follower.ts';
import type { MentionSearch, MentionSearchStore } from './mention-search.store.ts';
import type { Mentions } from './mentions.ts';

const PAGE_DEADLINE_MS = 10_000;
const PAGE = 16;
/** After each article, whose search takes about 2 ms in 600 words: calls are answered in between. */
const REST_MS = 4;
/** A walk ends at so many articles, or at one that was made so long ago. */
const ARTICLES_MAX = 20_000;
const AGE_MAX_MS = 2 * 365 * 24 * 3_600_000;

type SearchDeps = {
  articles: Pick<ArticleStore, 'backwards' | 'change'>;
  searches: MentionSearchStore;
  known: Pick<KnownCompanies, 'knows' | 'isComplete'>;
  mentions: Pick<Mentions, 'find'>;
  names: Pick<CompanyNamesStore, 'getMany'>;
  clock: Clock;
  log: Logger;
};

/** The companies that are looked for: by their names alone, to tell the articles that are worth a closer look. */
type Sought = { searchId: string; ids: Set<string>; index: CompanyIndex };

/**
 * Looks for companies that were published, or got a name, after articles were written: one walk from the newest article
 * back, for all companies that wait for one. What it wrote it does not write again, and it goes on where it was left.
 */
export function createMentionSearch({ articles, searches, known, mentions, names, clock, log }: SearchDeps) {
  let sought: Sought | undefined;
  const begin = (): Context => serviceContext({ log, service: 'news', clock, forMs: PAGE_DEADLINE_MS });

  /** Undefined while what this process finds in texts does not know them all yet. */
  async function soughtBy(search: MentionSearch): Promise<Sought | undefined> {
    if (sought?.searchId === search.id) return sought;
    const next: Sought = { searchId: search.id, ids: new Set(), index: createCompanyIndex() };
    for await (const company of searches.companies(search)) {
      if (!known.knows(company.id, company.v)) return undefined;
      next.ids.add(company.id);
      next.index.put(company);
    }
    sought = next;
    return next;
  }

  async function look({ id, state }: Stored<ArticleState>, { ids, index }: Sought): Promise<number> {
    const isSought = ({ companyId }: { companyId: string }) => ids.has(companyId);
    if (index.find(state.plainText).length === 0) return 0;
    const found = mentions.find(state.plainText).filter(isSought);
    if (found.length === 0) return 0;
    const kept = await names.getMany([...new Set(found.map(({ companyId }) => companyId))]);
    const companies = new Map(kept.filter(({ visible }) => visible).map((one) => [one.id, copyOf(one)]));
    const ctx = begin();
    const decide = (current: ArticleState) =>
      addMentions(current, { companies, find: mentions.find }, { now: clock.now(), actorId: actorName(ctx) });
    if (decide(state) === state) return 0;
    return await articles.change(ctx, { id, type: 'mentions-found', decide }).then(
      () => 1,
      (error: unknown) => {
        if (isForNow(error)) throw error;
        log.error({ article: id, err: error }, 'companies that an article names could not be noted in it');
        return 0;
      },
    );
  }

  /** One page; undefined where the walk is over or another goes on with it. */
  async function step(search: MentionSearch, now: Sought, signal: AbortSignal): Promise<MentionSearch | undefined> {
    const page = await articles.backwards(begin(), { limit: PAGE, after: search.after });
    for (const article of page.items) {
      signal.throwIfAborted();
      await look(article, now);
      await pause(REST_MS, signal);
    }
    if (page.items.length > 0) failpoint('mentions.page-searched');
    const looked = search.looked + page.items.length;
    const oldest = page.items.at(-1)?.state.createdAt;
    const isTooOld = oldest !== undefined && Date.parse(oldest) < clock.nowMs() - AGE_MAX_MS;
    if (page.next === undefined || looked >= ARTICLES_MAX || isTooOld) {
      await searches.finish(search);
      log.info({ companies: now.ids.size, articles: looked }, 'articles were searched for companies');
      return undefined;
    }
    const next = { after: page.next, looked };
    return (await searches.advance(search, next)) ? { id: search.id, ...next } : undefined;
  }

  /** Goes on with the walk to its end, or notes that one is to begin: what crosses its beginning is written by then. */
  return async function round(signal: AbortSignal): Promise<void> {
    if (!known.isComplete()) return;
    const current = await searches.current();
    if (!current) return await searches.begin();
    const now = await soughtBy(current);
    for (let search: MentionSearch | undefined = current; now && search; ) search = await step(search, now, signal);
  };
}

/** Whether trying again may help. */
function isForNow(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'UNAVAILABLE' || error.code === 'TIMEOUT');
}
