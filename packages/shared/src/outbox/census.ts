import {
  SUMMARY_DAYS_MAX,
  type SummaryReply,
  type SummaryRequest,
  type VersionsReply,
  type VersionsRequest,
} from '../contracts/index.ts';
import type { Context } from '../kernel/index.ts';
import { type StoreCore, statementMs } from './store-core.ts';

/** What a summary reads, and nothing else: it is answered from the index alone. */
export const CENSUS_INDEX = { changedAt: 1, check: 1 } as const;

const DAY_LENGTH = '2026-11-24'.length;
/** Sorts after every instant of its day and before those of the next. */
const AFTER_DAY = 'U';

/** Counts documents, tombstones included, and sums their `check`, by day of change; at most 1,000 days at once. */
export async function readSummary<T>(
  core: StoreCore<T>,
  ctx: Context,
  { after }: SummaryRequest,
): Promise<SummaryReply> {
  const maxTimeMS = statementMs(ctx, core.clock);
  const from = after === undefined ? { $gte: '' } : { $gt: `${after}${AFTER_DAY}` };
  const rows = await core.guard.read(() =>
    core
      .documents()
      .aggregate<{ _id: string; count: number; sum: number }>(
        [
          { $match: { changedAt: from } },
          {
            $group: {
              _id: { $substrBytes: ['$changedAt', 0, DAY_LENGTH] },
              count: { $sum: 1 },
              sum: { $sum: '$check' },
            },
          },
          { $sort: { _id: 1 } },
          { $limit: SUMMARY_DAYS_MAX + 1 },
        ],
        { hint: CENSUS_INDEX, readConcern: { level: 'majority' }, maxTimeMS },
      )
      .toArray(),
  );
  const days = rows.slice(0, SUMMARY_DAYS_MAX).map(({ _id: day, count, sum }) => ({ day, count, sum }));
  const last = days.at(-1);
  return rows.length > days.length && last ? { days, next: last.day } : { days };
}

/** Lists versions by ascending id, tombstones included, from what a majority has. */
export async function readVersions<T>(
  core: StoreCore<T>,
  ctx: Context,
  { after, limit, days }: VersionsRequest,
): Promise<VersionsReply> {
  const maxTimeMS = statementMs(ctx, core.clock);
  const filter = {
    ...(after === undefined ? {} : { _id: { $gt: after } }),
    ...(days ? { $or: days.map((day) => ({ changedAt: { $gte: day, $lt: `${day}${AFTER_DAY}` } })) } : {}),
  };
  const rows = await core.guard.read(() =>
    core
      .documents()
      .find(filter, {
        projection: { v: 1, live: 1, changedAt: 1 },
        sort: { _id: 1 },
        hint: { _id: 1 },
        limit: limit + 1,
        readConcern: 'majority',
        maxTimeMS,
      })
      .toArray(),
  );
  const items = rows.slice(0, limit).map(({ _id: id, v, live, changedAt }) => ({ id, v, live, changedAt }));
  const last = items.at(-1);
  return rows.length > items.length && last ? { items, next: last.id } : { items };
}
