import { gzipSync } from 'node:zlib';
import type { FeedFetch, SourceFeed, SourceFeedInput } from '@ortoo/shared/contracts';
import { systemClock, typeIds } from '@ortoo/shared/kernel';
import { eventually, refusal, testContext } from '@ortoo/shared/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answering, type FeedServer, openFeedServer, rssOf, storyText, storyTitle } from './support/feed-server.ts';
import { openNews, type Shown, type TestNews } from './support/news.ts';

let news: TestNews;
let server: FeedServer;
beforeAll(async () => {
  [news, server] = await Promise.all([openNews(), openFeedServer()]);
});
afterAll(async () => {
  await server.close();
  await news.close();
});

const ctx = () => testContext({ deadlineMs: systemClock.nowMs() + 35_000 });
/** Paused, so that only the test fetches it. */
const add = (input: SourceFeedInput, id = typeIds.next('feed')): Promise<SourceFeed> =>
  news.bus.call(ctx(), 'rpc.news.feed.create', { id, input: { state: 'paused', ...input } });
const fetchNow = ({ id }: { id: string }): Promise<FeedFetch> => news.bus.call(ctx(), 'rpc.news.feed.fetch', { id });
const read = ({ id }: { id: string }): Promise<SourceFeed> => news.bus.call(ctx(), 'rpc.news.feed.get', { id });
const articles = async () => (await news.read<Shown[]>('rpc.news.article.list', { filter: {}, limit: 100 })).body;
const withTitle = async (title: string) => (await articles()).filter(({ headline }) => headline === title);
const counts = (fetched: number, created: number, duplicates = 0, rejected = 0) => ({
  fetched,
  created,
  duplicates,
  rejected,
  notModified: false,
});

let paths = 0;
/** A path of its own with an answer. */
function serve(text: string, headers: Record<string, string> = {}, status = 200): string {
  paths += 1;
  const path = `/feed-${paths}`;
  server.paths.set(path, answering(text, headers, status));
  return path;
}
const feedAt = (path: string, more: object = {}) => add({ url: server.base + path, ...more });

