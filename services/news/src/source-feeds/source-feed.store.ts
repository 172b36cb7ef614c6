import type { Instant } from '@ortoo/shared/kernel';
import { AppError, type Clock, type Context, remainingMs, shiftInstant } from '@ortoo/shared/kernel';
import { createDatabaseGuard, type Mongo } from '@ortoo/shared/outbox';
import type { FeedStatus, KeptFeed } from './source-feed.rules.ts';

/** Whoever fetches a feed and dies leaves it to others after so long. */
const CLAIM_MS = 60_000;
const STATEMENT_MS = 2_000;
const DUPLICATE_KEY = 11000;

const openFeeds = ({ connection }: Mongo) => connection.collection<Kept>('source_feeds');
type Collection = ReturnType<typeof openFeeds>;
type DatabaseGuard = ReturnType<typeof createDatabaseGuard>;
type Kept = Omit<KeptFeed, 'id'> & { _id: string; claimedUntil?: Instant };

/** Feeds to read. Nothing of them is published: they are nobody's but the desk's. */
export type SourceFeedStore = {
  find(ctx: Context, id: string): Promise<KeptFeed | undefined>;
  /** The next feeds by id. */
  list(ctx: Context, page: { after: string | undefined; limit: number }): Promise<KeptFeed[]>;
  /** Keeps a new feed; a repeat with its id answers what is kept. Throws CONFLICT `feed.url-taken` with the `id`. */
  insert(ctx: Context, feed: KeptFeed): Promise<KeptFeed>;
  /** Replaces the version before; false when that is not the current one. Throws CONFLICT `feed.url-taken`. */
  replace(ctx: Context, feed: KeptFeed): Promise<boolean>;
  remove(ctx: Context, id: string, v: number): Promise<boolean>;
  /** Feeds that are due and that nobody fetches, the longest due first. */
  due(ctx: Context, limit: number): Promise<string[]>;
  /** Takes a feed for one fetch; undefined when it is gone or another fetches it. */
  claim(ctx: Context, id: string): Promise<KeptFeed | undefined>;
  /** Notes what a fetch came to, unless the feed leads elsewhere by now, and gives the feed back. */
  settle(ctx: Context, feed: KeptFeed, status: FeedStatus): Promise<void>;
  ensureIndexes(): Promise<void>;
};

/** Feeds by id, each address once. */
export function createSourceFeedStore({ mongo, clock }: { mongo: Mongo; clock: Clock }): SourceFeedStore {
  const { connection } = mongo;
  const guard = createDatabaseGuard({ connection, service: 'news' });
  const feeds = () => openFeeds(mongo);
  const statement = (ctx: Context) => ({ maxTimeMS: Math.max(1, Math.min(STATEMENT_MS, remainingMs(ctx, clock))) });

  async function refuseTaken(ctx: Context, url: string): Promise<never> {
    const other = await guard.read(() => feeds().findOne({ url }, { projection: { _id: 1 }, ...statement(ctx) }));
    const id = other?._id;
    throw AppError.conflict('feed.url-taken', 'This address is read already.', id === undefined ? {} : { id });
  }

  const find = async (ctx: Context, id: string) =>
    toFeed(await guard.read(() => feeds().findOne({ _id: id }, statement(ctx))));

  return {
    find,
    list: async (ctx, { after, limit }) => {
      const filter = after === undefined ? {} : { _id: { $gt: after } };
      const found = await guard.read(() =>
        feeds().find(filter, statement(ctx)).sort({ _id: 1 }).limit(limit).toArray(),
      );
      return found.flatMap((kept) => toFeed(kept) ?? []);
    },
    insert: async (ctx, feed) => {
      try {
        await guard.write((session) => feeds().insertOne(toKept(feed), { session, ...statement(ctx) }));
        return feed;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        return (await find(ctx, feed.id)) ?? (await refuseTaken(ctx, feed.url));
      }
    },
    replace: async (ctx, feed) => {
      const { _id, ...members } = toKept(feed);
      const unset = Object.fromEntries(
        optional.filter((name) => !(name in members)).map((name) => [name, '' as const]),
      );
      try {
        const { matchedCount } = await guard.write((session) =>
          feeds().updateOne({ _id, v: feed.v - 1 }, { $set: members, $unset: unset }, { session, ...statement(ctx) }),
        );
        return matchedCount === 1;
      } catch (error) {
        if (isDuplicate(error)) return refuseTaken(ctx, feed.url);
        throw error;
      }
    },
    remove: async (ctx, id, v) => {
      const { deletedCount } = await guard.write((session) =>
        feeds().deleteOne({ _id: id, v }, { session, ...statement(ctx) }),
      );
      return deletedCount === 1;
    },
    ...createClaims({ feeds, guard, statement, clock }),
    ensureIndexes: async () => {
      await feeds().createIndexes([
        { key: { url: 1 }, unique: true },
        { key: { nextFetchAt: 1 }, sparse: true },
      ]);
    },
  };
}

