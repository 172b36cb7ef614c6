import { AppError } from '@ortoo/shared/kernel';
import type { Connection, mongo } from 'mongoose';
import type { Click, LoggedQuery } from './query-log.rules.ts';
import type { LatencyRow, QueryRow, Window } from './search-stats.rules.ts';

/** Where searches and their clicks lie. Each function throws UNAVAILABLE `query-log.unavailable` when the database is away. */
export type QueryLogStore = {
  /** Keeps searches; one that is there already stays as it is. */
  insert(queries: LoggedQuery[], expiresAtMs: number): Promise<void>;
  /** Notes a click, a document once; false when there is no such search, or no longer. */
  click(click: Click, nowMs: number): Promise<boolean>;
  countLatencies(window: Window): Promise<LatencyRow[]>;
  /** The most frequent queries, without those for everything. */
  listTop(window: Window, limit: number): Promise<QueryRow[]>;
  /** The most frequent ones of those that found nothing. */
  listZeroHit(window: Window, limit: number): Promise<{ query: string; count: number }[]>;
  /** The most frequent queries of the public that were never masked and always found something, asked on so many days. */
  listFrequent(window: Window, wanted: { countMin: number; daysMin: number; limit: number }): Promise<string[]>;
  /** Removes the oldest searches beyond so many, at most 10,000 at once; answers how many. */
  removeBeyond(recordsMax: number): Promise<number>;
  ensureIndexes(): Promise<void>;
};

type QueryRecord = Omit<LoggedQuery, 'id' | 'atMs'> & {
  _id: string;
  at: Date;
  expiresAt: Date;
  clicks?: { id: string; position: number }[];
};

const DUPLICATE = 11000;
/** Each click is about one document found by its id. */
const CLICK_MS = 2_000;
/** Counting goes through a window of the log; what takes longer is given up. */
const COUNT_MS = 5_000;
/** Nobody looks at more of what one search has found; what else is clicked is not kept. */
const CLICKS_MAX = 20;
const REMOVED_MAX = 10_000;

const sizeOfClicks = { $size: { $ifNull: ['$clicks', []] } };

/** The query log in the gateway's own database; MongoDB removes what expires, which takes a date of its own. */
export function createQueryLogStore(connection: Connection): QueryLogStore {
  const records = () => connection.collection<QueryRecord>('queries');

  const within = ({ since, until }: Window) => ({ $match: { at: { $gte: new Date(since), $lt: new Date(until) } } });
  const aggregate = <T extends object>(pipeline: object[]): Promise<T[]> =>
    guard(() => records().aggregate<T>(pipeline, { maxTimeMS: COUNT_MS, allowDiskUse: true }).toArray());

  return {
    async insert(queries, expiresAtMs) {
      const rows = queries.map(({ id: _id, atMs, ...query }) => {
        return { _id, ...query, at: new Date(atMs), expiresAt: new Date(expiresAtMs) };
      });
      await guard(() =>
        records()
          .insertMany(rows, { ordered: false, writeConcern: { w: 1 } })
          .catch(passRepeats),
      );
    },
    async click({ queryId, id, position }, nowMs) {
      const known = { _id: queryId, expiresAt: { $gt: new Date(nowMs) } };
      const isNew = { 'clicks.id': { $ne: id }, [`clicks.${CLICKS_MAX - 1}`]: { $exists: false } };
      const push = { $push: { clicks: { id, position } } };
      const { matchedCount } = await guard(() =>
        records().updateOne({ ...known, ...isNew }, push, { maxTimeMS: CLICK_MS }),
      );
      if (matchedCount === 1) return true;
      return (await guard(() => records().countDocuments(known, { limit: 1, maxTimeMS: CLICK_MS }))) === 1;
    },
    countLatencies: (window) =>
      aggregate<LatencyRow>([
        within(window),
        {
          $group: {
            _id: '$latencyMs',
            queries: { $sum: 1 },
            zeroHits: { $sum: { $cond: [{ $eq: ['$hits', 0] }, 1, 0] } },
          },
        },
        { $project: { _id: 0, latencyMs: '$_id', queries: 1, zeroHits: 1 } },
      ]),
    listTop: (window, limit) =>
      aggregate<QueryRow>([
        within(window),
        { $match: { query: { $ne: '' } } },
        {
          $group: {
            _id: '$query',
            count: { $sum: 1 },
            clicked: { $sum: { $min: [1, sizeOfClicks] } },
            clicks: { $sum: sizeOfClicks },
            positions: { $sum: { $sum: '$clicks.position' } },
          },
        },
        ...mostFrequent(limit),
        { $project: { _id: 0, query: '$_id', count: 1, clicked: 1, clicks: 1, positions: 1 } },
      ]),
    listZeroHit: (window, limit) =>
      aggregate<{ query: string; count: number }>([
        within(window),
        { $match: { hits: 0, query: { $ne: '' } } },
        { $group: { _id: '$query', count: { $sum: 1 } } },
        ...mostFrequent(limit),
        { $project: { _id: 0, query: '$_id', count: 1 } },
      ]),
    async listFrequent(window, { countMin, daysMin, limit }) {
      const found = await aggregate<{ _id: string }>([
        within(window),
        { $match: { query: { $ne: '' }, isMasked: false, isOfStaff: false } },
        {
          $group: {
            _id: '$query',
            count: { $sum: 1 },
            hits: { $min: '$hits' },
            days: { $addToSet: { $dateTrunc: { date: '$at', unit: 'day' } } },
          },
        },
        { $match: { count: { $gte: countMin }, hits: { $gt: 0 }, [`days.${daysMin - 1}`]: { $exists: true } } },
        ...mostFrequent(limit),
      ]);
      return found.map(({ _id }) => _id);
    },
    async removeBeyond(recordsMax) {
      const tooMany = (await guard(() => records().estimatedDocumentCount())) - recordsMax;
      if (tooMany <= 0) return 0;
      const options = { sort: { _id: 1 }, skip: Math.min(tooMany, REMOVED_MAX) - 1, projection: { _id: 1 } } as const;
      const last = await guard(() => records().findOne({}, options)); // ids sort by time
      if (!last) return 0;
      return (await guard(() => records().deleteMany({ _id: { $lte: last._id } }))).deletedCount;
    },
    async ensureIndexes() {
      await guard(() =>
        records().createIndexes([{ key: { at: 1 } }, { key: { expiresAt: 1 }, expireAfterSeconds: 0 }]),
      );
    },
  };
}

const mostFrequent = (limit: number) => [{ $sort: { count: -1, _id: 1 } }, { $limit: limit }];

/** What a first try has kept although its answer was lost is not an error. */
function passRepeats(error: unknown): void {
  const { code, writeErrors } = error as { code?: unknown; writeErrors?: mongo.WriteError | mongo.WriteError[] };
  const each = [writeErrors ?? []].flat();
  if (code !== DUPLICATE || each.some((one) => one.code !== DUPLICATE)) throw error;
}

async function guard<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw AppError.unavailable('query-log.unavailable', 'The query log cannot be asked at the moment.', { cause });
  }
}
