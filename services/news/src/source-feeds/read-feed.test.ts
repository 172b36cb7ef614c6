import { describe, expect, test } from 'vitest';
import { FEED_ITEMS_MAX, type FeedOutcome, readFeed } from './read-feed.ts';

const read = (text: string | Uint8Array, contentType = 'application/xml') =>
  readFeed({ body: Buffer.from(text), contentType, url: 'https://post.example/feeds/all' });
const feedOf = (outcome: FeedOutcome) => {
  if (outcome.type === 'unreadable') throw new Error(outcome.reason);
  return outcome.feed;
};
const rss = (items: string, head = '') =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Steppe &amp; Post</title>${head}${items}</channel></rss>`;

describe('reading', () => {
  test('RSS', () => {
    const item = `<item><title>A &lt;b&gt;bridge&lt;/b&gt; &amp; more</title><link>/x?a=1&amp;b=2</link><guid isPermaLink="false">g1</guid>
<pubDate>Wed, 21 Sep 2022 08:00:00 +0800</pubDate><dc:creator>Anna Berg</dc:creator><description>short</description>
<content:encoded><![CDATA[<p>full</p>]]></content:encoded></item>`;
    expect(feedOf(read(rss(item, '<language>en-gb</language>')))).toEqual({
      title: 'Steppe & Post',
      language: 'en-gb',
      items: [
        {
          id: 'g1',
          url: 'https://post.example/x?a=1&b=2',
          title: 'A bridge & more',
          html: '<p>full</p>',
          date: 'Wed, 21 Sep 2022 08:00:00 +0800',
          authors: ['Anna Berg'],
        },
      ],
    });
  });

  test('RSS whose only address is its permanent guid', () => {
    const item = '<item><title>One</title><guid>https://post.example/one</guid></item>';
    expect(feedOf(read(rss(item))).items[0]).toMatchObject({ url: 'https://post.example/one' });
  });

  test('RSS 1.0', () => {
    const text = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://post.example/"><title>Post</title></channel>
<item rdf:about="https://post.example/1"><title>One</title><link>https://post.example/1</link><dc:date>2022-09-21</dc:date></item></rdf:RDF>`;
    expect(feedOf(read(text)).items).toMatchObject([
      { url: 'https://post.example/1', title: 'One', date: '2022-09-21' },
    ]);
  });

  test('Atom, with markup or without', () => {
    const text = `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="mn"><title>Мэдээ</title><id>urn:x</id><updated>2022-09-21T00:00:00Z</updated>
<entry><title>Нэг</title><id>urn:1</id><link rel="self" href="/api/1"/><link href="/1"/><published>2022-09-21T08:00:00+08:00</published>
<updated>2022-09-22T08:00:00+08:00</updated><author><name>Бат</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Гүүр <b>нээгдлээ</b>.</p></div></content></entry>
<entry><title>Хоёр</title><id>urn:2</id><summary>Товч</summary></entry></feed>`;
    expect(feedOf(read(text))).toMatchObject({
      language: 'mn',
      items: [
        {
          id: 'urn:1',
          url: 'https://post.example/1',
          date: '2022-09-21T08:00:00+08:00',
          authors: ['Бат'],
          html: expect.stringContaining('<p>Гүүр <b>нээгдлээ</b>.</p>'),
        },
        { id: 'urn:2', text: 'Товч' },
      ],
    });
  });

  test('JSON Feed', () => {
    const text = JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Post',
      items: [
        {
          id: '1',
          url: 'https://post.example/1',
          title: 'One',
          content_text: 'Words.',
          language: 'ko',
          authors: [{ name: 'Kim' }],
        },
      ],
    });
    expect(feedOf(read(text, 'application/feed+json')).items).toEqual([
      { id: '1', url: 'https://post.example/1', title: 'One', text: 'Words.', language: 'ko', authors: ['Kim'] },
    ]);
  });

  test('another encoding, named by the answer or by the document', () => {
    const cyrillic = Buffer.from([0xcc, 0xee, 0xed, 0xe3, 0xee, 0xeb]); // «Монгол» in windows-1251
    const around = (declaration: string) =>
      Buffer.concat([
        Buffer.from(`${declaration}<rss version="2.0"><channel><title>`),
        cyrillic,
        Buffer.from('</title></channel></rss>'),
      ]);
    expect(feedOf(read(around('<?xml version="1.0"?>'), 'text/xml; charset=windows-1251')).title).toBe('Монгол');
    expect(feedOf(read(around('<?xml version="1.0" encoding="windows-1251"?>'))).title).toBe('Монгол');
    expect(read(around('<?xml version="1.0" encoding="nonsense"?>')).type).toBe('read');
  });
});

describe('refusing', () => {
  test.each([
    [
      'a document type',
      '<!DOCTYPE rss><rss version="2.0"><channel><title>x</title></channel></rss>',
      'feed.doctype-refused',
    ],
    [
      'entities that multiply',
      '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><rss version="2.0"><channel><title>&b;</title></channel></rss>',
      'feed.doctype-refused',
    ],
    [
      'an entity that is a file',
      '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&a;</title></channel></rss>',
      'feed.doctype-refused',
    ],
    ['nothing', '', 'feed.unreadable'],
    ['words', 'not a feed', 'feed.unreadable'],
    ['a page', '<html><body>hello</body></html>', 'feed.unreadable'],
    ['a feed that breaks off', '<rss version="2.0"><channel><item>', 'feed.unreadable'],
    ['other JSON', '{"a":1}', 'feed.unreadable'],
    ['a list', '[]', 'feed.unreadable'],
  ])('%s', (_what, text, reason) => {
    expect(read(text)).toMatchObject({ type: 'unreadable', reason });
  });

  test('a name that would change all objects is a name like others', () => {
    const text =
      '{"version":"https://jsonfeed.org/version/1.1","title":"x","__proto__":{"polluted":1},"items":[{"id":"1","__proto__":{"polluted":1}}]}';
    expect(feedOf(read(text, 'application/json')).items).toEqual([{ id: '1', authors: [] }]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('more items than a feed has', () => {
    const many = rss('<item><title>a</title><guid>x</guid></item>'.repeat(FEED_ITEMS_MAX + 10));
    expect(feedOf(read(many)).items).toHaveLength(FEED_ITEMS_MAX);
  });

  test('addresses that lead nowhere, without refusing the rest', () => {
    const item = '<item><title>One</title><link>http://[</link></item>';
    expect(feedOf(read(rss(item))).items).toEqual([{ id: 'One ', title: 'One', authors: [] }]);
  });
});
