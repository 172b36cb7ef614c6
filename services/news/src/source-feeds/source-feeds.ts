import type { Bus, Endpoints } from '@ortoo/shared/bus';
import { type Clock, type Logger, typeIds } from '@ortoo/shared/kernel';
import type { Mongo } from '@ortoo/shared/outbox';
import { createOutgoing, findTargetFault } from '@ortoo/shared/outgoing';
import type { ArticleStore } from '../articles/article.store.ts';
import type { KnownCategories } from '../categories/known-categories.follower.ts';
import { type NewsConfig, readBlocks } from '../config.ts';
import type { IntakeActions } from '../intake/intake.actions.ts';
import { createFeedDocuments } from './feed-document.client.ts';
import { createFeedFetcher } from './feed-fetch.ts';
import { createSourceFeedActions } from './source-feed.actions.ts';
import { sourceFeedEndpoints } from './source-feed.endpoints.ts';
import { createSourceFeedStore } from './source-feed.store.ts';
import { createSourceFeedsWorker } from './source-feeds.worker.ts';

type Deps = {
  config: NewsConfig;
  mongo: Mongo;
  bus: Pick<Bus, 'leases'>;
  articles: ArticleStore;
  categories: KnownCategories;
  intake: IntakeActions;
  clock: Clock;
  log: Logger;
};

/** The reading of feeds with all that it needs: what is called, and what runs. */
export type SourceFeeds = { endpoints: Endpoints; start(): Promise<void>; stop(): Promise<void> };

export function createSourceFeeds({ config, mongo, bus, articles, categories, intake, clock, log }: Deps): SourceFeeds {
  const exempt = readBlocks(config.OUTGOING_EXEMPT);
  const outgoing = createOutgoing({ exempt });
  const documents = createFeedDocuments({ outgoing, clock, hostSpacingMs: config.FEED_HOST_SPACING_MS });
  const store = createSourceFeedStore({ mongo, clock });
  const feeds = createSourceFeedActions({
    feeds: store,
    categories,
    fetchFeed: createFeedFetcher({ documents, intake, articles, clock, ids: typeIds }),
    targetFault: (url) => findTargetFault(url, exempt),
    clock,
  });
  const worker = createSourceFeedsWorker({ feeds, leases: bus.leases, clock, log });
  return {
    endpoints: sourceFeedEndpoints(feeds),
    start: async () => {
      await store.ensureIndexes();
      await worker.start();
    },
    stop: async () => {
      await worker.stop();
      await outgoing.close();
      await documents.close();
    },
  };
}
