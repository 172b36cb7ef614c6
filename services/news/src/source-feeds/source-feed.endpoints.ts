import type { Endpoints } from '@ortoo/shared/bus';
import type { SourceFeedActions } from './source-feed.actions.ts';

/** The calls about the feeds that are read. */
export const sourceFeedEndpoints = (actions: SourceFeedActions): Endpoints => ({
  'rpc.news.feed.get': actions.get,
  'rpc.news.feed.list': actions.list,
  'rpc.news.feed.create': actions.create,
  'rpc.news.feed.change': actions.change,
  'rpc.news.feed.remove': actions.remove,
  'rpc.news.feed.fetch': actions.fetch,
});
