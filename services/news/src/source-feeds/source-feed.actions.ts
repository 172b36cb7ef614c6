import type { FeedFetch, SourceFeed, SourceFeedInput, SourceFeedPatch } from '@ortoo/shared/contracts';
import { AppError, type Clock, type Context } from '@ortoo/shared/kernel';
import type { KnownCategories } from '../categories/known-categories.follower.ts';
import type { FeedFetcher } from './feed-fetch.ts';
import {
  addFeed,
  changeFeed,
  type Judging,
  type KeptFeed,
  requireFeedVersion,
  settleFetch,
  viewFeed,
} from './source-feed.rules.ts';
import type { SourceFeedStore } from './source-feed.store.ts';

/** Somebody else may write between the reading and the write of one edit so often. */
const ATTEMPTS_MAX = 5;
const NOTING_MS = 5_000;

type Deps = {
  feeds: SourceFeedStore;
  categories: Pick<KnownCategories, 'known'>;
  fetchFeed: FeedFetcher;
  targetFault: Judging['targetFault'];
  clock: Clock;
};
export type SourceFeedActions = ReturnType<typeof createSourceFeedActions>;

/** What can be done with the feeds that are read. */
export function createSourceFeedActions({ feeds, categories, fetchFeed, targetFault, clock }: Deps) {
  const judging = async (ctx: Context): Promise<Judging> => ({
    knownCategories: await categories.known(ctx),
    targetFault,
  });

  async function load(ctx: Context, id: string): Promise<KeptFeed> {
    const feed = await feeds.find(ctx, id);
    if (!feed) throw notFound(id);
    return feed;
  }

  /** Fetches a feed that was claimed, and notes what came of it. */
  async function fetchClaimed(ctx: Context, feed: KeptFeed, signal: AbortSignal): Promise<FeedFetch> {
    const fetched = await fetchFeed(ctx, feed, signal);
    if (signal.aborted && fetched.outcome.error) return fetched.outcome; // ours, not the feed's: the claim runs out
    // Whoever waits may have gone; what came of it is noted all the same.
    const noting = { ...ctx, deadlineMs: clock.nowMs() + NOTING_MS };
    await feeds.settle(noting, feed, settleFetch(feed, fetched, clock.now()));
    return fetched.outcome;
  }

  return {
    get: async (ctx: Context, { id }: { id: string }): Promise<SourceFeed> => viewFeed(await load(ctx, id)),

    list: async (ctx: Context, { limit, after }: { limit: number; after?: string | undefined }) => {
      const found = await feeds.list(ctx, { after, limit: limit + 1 });
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return { items: items.map(viewFeed), ...(found.length > limit && last ? { next: last.id } : {}) };
    },

    /** Throws VALIDATION_FAILED naming each fault, CONFLICT `feed.url-taken`. */
    create: async (ctx: Context, { id, input }: { id: string; input: SourceFeedInput }): Promise<SourceFeed> =>
      viewFeed(await feeds.insert(ctx, addFeed(id, input, clock.now(), await judging(ctx)))),

    /** Throws NOT_FOUND, VERSION_MISMATCH, VALIDATION_FAILED, CONFLICT `feed.url-taken`. */
    change: async (
      ctx: Context,
      { id, v, body }: { id: string; v?: number | undefined; body: SourceFeedPatch },
    ): Promise<SourceFeed> => {
      const judged = await judging(ctx);
      for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
        const feed = await load(ctx, id);
        requireFeedVersion(feed, v);
        const changed = changeFeed(feed, body, clock.now(), judged);
        if (changed === feed || (await feeds.replace(ctx, changed))) return viewFeed(changed);
      }
      throw contended(id);
    },

    /** Drafts that came from the feed stay. Throws NOT_FOUND, VERSION_MISMATCH. */
    remove: async (ctx: Context, { id, v }: { id: string; v?: number | undefined }) => {
      for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
        const feed = await load(ctx, id);
        requireFeedVersion(feed, v);
        if (await feeds.remove(ctx, id, feed.v)) return { id, v: feed.v + 1 };
      }
      throw contended(id);
    },

    /** Fetches now, whatever the plan says. Throws NOT_FOUND, CONFLICT `feed.fetch-running`. */
    fetch: async (ctx: Context, { id }: { id: string }): Promise<FeedFetch> => {
      const feed = await feeds.claim(ctx, id);
      if (feed) return await fetchClaimed(ctx, feed, new AbortController().signal);
      await load(ctx, id);
      throw AppError.conflict('feed.fetch-running', 'This feed is being fetched already.', { retryAfterMs: 5_000 });
    },

    /** Fetches a feed that is due; nothing when it is gone or somebody else fetches it. */
    fetchDue: async (ctx: Context, id: string, signal: AbortSignal): Promise<FeedFetch | undefined> => {
      const feed = await feeds.claim(ctx, id);
      return feed && (await fetchClaimed(ctx, feed, signal));
    },

    /** The feeds that are due. */
    due: (ctx: Context, limit: number): Promise<string[]> => feeds.due(ctx, limit),
  };
}

const notFound = (id: string) => AppError.notFound('feed.not-found', `There is no feed ${id}.`);
const contended = (id: string) => AppError.unavailable('contended', `Too many write ${id} at once.`);
