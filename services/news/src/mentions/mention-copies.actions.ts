import type { ArticleState, Change, SortValues } from '@ortoo/shared/contracts';
import { AppError, type Clock, type Context, type Logger, serviceContext } from '@ortoo/shared/kernel';
import { actorName, type Stored } from '@ortoo/shared/outbox';
import type { ArticleStore } from '../articles/article.store.ts';
import { type CompanyNow, followMentioned } from './article-mentions.rules.ts';
import type { CompanyExports } from './company-exports.client.ts';
import type { CompanyNamesStore, KeptCompany } from './company-names.store.ts';
import { copyOf, keptCompany } from './kept-company.rules.ts';

const PAGE_DEADLINE_MS = 10_000;
const SIDE_BY_SIDE = 16;
/** A copy of a copy of a copy … is followed that far, as the catalog does. */
const HOPS_MAX = 32;

type Held = Pick<Stored<ArticleState>, 'id' | 'state'>;
type CopiesDeps = {
  articles: ArticleStore;
  names: CompanyNamesStore;
  exports: CompanyExports;
  clock: Clock;
  log: Logger;
};
export type MentionCopies = ReturnType<typeof createMentionCopies>;

/**
 * Keeps what news knows of companies: their names in the database, and the copies in the articles that name them, which
 * are those of the company that stays where one was merged into another. Every
 * version of a company has its articles looked through, and every version of an article is held against its companies,
 * each as they are then (ADR 0026).
 */
export function createMentionCopies({ articles, names, exports, clock, log }: CopiesDeps) {
  const begin = (): Context => serviceContext({ log, service: 'news', clock, forMs: PAGE_DEADLINE_MS });

  /** Keeps the names that changes of companies carry; a state that was too large to travel is asked for. */
  async function putNames(changes: Change[]): Promise<void> {
    const kept = changes.map(({ data }) => keptCompany(data) ?? data.id);
    const ids = kept.filter((one) => typeof one === 'string');
    await names.put(kept.filter((one) => typeof one !== 'string'));
    if (ids.length > 0) await names.put(await exports.fetch(ids));
  }

  /** The companies that some were merged into, however many merges away; asked for where news has not heard of one. */
  async function heirsOf(companies: KeptCompany[]): Promise<Map<string, KeptCompany>> {
    const found = new Map(companies.map((company) => [company.id, company]));
    let wanted = idsNotIn(found, companies);
    for (let hops = 0; hops < HOPS_MAX && wanted.length > 0; hops += 1) {
      const known = await names.getMany(wanted);
      const missing = wanted.filter((id) => !known.some((company) => company.id === id));
      const fetched = missing.length > 0 ? await exports.fetch(missing) : [];
      await names.put(fetched);
      for (const company of [...known, ...fetched]) found.set(company.id, company);
      wanted = idsNotIn(found, [...known, ...fetched]);
    }
    return new Map(companies.flatMap((company) => heirIn(found, company)));
  }

  async function companiesNow(ids: string[]): Promise<Map<string, CompanyNow>> {
    const found = ids.length > 0 ? await names.getMany(ids) : [];
    const heirs = await heirsOf(found);
    return new Map(
      found.map((company) => {
        const heir = heirs.get(company.id);
        return [company.id, { ...copyOf(company), ...(heir ? { heir: copyOf(heir) } : {}) }];
      }),
    );
  }

  async function bring(ctx: Context, { id, state }: Held, now: ReadonlyMap<string, CompanyNow>): Promise<void> {
    const decide = (current: ArticleState) =>
      followMentioned(current, now, { now: clock.now(), actorId: actorName(ctx) });
    if (decide(state) === state) return;
    await articles.change(ctx, { id, type: 'companies-copied', decide }).catch((error: unknown) => {
      if (!(error instanceof AppError && error.code === 'NOT_FOUND')) throw error; // deleted meanwhile
    });
  }

  /** Brings to the articles that name companies what is so of these now. */
  async function followAll(companyIds: string[], signal: AbortSignal): Promise<void> {
    let after: SortValues | undefined;
    do {
      signal.throwIfAborted();
      const ctx = begin();
      const now = await companiesNow(companyIds);
      const page = await articles.naming(ctx, { companyIds, limit: SIDE_BY_SIDE, after });
      await Promise.all(page.items.map((article) => bring(ctx, article, now)));
      after = page.next;
    } while (after);
  }

  async function check({ data: { id, live, state } }: Change): Promise<void> {
    if (!live) return;
    const ctx = begin();
    const held = state ? { id, state: state as ArticleState } : await articles.find(ctx, id);
    const ids = (held?.state.mentioned ?? []).map((company) => company.id);
    if (held && ids.length > 0) await bring(ctx, held, await companiesNow(ids));
  }

  return {
    /** Brings changes of companies into the database; then what these are into articles. */
    putNames,
    followAll,

    /** What follows in articles from changes of companies and of articles. */
    async apply(changes: Change[], signal: AbortSignal): Promise<void> {
      const ofCompanies = changes.filter(({ data }) => data.kind === 'company');
      await putNames(ofCompanies);
      // Nothing can have named a company before its first version.
      for (const { data } of ofCompanies) if (data.v > 1) await followAll([data.id], signal);
      const others = changes.filter(({ data }) => data.kind === 'article');
      for (let at = 0; at < others.length; at += SIDE_BY_SIDE)
        await Promise.all(others.slice(at, at + SIDE_BY_SIDE).map(check));
    },
  };
}

function idsNotIn(found: ReadonlyMap<string, KeptCompany>, companies: KeptCompany[]): string[] {
  const ids = companies.flatMap(({ mergedInto }) => mergedInto ?? []);
  return [...new Set(ids)].filter((id) => !found.has(id));
}

/** A copy and the end of its way; none where that is not there, or the way is a circle. */
function heirIn(found: ReadonlyMap<string, KeptCompany>, copy: KeptCompany): [string, KeptCompany][] {
  let at: KeptCompany | undefined = copy;
  for (let hops = 0; hops <= HOPS_MAX && at?.mergedInto !== undefined; hops += 1) at = found.get(at.mergedInto);
  return at === undefined || at === copy || at.mergedInto !== undefined ? [] : [[copy.id, at]];
}
