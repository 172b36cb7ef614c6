import { connectBus } from '@ortoo/shared/bus';
import type { SourceFeed } from '@ortoo/shared/contracts';
import { type Lifecycle, typeIds } from '@ortoo/shared/kernel';
import { createTurnableClock, eventually, testContext } from '@ortoo/shared/testing';
import { expect, test } from 'vitest';
import { type FeedServer, openFeedServer, rssOf } from './support/feed-server.ts';
import { openNewsPlace } from './support/news.ts';

const HOUR_MS = 3_600_000;
const FEEDS = 20;
const HOURS = 24;
/** The hour in which the service that reads is ended, in the middle of its work, and another begun. */
const RESTART_AT = 12;

/** Each feed has one more story each hour; the newest three are in its document. */
function serveHours(server: FeedServer): { hour: number } {
  const day = { hour: 0 };
  for (let n = 0; n < FEEDS; n += 1) {
    server.paths.set(`/feed-${n}`, (_request, response) => {
      const last = n * 100 + day.hour;
      response.end(rssOf(server.base, Math.max(n * 100, last - 2), last));
    });
  }
  return day;
}

test('a day of 20 feeds is read by one of two replicas, hour by hour, with a restart in it: each story is a draft once', async () => {
  const [place, server] = await Promise.all([openNewsPlace(), openFeedServer()]);
  const { space } = place;
  const clock = createTurnableClock();
  const replicas: Lifecycle[] = [await place.start(clock), await place.start(clock)];
  const bus = await connectBus({ url: space.natsUrl, names: space.names, service: 'gateway', log: space.log });
  const list = async (): Promise<SourceFeed[]> =>
    (await bus.call(testContext(), 'rpc.news.feed.list', { limit: FEEDS })).items;
  const day = serveHours(server);
  try {
    for (let n = 0; n < FEEDS; n += 1) {
      const input = { url: `${server.base}/feed-${n}`, language: 'en' as const };
      await bus.call(testContext(), 'rpc.news.feed.create', { id: typeIds.next('feed'), input });
    }
    for (day.hour = 0; day.hour < HOURS; day.hour += 1) {
      const since = clock.now();
      if (day.hour > 0) clock.turn(HOUR_MS);
      if (day.hour === RESTART_AT) {
        const [reader] = replicas.splice(0, 1);
        await reader?.stop();
        replicas.push(await place.start(clock));
      }
      await eventually(
        async () => (await list()).filter(({ lastFetch }) => lastFetch && lastFetch.at >= since).length === FEEDS,
        { timeoutMs: 60_000, everyMs: 200 },
      );
    }

    const feeds = await list();
    expect(feeds.flatMap(({ lastErrors }) => lastErrors)).toEqual([]);
    const counted = { filter: {}, limit: 1, isTotalWanted: true, view: 'staff', lang: 'en' } as const;
    const { meta } = await bus.callBytes(testContext(), 'rpc.news.article.list', counted);
    expect(Number(meta.total)).toBe(FEEDS * HOURS);
    for (let n = 0; n < FEEDS; n += 1) {
      const fetches = server.asked.filter(({ path }) => path === `/feed-${n}`).length;
      expect(
        fetches,
        `feed ${n} is asked once an hour, and at most once more around the restart`,
      ).toBeGreaterThanOrEqual(HOURS);
      expect(fetches).toBeLessThanOrEqual(HOURS + 1);
    }
  } finally {
    for (const replica of replicas) await replica.stop();
    await bus.close();
    await server.close();
    await place.close();
  }
});
