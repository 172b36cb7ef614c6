import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import { fullArticle, fullCompany, fullOffering } from '../../test/support/full-documents.ts';
import { allOf, type Read, readXml } from '../../test/support/read-xml.ts';
import { atom } from './atom.ts';
import type { Feed } from './feed.ts';
import { articleEntry, companyEntry, offeringEntry } from './feed-entries.ts';
import { jsonFeed } from './json-feed.ts';
import { rss } from './rss.ts';

const ORIGIN = 'https://api.example.mn';
/** What breaks builders that paste: markup, ends of sections, controls, both directions, emoji, lone surrogates. */
const HOSTILE = `</title><script>alert(1)</script> ]]> <!-- --> &amp; "q" 'a' \u0000\u0008\ud800 عربى \u202emn\u202c 👩‍👩‍👧‍👦 Өвөл`;
const SEEN = ['\u0000', '\u0008', '\ud800'].reduce((text, sign) => text.replaceAll(sign, ''), HOSTILE);

const hostile = {
  ...fullArticle,
  headline: HOSTILE,
  summary: HOSTILE,
  authors: [HOSTILE],
  canonicalUrl: 'https://www.nknews.org/?a=1&b=<2>"\'',
  body: [{ type: 'paragraph' as const, text: HOSTILE }],
};
const entries = [
  articleEntry(hostile, ORIGIN),
  articleEntry({ ...fullArticle, rights: { excerptOnly: true } }, ORIGIN),
  companyEntry(fullCompany, ORIGIN),
  offeringEntry(fullOffering, ORIGIN),
];
const feed: Feed = {
  title: 'Ortoo: News & more',
  lang: 'mn',
  id: `${ORIGIN}/feeds/articles.rss`,
  home: `${ORIGIN}/v1/articles?category=a&language=mn`,
  self: `${ORIGIN}/feeds/articles.rss?cursor=c&limit=2`,
  next: `${ORIGIN}/feeds/articles.rss?cursor=d&limit=2`,
  updated: fullArticle.updatedAt,
  entries,
};
const empty: Feed = { ...feed, next: undefined, updated: undefined, entries: [] };
const textOf = (element: Read | undefined, name: string) => element && allOf(element, name)[0]?.text;

describe('RSS', () => {
  const text = rss.write(feed);

  test('is read by a reader of feeds as what was written', () => {
    const read = parseRssFeed(text);
    expect(read).toMatchObject({ title: feed.title, link: feed.home, language: 'mn' });
    expect(read.atom?.links?.map(({ rel, href }) => [rel, href])).toEqual([
      ['self', feed.self],
      ['next', feed.next],
    ]);
    expect(read.items).toHaveLength(entries.length);
    expect(read.items?.[0]).toMatchObject({
      title: SEEN.trim(),
      link: `${ORIGIN}/v1/articles/${fullArticle.id}`,
      guid: { value: `${ORIGIN}/v1/articles/${fullArticle.id}`, isPermaLink: true },
      pubDate: 'Sat, 03 Jan 2026 00:00:00 GMT',
      categories: [{ name: 'foreign-trade' }],
    });
  });

  test('is read by a reader of XML as what was written', () => {
    const items = allOf(readXml(text), 'item');
    expect(items).toHaveLength(entries.length);
    expect(textOf(items[0], 'title')).toBe(SEEN);
    const description = textOf(items[0], 'description');
    expect(description).not.toMatch(/<script|<!--/);
    expect(textOf(items[0], 'atom:updated')).toBe(fullArticle.updatedAt);
  });
});

describe('Atom', () => {
  const text = atom.write(feed);

  test('is read by a reader of feeds as what was written', () => {
    const read = parseAtomFeed(text);
    expect(read).toMatchObject({ id: feed.id, title: { value: feed.title }, updated: feed.updated });
    expect(read.links?.map(({ rel, href }) => [rel, href])).toEqual([
      ['self', feed.self],
      ['alternate', feed.home],
      ['next', feed.next],
    ]);
    expect(read.entries?.[0]).toMatchObject({
      id: `${ORIGIN}/v1/articles/${fullArticle.id}`,
      published: fullArticle.publishedAt,
      updated: fullArticle.updatedAt,
    });
  });

  test('is read by a reader of XML as what was written', () => {
    const root = readXml(text);
    expect(root.attributes).toMatchObject({ 'xml:lang': 'mn' });
    const [first, excerpt] = allOf(root, 'entry');
    expect(textOf(first, 'title')).toBe(SEEN);
    expect(first?.children.find(({ attributes }) => attributes.rel === 'related')?.attributes.href).toBe(
      hostile.canonicalUrl,
    );
    expect(textOf(first, 'content')).toContain('&lt;script&gt;');
    expect(textOf(excerpt, 'content')).toBeUndefined();
  });
});

describe('JSON Feed', () => {
  test('is read by a reader of feeds as what was written', () => {
    const read = parseJsonFeed(jsonFeed.write(feed));
    expect(read).toMatchObject({
      title: feed.title,
      home_page_url: feed.home,
      feed_url: feed.self,
      next_url: feed.next,
    });
    expect(read.items).toHaveLength(entries.length);
  });

  test('has in each item its id, its dates and its text in one form', () => {
    const { version, items } = JSON.parse(jsonFeed.write(feed));
    expect(version).toBe('https://jsonfeed.org/version/1.1');
    for (const item of items) {
      expect(item).toMatchObject({
        id: item.url,
        date_published: expect.any(String),
        date_modified: expect.any(String),
      });
      expect([item.content_html, item.content_text].filter((one) => one !== undefined)).toHaveLength(1);
    }
    expect(items[0].title).toBe(HOSTILE);
    expect(items[0].external_url).toBe(hostile.canonicalUrl);
    expect(items[3].authors).toEqual([{ name: 'Gobi Cement LLC' }]);
  });
});

test.each([rss, atom, jsonFeed])('$extension of nothing is a feed without items, the same each time', (format) => {
  expect(format.write(empty)).toBe(format.write(empty));
  expect(format.write(empty)).not.toMatch(/<item|<entry|undefined/);
});

test.each([rss, atom, jsonFeed])('$extension of an article of which an excerpt may be shown has no text', (format) => {
  const excerpt = format.write({ ...feed, entries: entries.slice(1, 2) });
  expect(excerpt).toContain('A short account.');
  expect(excerpt).not.toMatch(/ships more|At the border/);
});