type Core = {
  feeds: () => Collection;
  guard: DatabaseGuard;
  statement: (ctx: Context) => { maxTimeMS: number };
  clock: Clock;
};

/** Who fetches which feed, so that nobody fetches one twice at once. */
function createClaims({ feeds, guard, statement, clock }: Core): Pick<SourceFeedStore, 'due' | 'claim' | 'settle'> {
  return {
    due: async (ctx, limit) => {
      const now = clock.now();
      const filter = { nextFetchAt: { $lte: now }, ...unclaimed(now) };
      const options = { projection: { _id: 1 }, ...statement(ctx) };
      const found = await guard.read(() =>
        feeds().find(filter, options).sort({ nextFetchAt: 1 }).limit(limit).toArray(),
      );
      return found.map(({ _id }) => _id);
    },
    claim: async (ctx, id) => {
      const now = clock.now();
      const claimed = await guard.write((session) =>
        feeds().findOneAndUpdate(
          { _id: id, ...unclaimed(now) },
          { $set: { claimedUntil: shiftInstant(now, CLAIM_MS) } },
          { session, returnDocument: 'after', ...statement(ctx) },
        ),
      );
      return toFeed(claimed);
    },
    settle: async (ctx, { id, url, v }, { nextFetchAt, ...status }) => {
      // The desk may have changed the feed meanwhile: then its own plan stays, and another address keeps its own status.
      const { lastFetch, lastErrors } = status;
      const options = statement(ctx);
      const whole =
        nextFetchAt === undefined
          ? { $set: status, $unset: { claimedUntil: '' as const, nextFetchAt: '' as const } }
          : { $set: { ...status, nextFetchAt }, $unset: { claimedUntil: '' as const } };
      await guard.write(async (session) => {
        const { matchedCount } = await feeds().updateOne({ _id: id, v }, whole, { session, ...options });
        if (matchedCount === 1) return;
        await feeds().updateOne({ _id: id, url }, { $set: { lastFetch, lastErrors } }, { session, ...options });
        await feeds().updateOne({ _id: id }, { $unset: { claimedUntil: '' } }, { session, ...options });
      });
    },
  };
}

const optional = ['name', 'category', 'language', 'nextFetchAt'] as const;
const unclaimed = (now: Instant) => ({
  $or: [{ claimedUntil: { $exists: false } }, { claimedUntil: { $lte: now } }],
});

function isDuplicate(error: unknown): boolean {
  return (error as { code?: unknown }).code === DUPLICATE_KEY;
}

function toKept({ id, ...rest }: KeptFeed): Kept {
  return { _id: id, ...rest };
}

function toFeed(kept: Kept | null): KeptFeed | undefined {
  if (!kept) return undefined;
  const { _id: id, claimedUntil: _claimedUntil, ...rest } = kept;
  return { id, ...rest };
}
