import type { FeedFetch } from '@ortoo/shared/contracts';
import { AppError, type Clock, type Context, type Ids } from '@ortoo/shared/kernel';
import type { ArticleStore } from '../articles/article.store.ts';
import type { IntakeActions } from '../intake/intake.actions.ts';
import { addressKey, canonicalOf } from '../intake/intake.rules.ts';
import type { FeedDocument, FeedDocuments } from './feed-document.client.ts';
import { givenBy, itemHash, pageOf } from './feed-item.rules.ts';
import type { FeedItem, ReadFeed } from './read-feed.ts';
import type { Fetched, KeptFeed } from './source-feed.rules.ts';

/** So long after its begin a fetch takes no further item; what is left comes with the next one. */
const TAKING_MS = 25_000;
/** Refusals of an item that will not be different next time. */
const forGood = new Set(['VALIDATION_FAILED', 'UNPROCESSABLE', 'PAYLOAD_TOO_LARGE']);

type Deps = {
  documents: FeedDocuments;
  intake: Pick<IntakeActions, 'take'>;
  articles: Pick<ArticleStore, 'pick'>;
  clock: Clock;
  ids: Ids;
};
type Counts = Omit<FeedFetch, 'error'>;
export type FeedFetcher = (ctx: Context, feed: KeptFeed, signal: AbortSignal) => Promise<Fetched>;

/**
 * Makes what fetches one feed: its document, then item by item a draft through the intake. What was there before, in
 * the last document of this feed or as any article, is a duplicate. It does not throw: what went wrong is the outcome's
 * `error`, and what is not done yet is not marked as seen, so that the next fetch goes on.
 */
export function createFeedFetcher({ documents, intake, articles, clock, ids }: Deps): FeedFetcher {
  async function take(ctx: Context, item: FeedItem, { feed, kept }: { feed: ReadFeed; kept: KeptFeed }) {
    const page = pageOf(item);
    if (!page) return 'rejected';
    const given = givenBy(item, { feed, desk: kept, now: clock.now() });
    try {
      await intake.take(ctx, { id: ids.next('article'), input: page, given });
      return 'created';
    } catch (error) {
      const { code, reason } = AppError.from(error);
      if (reason === 'article.already-ingested') return 'duplicates';
      if (forGood.has(code)) return 'rejected';
      throw error;
    }
  }

  /** The addresses among those of the items that were taken in before, asked at once. */
  async function knownAddresses(ctx: Context, items: FeedItem[]): Promise<Set<string>> {
    const keys = items.flatMap((item) => keyOf(item) ?? []);
    if (keys.length === 0) return new Set();
    const found = await articles.pick(ctx, {
      filter: { keys: { $in: keys } },
      members: ['ingestKeys'],
      limit: keys.length,
    });
    return new Set(found.flatMap(({ state }) => state.ingestKeys ?? []));
  }

  async function work(ctx: Context, kept: KeptFeed, { feed, validators }: Document, { signal, untilMs }: Limits) {
    const counts: Counts = { fetched: feed.items.length, created: 0, duplicates: 0, rejected: 0, notModified: false };
    const before = new Set(kept.seen);
    const seen: string[] = [];
    const isOver = () => signal.aborted || performance.now() > untilMs;
    try {
      const known = await knownAddresses(ctx, feed.items);
      for (const item of feed.items) {
        const hash = itemHash(item);
        const isKnown = before.has(hash) || known.has(keyOf(item) ?? '');
        if (!isKnown && isOver()) continue;
        counts[isKnown ? 'duplicates' : await take(ctx, item, { feed, kept })] += 1;
        seen.push(hash);
      }
    } catch (error) {
      return {
        outcome: { ...counts, error: shown(error) },
        seen: [...new Set([...seen, ...kept.seen])].slice(0, SEEN_MAX),
      };
    }
    if (seen.length < feed.items.length) return { outcome: counts, seen, validators: {}, isPartial: true };
    return { outcome: counts, seen, validators };
  }

  return async (ctx, kept, signal) => {
    const untilMs = performance.now() + TAKING_MS;
    try {
      const document = await documents.fetch(kept.url, kept.validators, signal);
      if (document.type === 'document') return await work(ctx, kept, document, { signal, untilMs });
      if (document.type === 'unchanged') return { outcome: { ...nothing, notModified: true } };
      const { error, isGone, retryAfterMs } = document;
      return { outcome: { ...nothing, error: shown(error) }, isGone, ...(retryAfterMs ? { retryAfterMs } : {}) };
    } catch (error) {
      if (!(error instanceof AppError) && !signal.aborted)
        ctx.log.error({ err: error, feed: kept.id }, 'a fetch failed');
      return { outcome: { ...nothing, error: shown(error) } };
    }
  };
}

type Limits = { signal: AbortSignal; untilMs: number };
type Document = Extract<FeedDocument, { type: 'document' }>;

const SEEN_MAX = 4_000;
const nothing: Counts = { fetched: 0, created: 0, duplicates: 0, rejected: 0, notModified: false };

function keyOf({ url }: FeedItem): string | undefined {
  const canonical = canonicalOf(undefined, url);
  return canonical === undefined ? undefined : addressKey(canonical);
}

function shown(error: unknown): NonNullable<FeedFetch['error']> {
  const { code, reason, message } = AppError.from(error);
  return { code, reason, message };
}