describe('a fetch', () => {
  test('makes a draft of each item with what the feed says, and counts it the next time', async () => {
    const feed = await feedAt(serve(rssOf(server.base, 1, 2)), { category: 'road', name: 'The Post' });
    expect(await fetchNow(feed)).toEqual(counts(2, 2));
    const [draft] = await withTitle(storyTitle(1));
    expect(draft).toMatchObject({
      status: 'draft',
      language: 'en',
      source: { name: 'The Post', domain: '127.0.0.1' },
      sourcePublishedAt: { date: '2022-09-21T00:00', precision: 'minute', tzid: 'UTC' },
      canonicalUrl: `${server.base}/stories/1`,
      categories: expect.arrayContaining(['road']),
    });
    expect(draft?.plainText).toContain(storyText(1).slice(0, 80));
    expect(await fetchNow(feed)).toEqual(counts(2, 0, 2));
  });

  test('of Atom and JSON Feed gives the same', async () => {
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>A</title><id>urn:a</id><updated>2022-09-21T00:00:00Z</updated>
<entry><title>${storyTitle(10)}</title><id>urn:10</id><link href="/stories/10"/><content type="html">&lt;p&gt;${storyText(10)}&lt;/p&gt;</content></entry></feed>`;
    const item = {
      id: '11',
      url: `${server.base}/stories/11`,
      title: storyTitle(11),
      content_html: `<p>${storyText(11)}</p>`,
    };
    const json = { version: 'https://jsonfeed.org/version/1.1', title: 'J', language: 'en', items: [item] };
    expect(await fetchNow(await feedAt(serve(atom)))).toEqual(counts(1, 1));
    expect(await fetchNow(await feedAt(serve(JSON.stringify(json))))).toEqual(counts(1, 1));
    expect(await withTitle(storyTitle(10))).toHaveLength(1);
    expect(await withTitle(storyTitle(11))).toHaveLength(1);
  });

  test('asks only for what is new, by what the server said of its last answer', async () => {
    const path = serve('');
    const [etag, at] = ['"v1"', 'Wed, 21 Sep 2022 08:00:00 GMT'];
    server.paths.set(path, (request, response) => {
      const isKnown = request.headers['if-none-match'] === etag && request.headers['if-modified-since'] === at;
      if (isKnown) response.writeHead(304).end();
      else response.writeHead(200, { etag, 'last-modified': at }).end(rssOf(server.base, 20, 20));
    });
    const feed = await feedAt(path);
    expect(await fetchNow(feed)).toEqual(counts(1, 1));
    expect(await fetchNow(feed)).toEqual({ ...counts(0, 0), notModified: true });
    expect((await read(feed)).lastFetch).toMatchObject({ notModified: true });
  });

  test('does not bring back what the desk has deleted', async () => {
    const path = serve(rssOf(server.base, 30, 30));
    const feed = await feedAt(path);
    await fetchNow(feed);
    const [draft] = await withTitle(storyTitle(30));
    await news.bus.call(ctx(), 'rpc.news.article.remove', { id: draft?.id ?? '', v: draft?.v ?? 0 });
    server.paths.set(path, answering(rssOf(server.base, 30, 31)));
    expect(await fetchNow(feed)).toEqual(counts(2, 1, 1));
    expect(await withTitle(storyTitle(30))).toEqual([]);
  });

  test('counts what another feed brought as a duplicate: by its address, and by nearly the same text', async () => {
    const other = rssOf(server.base, 40, 41)
      .replace('/stories/41', '/syndicated/41')
      .replace('long winters', 'hard winters');
    expect(await fetchNow(await feedAt(serve(rssOf(server.base, 40, 41))))).toEqual(counts(2, 2));
    expect(await fetchNow(await feedAt(serve(other)))).toEqual(counts(2, 0, 2));
  });

  test('rejects items without words, and takes those beside them', async () => {
    const empty = '<item><title>Nothing to read</title><guid>e</guid></item>';
    const feed = await feedAt(serve(rssOf(server.base, 50, 50).replace('<item>', `${empty}<item>`)));
    expect(await fetchNow(feed)).toEqual(counts(2, 1, 0, 1));
  });

  test('runs once at a time, also over replicas', async () => {
    const path = serve('');
    server.paths.set(
      path,
      (_request, response) => void setTimeout(() => response.end(rssOf(server.base, 60, 60)), 300),
    );
    const feed = await feedAt(path);
    const both = await Promise.allSettled([fetchNow(feed), fetchNow(feed)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const [refused] = both.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused).toMatchObject({ code: 'CONFLICT', reason: 'feed.fetch-running' });
  });
});

test('what came of a fetch is noted although nobody waits for it any more', async () => {
  const path = serve('');
  server.paths.set(path, (_request, response) => void setTimeout(() => response.writeHead(500).end(), 800));
  const feed = await feedAt(path);
  const hasty = testContext({ deadlineMs: systemClock.nowMs() + 300 });
  expect(await refusal(news.bus.call(hasty, 'rpc.news.feed.fetch', { id: feed.id }))).toMatchObject({
    code: 'TIMEOUT',
  });
  await eventually(async () => (await read(feed)).lastErrors.length === 1);
  expect((await read(feed)).lastFetch).toMatchObject({ error: { reason: 'feed.answered-500' } });
});

describe('a server', () => {
  test('that refuses us in its robots.txt is left alone', async () => {
    const strict = await openFeedServer();
    strict.paths.set(
      '/robots.txt',
      answering('User-agent: *\nDisallow: /private\n\nUser-agent: OrtooFeedReader\nDisallow: /no'),
    );
    for (const path of ['/no', '/private']) strict.paths.set(path, answering(rssOf(strict.base, 70, 70)));
    expect(await fetchNow(await add({ url: `${strict.base}/no` }))).toMatchObject({
      error: { code: 'UNPROCESSABLE', reason: 'feed.robots-disallowed' },
    });
    expect(await fetchNow(await add({ url: `${strict.base}/private` }))).toEqual(counts(1, 1));
    expect(strict.asked.map(({ path }) => path)).toEqual(['/robots.txt', '/private']);
    expect(strict.asked[0]?.headers['user-agent']).toMatch(/^OrtooFeedReader\//);
    await strict.close();
  });

  test('whose robots.txt fails is not read', async () => {
    const broken = await openFeedServer();
    broken.paths.set('/robots.txt', answering('', {}, 503));
    broken.paths.set('/feed', answering(rssOf(broken.base, 71, 71)));
    expect(await fetchNow(await add({ url: `${broken.base}/feed` }))).toMatchObject({
      error: { reason: 'feed.robots-unreachable' },
    });
    await broken.close();
  });

  test('that says its feed is gone is not asked again, and the errors can be read', async () => {
    const feed = await feedAt(serve('', {}, 410), { state: 'active' });
    await eventually(async () => (await read(feed)).state === 'gone');
    const shown = await read(feed);
    expect(shown).not.toHaveProperty('nextFetchAt');
    expect(shown.lastErrors).toMatchObject([{ reason: 'feed.answered-410', message: 'The server answered with 410.' }]);
  });

  test('that asks to be left alone is, for that time', async () => {
    const feed = await feedAt(serve('', { 'retry-after': '7200' }, 429), { state: 'active' });
    await eventually(async () => (await read(feed)).lastErrors.length === 1);
    const { nextFetchAt = '', lastFetch } = await read(feed);
    expect(Date.parse(nextFetchAt) - Date.parse(lastFetch?.at ?? '')).toBe(7_200_000);
  });
});

describe('a hostile server', () => {
  const bomb =
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><rss version="2.0"><channel><title>&a;</title></channel></rss>';
  test.each([
    ['with a document type', () => serve(bomb), 'feed.doctype-refused'],
    ['with a page', () => serve('<html><body>hello</body></html>'), 'feed.unreadable'],
    ['with more than 5 MB', () => serve(`<rss>${' '.repeat(6 * 1024 * 1024)}</rss>`), 'outgoing.too-large'],
    ['with an error', () => serve('', {}, 500), 'feed.answered-500'],
    [
      'with a way inside',
      () => serve('', { location: 'http://169.254.169.254/latest' }, 302),
      'outgoing.address-refused',
    ],
    ['with a circle', () => serve('', { location: `/feed-${paths + 1}` }, 302), 'outgoing.too-many-redirects'],
  ])('that answers %s makes an error and no article', async (_what, path, reason) => {
    const before = (await articles()).length;
    expect(await fetchNow(await feedAt(path()))).toMatchObject({ ...counts(0, 0), error: { reason } });
    expect(await articles()).toHaveLength(before);
  });

  test('that packs much into little does not get it unpacked', async () => {
    const path = serve('');
    const packed = gzipSync(Buffer.alloc(200 * 1024 * 1024, 'x'));
    server.paths.set(path, (_request, response) => void response.setHeader('content-encoding', 'gzip').end(packed));
    expect(await fetchNow(await feedAt(path))).toMatchObject({ error: { reason: 'outgoing.too-large' } });
  });

  test('that never ends is left after ten seconds', async () => {
    const path = serve('');
    server.paths.set(path, (_request, response) => {
      const timer = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(timer));
    });
    expect(await fetchNow(await feedAt(path))).toMatchObject({ error: { reason: 'outgoing.timeout' } });
  });

  test('with a document of the largest size does not keep the service from answering', async () => {
    const path = serve(
      `<rss version="2.0"><channel>${'<item><title>a</title></item>'.repeat(180_000)}</channel></rss>`,
    );
    const feed = await feedAt(path);
    const fetching = fetchNow(feed);
    for (let i = 0; i < 20; i += 1) await read(feed); // each within the deadline of a read
    expect(await fetching).toEqual(counts(2_000, 0, 0, 2_000));
  });
});

describe('what is not allowed', () => {
  test.each(['http://10.0.0.1/rss', 'http://169.254.169.254/', 'http://[::1]/', 'https://user:secret@post.example/'])(
    'the address %s is refused when the feed is added',
    async (url) => {
      expect(await refusal(add({ url }))).toMatchObject({ code: 'VALIDATION_FAILED', reason: 'feed.url-refused' });
    },
  );

  test('one address is read once, and a repeated creation makes one feed', async () => {
    const url = `${server.base}/once`;
    const id = typeIds.next('feed');
    const first = await add({ url }, id);
    expect(await add({ url }, id)).toEqual(first);
    expect(await refusal(add({ url }))).toMatchObject({ code: 'CONFLICT', reason: 'feed.url-taken', details: { id } });
  });

  test('an old version is told so, and nothing is changed', async () => {
    const feed = await feedAt(serve(''));
    const change = (v: number, body: object) => news.bus.call(ctx(), 'rpc.news.feed.change', { id: feed.id, v, body });
    expect(await change(1, { name: 'New' })).toMatchObject({ v: 2, name: 'New' });
    expect(await refusal(change(1, { name: 'Old' }))).toMatchObject({ code: 'VERSION_MISMATCH' });
    expect(await read(feed)).toMatchObject({ v: 2, name: 'New' });
    expect(await news.bus.call(ctx(), 'rpc.news.feed.remove', { id: feed.id, v: 2 })).toEqual({ id: feed.id, v: 3 });
    expect(await refusal(read(feed))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal(fetchNow(feed))).toMatchObject({ code: 'NOT_FOUND' });
  });
});

test('feeds are listed in the order in which they were added, page by page', async () => {
  const made = [await feedAt(serve('')), await feedAt(serve('')), await feedAt(serve(''))];
  const ids: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await news.bus.call(ctx(), 'rpc.news.feed.list', { limit: 2, ...(after ? { after } : {}) });
    ids.push(...page.items.map(({ id }) => id));
    if (page.next === undefined) break;
    after = page.next;
  }
  expect(ids).toEqual(ids.toSorted());
  expect(ids).toEqual(expect.arrayContaining(made.map(({ id }) => id)));
});
