import type { Context, Instant } from '../kernel/index.ts';
import { type StoreCore, statementMs } from './store-core.ts';

/** Members of a state that say when the clock moves it; a store whose states have them has an index for each. */
export const dueMembers = ['publishAt', 'unpublishAt'] as const;
export type DueMember = (typeof dueMembers)[number];

/** A document and the instant in one of those members. */
export type Planned = { id: string; at: Instant };

export type EarliestOptions = { member: DueMember; after?: Planned | undefined; limit: number };

/** The index that answers `readEarliest` by itself. */
export const dueIndex = (member: DueMember) => ({
  key: { [member]: 1, _id: 1 } as const,
  partialFilterExpression: { [member]: { $exists: true } },
});

/** The documents that have a planned instant, the earliest first, from after one that was seen. */
export async function readEarliest<T>(
  core: StoreCore<T>,
  ctx: Context,
  { member, after, limit }: EarliestOptions,
): Promise<Planned[]> {
  const maxTimeMS = statementMs(ctx, core.clock);
  const beyond = after
    ? { $or: [{ [member]: { $gt: after.at } }, { [member]: after.at, _id: { $gt: after.id } }] }
    : {};
  const rows = await core.guard.read(() =>
    core
      .documents()
      .find({ [member]: { $gte: after?.at ?? '' }, ...beyond } as never, {
        projection: { [member]: 1 },
        sort: { [member]: 1, _id: 1 },
        limit,
        batchSize: limit + 1,
        maxTimeMS,
      })
      .toArray(),
  );
  return rows.map((row) => ({ id: row._id, at: String((row as unknown as Record<string, unknown>)[member]) }));
}
