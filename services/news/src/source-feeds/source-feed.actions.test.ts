import { typeIds } from '@ortoo/shared/kernel';
import { createTurnableClock, testContext } from '@ortoo/shared/testing';
import { expect, test } from 'vitest';
import { createSourceFeedActions } from './source-feed.actions.ts';
import { addFeed, type FeedStatus } from './source-feed.rules.ts';
import type { SourceFeedStore } from './source-feed.store.ts';

/** A server that takes all the time that a fetch has is played. */
test('what a fetch came to is noted also when it took all of its time', async () => {
  const clock = createTurnableClock();
  const judging = { knownCategories: new Set<string>(), targetFault: () => undefined };
  const feed = addFeed(typeIds.next('feed'), { url: 'https://post.example/rss' }, clock.now(), judging);
  const outcome = { fetched: 2, created: 2, duplicates: 0, rejected: 0, notModified: false };
  const noted: { leftMs: number; status: FeedStatus }[] = [];
  const feeds = {
    claim: async () => feed,
    settle: async (ctx, _feed, status) => {
      noted.push({ leftMs: ctx.deadlineMs - clock.nowMs(), status });
    },
  } satisfies Partial<SourceFeedStore>;
  const actions = createSourceFeedActions({
    feeds: feeds as unknown as SourceFeedStore,
    categories: { known: async () => judging.knownCategories },
    fetchFeed: async () => {
      clock.turn(60_000);
      return { outcome };
    },
    targetFault: judging.targetFault,
    clock,
  });
  const ctx = testContext({ deadlineMs: clock.nowMs() + 35_000 });
  expect(await actions.fetchDue(ctx, feed.id, new AbortController().signal)).toEqual(outcome);
  expect(noted).toMatchObject([{ status: { lastFetch: outcome } }]);
  expect(noted[0]?.leftMs).toBeGreaterThan(1_000);
});
