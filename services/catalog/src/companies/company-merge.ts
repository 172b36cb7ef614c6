import {
  type CompanyFilter,
  type CompanyMergeRequest,
  type CompanyState,
  type GetRequest,
  parseRef,
  requireSeen,
} from '@ortoo/shared/contracts';
import { AppError, type Clock, type Context } from '@ortoo/shared/kernel';
import { actorName, type Stored } from '@ortoo/shared/outbox';
import type { CompanyStore, Heirs } from './company.store.ts';
import { afterWrite } from './company-crossing.ts';
import { findHeir } from './company-heir.ts';
import { type MergeTarget, mergeCompany, undoMerge } from './company-merge.rules.ts';

type Found = Stored<CompanyState>;

/** How companies are merged, and what that does to reads. */
export function createMerging({ companies, clock }: { companies: CompanyStore; clock: Clock }) {
  const stampOf = (ctx: Context) => ({ now: clock.now(), actorId: actorName(ctx) });

  async function findRef(ctx: Context, ref: string): Promise<Found | undefined> {
    const asked = parseRef('company', ref);
    return await (asked.type === 'id' ? companies.find(ctx, asked.id) : companies.findByKey(ctx, asked.key));
  }

  const follow = (ctx: Context, copy: Parameters<typeof findHeir>[2]) => findHeir(companies, ctx, copy);

  async function targetOf(ctx: Context, ref: string): Promise<MergeTarget> {
    const target = await findRef(ctx, ref);
    if (!target) return { ref };
    const { id, state } = target;
    if (state.mergedInto === undefined) return { ref, found: { id } };
    const { end } = await follow(ctx, target);
    return { ref, found: { id, mergedInto: end?.id ?? state.mergedInto } };
  }

  async function attempt(ctx: Context, { id, v, into, requestKey }: CompanyMergeRequest) {
    const copy = await findRef(ctx, id);
    if (!copy) throw AppError.notFound('company.not-found', `There is no company ${id}.`);
    const target = await targetOf(ctx, into);
    let before = copy.state;
    const merged = await companies.change(ctx, {
      id: copy.id,
      v,
      requestKey,
      type: 'merged',
      compared: ['status'], // who may merge need not be who may see all
      decide: (state) => {
        before = state;
        return mergeCompany(state, { id: copy.id, target }, stampOf(ctx));
      },
    });
    return { merged, before };
  }

  return {
    /** As reads of any document; one that was merged answers where it went, if the reader may see that. */
    async get(ctx: Context, { ref, view }: GetRequest) {
      const found = await findRef(ctx, ref);
      const { end } = found?.state.mergedInto === undefined ? {} : await follow(ctx, found);
      const isHidden = end !== undefined && !end.visible && view === 'public';
      if (!end || isHidden) return requireSeen(isHidden ? undefined : found, { kind: 'company', ref, view });
      return { movedTo: parseRef('company', ref).type === 'id' ? end.id : end.state.slug };
    },

    /**
     * Merges a copy into another company. Throws what `mergeCompany` and `VersionedStore.change` throw, and CONFLICT
     * `company.merge-crossed` when merges of the same moment would lead in a circle. Two that cross each other cannot
     * both be written, since they hold the same unique key (`mergePair`). A longer circle is seen by who closes it,
     * because all of it is written by then, and is opened again. Throws TIMEOUT when that cannot be seen just now: the merge
     * is written, and a repeat looks again.
     */
    async merge(ctx: Context, request: CompanyMergeRequest): Promise<Found> {
      const { merged, before } = await attempt(ctx, request).catch((error: unknown) => {
        if (!isPairTaken(error)) throw error;
        return attempt(ctx, request); // what crossed it is there to be read now
      });
      const { isCircle } = await afterWrite(follow(ctx, merged));
      if (!isCircle) return merged;
      const decide = (state: CompanyState) => undoMerge(state, before, stampOf(ctx));
      await afterWrite(companies.change(ctx, { id: merged.id, type: 'unmerged', decide }));
      throw AppError.conflict('company.merge-crossed', 'Merges of the same moment would lead in a circle.');
    },

    /**
     * Who a list finds by the ids and numbers of copies: they stay with the copy, and lead on as its slugs do. Later
     * imports match by the same.
     */
    async heirsOf(ctx: Context, { externalId, registrationNumber }: CompanyFilter): Promise<Heirs> {
      const endsOf = async (prefix: string, values: string[] = []): Promise<string[]> => {
        const copies =
          values.length > 0
            ? await companies.merged(
                ctx,
                values.map((value) => `${prefix}:${value}`),
              )
            : [];
        const ways = await Promise.all(copies.map((copy) => follow(ctx, copy)));
        return ways.flatMap(({ end }) => end?.id ?? []);
      };
      const [byId, byNumber] = await Promise.all([endsOf('ext', externalId), endsOf('reg', registrationNumber)]);
      return { externalId: byId, registrationNumber: byNumber };
    },
  };
}

function isPairTaken(error: unknown): boolean {
  return error instanceof AppError && error.reason === 'company.key-taken';
}
