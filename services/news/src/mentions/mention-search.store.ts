import type { SortValues } from '@ortoo/shared/contracts';
import type { Clock, Ids } from '@ortoo/shared/kernel';
import { createDatabaseGuard, type Mongo } from '@ortoo/shared/outbox';
import { type KeptCompany, openCompanyRows, toKept } from './company-names.store.ts';

/** A walk through the articles for the companies that have names which articles were not searched for. */
export type MentionSearch = {
  id: string;
  /** The last article that was looked at, as a page's `next` names it; absent before the first. */
  after?: SortValues;
  looked: number;
};

/** `_id` is the same for every walk, so that there is one at a time. */
type Kept = MentionSearch & { _id: string; startedAt: string; isDone: boolean };

const STATEMENT_MS = 5_000;
/** Statements that may take every company. */
const ALL_MS = 60_000;
const BATCH = 200;
const THE_WALK = 'articles';

/** Which walk there is, and how far it came. Throws UNAVAILABLE while MongoDB is away. */
export type MentionSearchStore = {
  /** The walk that is not over. */
  current(): Promise<MentionSearch | undefined>;
  /** Begins a walk with every company that waits for one, unless there is one. */
  begin(): Promise<void>;
  /** The companies of a walk, in no order. */
  companies(search: MentionSearch): AsyncGenerator<KeptCompany>;
  /** Notes how far a walk came; false when another has noted more, or ended it. */
  advance(search: MentionSearch, next: Omit<MentionSearch, 'id'>): Promise<boolean>;
  /** Ends a walk, and lets go of its companies. */
  finish(search: MentionSearch): Promise<void>;
  ensureIndexes(): Promise<void>;
};

/**
 * A company belongs to the walk whose id stands in its row; new names take it out again (`awaiting`). Whoever was cut
 * off, or stood still, between two statements leaves companies to the next walk, never unsearched.
 */
export function createMentionSearchStore(deps: { mongo: Mongo; clock: Clock; ids: Ids }): MentionSearchStore {
  const { mongo, clock, ids } = deps;
  const guard = createDatabaseGuard({ connection: mongo.connection, service: 'news' });
  const rows = () => openCompanyRows(mongo);
  const walks = () => mongo.connection.collection<Kept>('mention_searches');
  const newest = () => guard.read(() => walks().findOne({ _id: THE_WALK }, { maxTimeMS: STATEMENT_MS }));

  return {
    current: async () => {
      const found = await newest();
      if (!found || found.isDone) return undefined;
      const { id, after, looked } = found;
      return { id, looked, ...(after ? { after } : {}) };
    },
    begin: async () => {
      const isAsked = { search: { $exists: true } };
      if (!(await guard.read(() => rows().findOne(isAsked, { maxTimeMS: STATEMENT_MS })))) return;
      const before = await newest();
      const id = ids.next('search');
      const walk = { id, startedAt: clock.now(), looked: 0, isDone: false };
      await guard.write(async (session) => {
        await rows().updateMany(isAsked, { $set: { search: id } }, { session, maxTimeMS: ALL_MS });
        const options = { session, maxTimeMS: STATEMENT_MS };
        if (before) await walks().replaceOne({ _id: THE_WALK, id: before.id, isDone: true }, walk, options);
        else await walks().insertOne({ _id: THE_WALK, ...walk }, options);
      });
    },
    companies: async function* ({ id }) {
      const cursor = rows().find({ search: id }, { batchSize: BATCH, maxTimeMS: ALL_MS });
      try {
        for await (const row of cursor) yield toKept(row);
      } finally {
        await cursor.close();
      }
    },
    advance: async ({ id, looked }, next) => {
      const asIt = { _id: THE_WALK, id, looked, isDone: false };
      const { matchedCount } = await guard.write((session) =>
        walks().updateOne(asIt, { $set: next }, { session, maxTimeMS: STATEMENT_MS }),
      );
      return matchedCount === 1;
    },
    finish: async ({ id }) => {
      await guard.write(async (session) => {
        await rows().updateMany({ search: id }, { $unset: { search: '' } }, { session, maxTimeMS: ALL_MS });
        const options = { session, maxTimeMS: STATEMENT_MS };
        await walks().updateOne({ _id: THE_WALK, id }, { $set: { isDone: true } }, options);
      });
    },
    ensureIndexes: async () => {
      await rows().createIndex({ search: 1 }, { sparse: true });
    },
  };
}
