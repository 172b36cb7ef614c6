import type { ArticleState } from '@ortoo/shared/contracts';
import type { Context } from '@ortoo/shared/kernel';
import type { Picked, VersionedStore } from '@ortoo/shared/outbox';

/** Articles that share a key and are looked at, and members of one group that are read at a time. */
const HEADS_MAX = 200;
const MEMBERS_MAX = 200;

const members = [
  'headline',
  'summary',
  'language',
  'status',
  'fingerprint',
  'duplicateOf',
  'isDuplicateByHand',
] as const;

/** What is read of an article that may be a duplicate, or have some. */
export type Candidate = Picked<ArticleState, (typeof members)[number]>;

export type DuplicateQueries = {
  /** Articles that are no duplicates and share a key, the oldest first; the oldest 200. */
  heads(ctx: Context, keys: readonly string[], except: string): Promise<{ items: Candidate[]; isComplete: boolean }>;
  /** The duplicates of one, the oldest first, 200 at a time. */
  members(ctx: Context, head: string, after?: string): Promise<{ items: Candidate[]; isComplete: boolean }>;
  /** Some articles by their ids. */
  candidates(ctx: Context, ids: string[]): Promise<Candidate[]>;
};

/** Each look-up is a walk along one of these, in its order: the keys of one text are thirty places of the first. */
export const duplicateIndexes = [
  { duplicateKeys: 1, duplicateOf: 1, _id: 1 },
  { duplicateOf: 1, _id: 1 },
] as const;

/** The look-ups of duplicates in the store of articles. */
export function createDuplicateQueries({ pick }: Pick<VersionedStore<ArticleState>, 'pick'>): DuplicateQueries {
  async function oldest(ctx: Context, filter: Record<string, unknown>, limit: number) {
    const found = await pick(ctx, { filter, members, limit: limit + 1, sort: { _id: 1 } });
    return { items: found.slice(0, limit), isComplete: found.length <= limit };
  }

  return {
    heads: async (ctx, keys, except) =>
      keys.length === 0
        ? { items: [], isComplete: true }
        : await oldest(ctx, { duplicateKeys: { $in: keys }, duplicateOf: null, _id: { $ne: except } }, HEADS_MAX),

    members: (ctx, head, after = '') => oldest(ctx, { duplicateOf: head, _id: { $gt: after } }, MEMBERS_MAX),

    candidates: (ctx, ids) => pick(ctx, { filter: { _id: { $in: ids } }, members, limit: ids.length }),
  };
}
