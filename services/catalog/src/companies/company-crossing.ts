import { type ChangeRequest, type CompanyState, isSameJson } from '@ortoo/shared/contracts';
import { AppError, type Clock, type Context } from '@ortoo/shared/kernel';
import { actorName, type Stored } from '@ortoo/shared/outbox';
import type { CompanyStore } from './company.store.ts';
import { closesCircle, takeBackRelations } from './company-relations.rules.ts';

type Change = (ctx: Context, request: ChangeRequest, type?: string) => Promise<Stored<CompanyState>>;

/** Whatever fails once something is written must not say that it was not. */
export async function afterWrite<T>(work: Promise<T>): Promise<T> {
  return await work.catch((cause: unknown) => {
    throw AppError.timeout('catalog.outcome-unknown', 'Whether what was written stays is not certain yet.', cause);
  });
}

/**
 * Looks at relations once more when they are written. Of changes of the same moment each may be right, and all together
 * make a circle: whoever closes it sees all of it, because it is written by then, and takes the own change back.
 */
export function createCrossingCheck({ companies, clock }: { companies: CompanyStore; clock: Clock }) {
  /** The state before a change that closed a circle; undefined for every other. */
  async function beforeCircle(ctx: Context, { id, v, state }: Stored<CompanyState>): Promise<CompanyState | undefined> {
    const { relations = [] } = state;
    if (v === 1 || relations.length === 0) return undefined;
    if (!closesCircle(relations, await companies.around(ctx, id, relations))) return undefined;
    const before = await companies.revision(ctx, { id, v: v - 1 });
    return isSameJson(before.state.relations, relations) ? undefined : before.state;
  }

  /** The same change, which throws CONFLICT `company.relations-crossed` too, and TIMEOUT when the look cannot be had. */
  return (change: Change): Change =>
    async (ctx, request, type) => {
      const written = await change(ctx, request, type);
      if (!('relations' in request.body)) return written;
      const before = await afterWrite(beforeCircle(ctx, written));
      if (!before) return written;
      const decide = (state: CompanyState) =>
        takeBackRelations(state, { written: written.state, before }, { now: clock.now(), actorId: actorName(ctx) });
      await afterWrite(companies.change(ctx, { id: written.id, type: 'taken-back', decide }));
      const sentence = 'Changes of the same moment would make a company stand above itself.';
      throw AppError.conflict('company.relations-crossed', sentence);
    };
}
