import { type Change, changeTypeOf, type OfferingState, type SortValues } from '@ortoo/shared/contracts';
import { AppError, type Clock, type Context, failpoint, type Logger, serviceContext } from '@ortoo/shared/kernel';
import { actorName, type Stored } from '@ortoo/shared/outbox';
import type { CompanyStore } from '../companies/company.store.ts';
import type { OfferingStore } from './offering.store.ts';
import { type CompanyFacts, followCompany } from './offering-company.rules.ts';
import { findFacts, lookUpFacts } from './offering-company-facts.ts';

/** A page of a company's offerings is followed within this time. */
const PAGE_DEADLINE_MS = 10_000;

/** Documents that are looked at at a time: fewer than MongoDB's connections. */
const SIDE_BY_SIDE = 32;

type Held = Pick<Stored<OfferingState>, 'id' | 'state'>;
type CopiesDeps = { offerings: OfferingStore; companies: CompanyStore; clock: Clock; log: Logger };
export type OfferingCopies = ReturnType<typeof createOfferingCopies>;

/**
 * Keeps what offerings say of their companies. Every version of a company has its offerings looked through, and every
 * version of an offering is held against its company, each time as both are now: whichever of two writes that cross
 * comes last is followed by a look that sees both, whatever is repeated, late or lost in between.
 */
export function createOfferingCopies({ offerings, companies, clock, log }: CopiesDeps) {
  const begin = (): Context => serviceContext({ log, service: 'catalog', clock, forMs: PAGE_DEADLINE_MS });

  async function bring(ctx: Context, { id, state }: Held, company: CompanyFacts | undefined): Promise<void> {
    const decide = (current: OfferingState) =>
      followCompany(current, company, { now: clock.now(), actorId: actorName(ctx) });
    const next = decide(state);
    if (next === state) return;
    const type = next.status === state.status ? 'company-copied' : changeTypeOf('archive');
    await offerings.change(ctx, { id, type, decide }).catch((error: unknown) => {
      if (!(error instanceof AppError && error.code === 'NOT_FOUND')) throw error; // deleted meanwhile
    });
  }

  /** Page by page, so that any number of offerings takes the same memory; what was done is not found again. */
  async function followAll(companyId: string, signal: AbortSignal): Promise<void> {
    let after: SortValues | undefined;
    do {
      signal.throwIfAborted();
      const ctx = begin();
      const company = await findFacts(companies, ctx, companyId);
      const page = await offerings.behind(ctx, { companyId, company, after });
      await Promise.all(page.items.map((offering) => bring(ctx, offering, company)));
      if (page.items.length > 0) failpoint('offerings.page-followed');
      after = page.next;
    } while (after);
  }

  /** Offerings as they were published, held against their companies; one that differs is decided on as it is now. */
  async function check(published: Change[]): Promise<void> {
    const ctx = begin();
    for (let at = 0; at < published.length; at += SIDE_BY_SIDE) {
      const part = published.slice(at, at + SIDE_BY_SIDE);
      const states = (await Promise.all(part.map((change) => readState(ctx, change)))).filter(
        (one) => one !== undefined,
      );
      const ids = [...new Set(states.map(({ state }) => state.companyId))];
      const found = await companies.getMany(ctx, ids);
      const facts = await Promise.all(found.map((company) => lookUpFacts(companies, ctx, company)));
      const known = new Map(facts.map((company) => [company.id, company]));
      await Promise.all(states.map((offering) => bring(ctx, offering, known.get(offering.state.companyId))));
    }
  }

  /** The state that a change carries, or the current one where it was too large to; undefined when it was deleted. */
  async function readState(ctx: Context, { data: { id, live, state } }: Change): Promise<Held | undefined> {
    if (!live) return undefined;
    return state ? { id, state: state as OfferingState } : await offerings.find(ctx, id);
  }

  return {
    /** What follows from changes of companies and offerings. Throws what stores throw, and ends when the signal aborts. */
    async apply(changes: Change[], signal: AbortSignal): Promise<void> {
      await check(changes.filter(({ data }) => data.kind === 'offering'));
      for (const { data } of changes) {
        // Nothing can have been copied of a company before its first version.
        if (data.kind === 'company' && data.v > 1) await followAll(data.id, signal);
      }
    },

    /**
     * The offering with the copies of its company as that is now. What was given where that cannot be had just now: it
     * is written already, and is followed soon in any case.
     */
    async settle(ctx: Context, offering: Stored<OfferingState>): Promise<Stored<OfferingState>> {
      try {
        await bring(ctx, offering, await findFacts(companies, ctx, offering.state.companyId));
        return await offerings.get(ctx, offering.id);
      } catch (error) {
        ctx.log.warn({ err: error, id: offering.id }, 'an offering could not be held against its company at once');
        return offering;
      }
    },
  };
}
