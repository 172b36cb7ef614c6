import { type CompanyState, type LocaleTag, type PossibleDuplicate, parseRef } from '@ortoo/shared/contracts';
import { AppError, type Clock, type Context } from '@ortoo/shared/kernel';
import type { Stored } from '@ortoo/shared/outbox';
import type { CompanyStore } from './company.store.ts';
import { rankDuplicates, splitKeys } from './company-duplicates.rules.ts';

/** What a creation waits at most for its duplicates: it has happened, and its answer must not be lost over them. */
const BESIDE_MS = 500;

/** Who looks for companies that are there twice. */
export function createDuplicateSearch({ companies, clock }: { companies: CompanyStore; clock: Clock }) {
  async function search(
    ctx: Context,
    { id, state }: Stored<CompanyState>,
    lang: LocaleTag,
  ): Promise<PossibleDuplicate[]> {
    const candidates = await companies.sharing(ctx, splitKeys(state.matchKeys ?? []), id);
    return rankDuplicates(state, candidates, lang);
  }

  return {
    /** Companies that may be the same as one, the surest first. Throws NOT_FOUND for one that does not exist. */
    async duplicates(ctx: Context, { ref, lang }: { ref: string; lang: LocaleTag }) {
      const asked = parseRef('company', ref);
      const found = await (asked.type === 'id' ? companies.find(ctx, asked.id) : companies.findByKey(ctx, asked.key));
      if (!found) throw AppError.notFound('company.not-found', `There is no company ${ref}.`);
      return { items: await search(ctx, found, lang) };
    },

    /** The same for a company that was just made; none rather than an error or a long wait. */
    async beside(ctx: Context, made: Stored<CompanyState>, lang: LocaleTag): Promise<PossibleDuplicate[]> {
      const soon = { ...ctx, deadlineMs: Math.min(ctx.deadlineMs, clock.nowMs() + BESIDE_MS) };
      return await search(soon, made, lang).catch((error: unknown) => {
        ctx.log.warn({ err: error, id: made.id }, 'duplicates of a new company could not be looked for');
        return [];
      });
    },
  };
}
