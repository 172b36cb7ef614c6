import { INTAKE_BYTES_MAX } from '@ortoo/shared/contracts';
import { describe, expect, test } from 'vitest';
import { givenBy, itemHash, pageOf } from './feed-item.rules.ts';
import type { FeedItem, ReadFeed } from './read-feed.ts';

const item = (more: Partial<FeedItem> = {}): FeedItem => ({ id: '1', authors: [], ...more });
const now = '2026-11-24T00:00:00.000Z';
const given = (more: Partial<FeedItem>, feed: Partial<ReadFeed> = {}, desk: object = {}) =>
  givenBy(item(more), { feed: { items: [], ...feed }, desk, now });

test('an item is known again by what its feed calls it', () => {
  expect(itemHash({ id: 'a' })).toBe(itemHash({ id: 'a' }));
  expect(itemHash({ id: 'a' })).not.toBe(itemHash({ id: 'b' }));
});

describe('the page of an item', () => {
  test('has its title and its words; text is escaped', () => {
    expect(pageOf(item({ title: 'a < b', html: '<p>x</p>', url: 'https://a.example/1' }))).toEqual({
      html: '<html><body><article><h1>a &lt; b</h1><p>x</p></article></body></html>',
      url: 'https://a.example/1',
    });
    expect(pageOf(item({ text: 'one <script>\n\ntwo' }))?.html).toContain('<p>one &lt;script&gt;</p><p>two</p>');
  });

  test('has no address that is not of the web', () => {
    expect(pageOf(item({ html: 'x', url: 'ftp://a.example/1' }))).not.toHaveProperty('url');
  });

  test('is none without words, or with more than the intake reads', () => {
    expect(pageOf(item({ title: 'only a title' }))).toBeUndefined();
    expect(pageOf(item({ html: 'x'.repeat(INTAKE_BYTES_MAX) }))).toBeUndefined();
  });
});

describe('what a feed says of an item', () => {
  test('counts before what is read in its text', () => {
    const says = given(
      { title: 'T', authors: ['Anna'], url: 'https://www.a.example/1', date: '2022-09-21T08:00:00+08:00' },
      { title: 'Steppe Post', language: 'en-GB' },
      { category: 'road' },
    );
    expect(says).toEqual({
      headline: 'T',
      authors: ['Anna'],
      source: { name: 'Steppe Post', domain: 'www.a.example' },
      sourcePublishedAt: { date: '2022-09-21T00:00', precision: 'minute', tzid: 'UTC' },
      language: 'en',
      categories: ['road'],
    });
  });

  test('the item says its language before the desk, and the desk before the feed', () => {
    expect(given({ language: 'ko-KR' }, { language: 'en' }, { language: 'mn' }).language).toBe('ko');
    expect(given({}, { language: 'en' }, { language: 'mn' }).language).toBe('mn');
    expect(given({ language: 'xx' }, { language: 'ru-RU' }).language).toBe('ru');
    expect(given({ language: 'de' })).not.toHaveProperty('language');
  });

  test.each([
    ['Wed, 21 Sep 2022 08:00:00 +0800', { date: '2022-09-21T00:00', precision: 'minute', tzid: 'UTC' }],
    ['2022-09-21', { date: '2022-09-21', precision: 'day' }],
    ['yesterday', undefined],
    ['2022-13-45', undefined],
    ['2099-01-01T00:00:00Z', undefined],
    ['', undefined],
  ])('its date %j', (date, expected) => {
    expect(given({ date }).sourcePublishedAt).toEqual(expected);
  });

  test('the desk names the source as it likes', () => {
    expect(given({}, { title: 'RSS of post.example' }, { name: 'Steppe Post' }).source).toEqual({
      name: 'Steppe Post',
    });
    expect(given({})).not.toHaveProperty('source');
  });
});
