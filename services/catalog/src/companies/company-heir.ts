import type { CompanyState } from '@ortoo/shared/contracts';
import type { Context } from '@ortoo/shared/kernel';
import type { Stored } from '@ortoo/shared/outbox';
import type { CompanyStore } from './company.store.ts';

/** Where a copy has gone in the end; nothing when that one was deleted, or when the way leads in a circle. */
export type Way = { end?: Stored<CompanyState>; isCircle: boolean };

/** A copy of a copy of a copy … is followed that far; the reader is then led on from there. */
const HOPS_MAX = 32;

/** Follows the merges of a copy to the company that stays. */
export async function findHeir(
  companies: Pick<CompanyStore, 'find'>,
  ctx: Context,
  copy: { id: string; state: Pick<CompanyState, 'mergedInto'> },
): Promise<Way> {
  let end: Stored<CompanyState> | undefined;
  let next = copy.state.mergedInto;
  for (let hops = 0; hops < HOPS_MAX && next !== undefined; hops += 1) {
    end = await companies.find(ctx, next);
    if (!end || end.id === copy.id) return { isCircle: end !== undefined };
    next = end.state.mergedInto;
  }
  return { ...(end ? { end } : {}), isCircle: false };
}
