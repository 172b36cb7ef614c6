import { parseAtomFeed, parseFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCompany, anArticle, anOffering, type Shown } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';
import { readXml } from './support/read-xml.ts';

const ORIGIN = 'https://api.example.mn';
const EXTENSIONS = ['rss', 'atom', 'json'] as const;
const PLURALS = ['articles', 'companies', 'offerings'] as const;
const TYPES = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
};
const feeds = PLURALS.flatMap((plural) =>
  EXTENSIONS.map((extension) => ({ plural, extension, url: `/feeds/${plural}.${extension}` })),
);

let portal: Portal;
const published: Record<string, Shown[]> = {};
beforeAll(async () => {
  portal = await openPortal({ PUBLIC_URL: ORIGIN });
  const company = await portal.write('POST', '/v1/companies', { body: aCompany({ status: 'published' }) });
  const bodies = {
    companies: () => aCompany({ status: 'published', summary: { en: 'A & <b>' } }),
    offerings: () => anOffering({ status: 'published', companyId: company.id }),
    articles: () => anArticle({ status: 'published', body: [{ type: 'paragraph', text: 'Told <em>here</em>.' }] }),
  };
  for (const plural of PLURALS) {
    published[plural] = plural === 'companies' ? [company] : [];
    for (let count = 0; count < 3; count += 1)
      published[plural].unshift(await portal.write('POST', `/v1/${plural}`, { body: bodies[plural]() }));
  }
});
afterAll(() => portal?.close());

/** The addresses of what a feed tells of, in its order, as a reader of feeds finds them. */
function addressesIn(extension: (typeof EXTENSIONS)[number], text: string): (string | undefined)[] {
  if (extension === 'rss') return (parseRssFeed(text).items ?? []).map(({ link }) => link);
  if (extension === 'atom') return (parseAtomFeed(text).entries ?? []).map(({ id }) => id);
  return (parseJsonFeed(text).items ?? []).map(({ url }) => url);
}
const addressesOf = (plural: string) => (published[plural] ?? []).map(({ id }) => `${ORIGIN}/v1/${plural}/${id}`);

describe.each(feeds)('$url', ({ plural, extension, url }) => {
  test('tells of all that is published, the newest first, and a reader knows its format', async () => {
    const answer = await portal.ask('GET', url);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, TYPES[extension]]);
    expect(parseFeed(answer.body).format).toBe(extension);
    expect(addressesIn(extension, answer.body)).toEqual(addressesOf(plural));
    if (extension !== 'json') readXml(answer.body);
  });

  test('goes on where the format and Link say, without a gap or a repeat', async () => {
    const seen: (string | undefined)[] = [];
    let next: string | undefined = `${url}?limit=2`;
    while (next !== undefined && seen.length < 10) {
      const { body, headers } = await portal.ask('GET', next);
      seen.push(...addressesIn(extension, body));
      next = /^<(.+)>; rel="next"$/.exec(String(headers.link))?.[1];
      const named = `${ORIGIN}${next}`;
      const isNamed = body.includes(extension === 'json' ? JSON.stringify(named) : named.replaceAll('&', '&#38;'));
      expect(isNamed).toBe(next !== undefined);
    }
    expect(seen).toEqual(addressesOf(plural));
  });

  test('has a tag and a date, and is not sent again to whoever has it; HEAD is answered alike', async () => {
    const { headers } = await portal.ask('GET', url);
    expect(headers.etag).toMatch(/^W\/"/);
    const newest =
      (published[plural] ?? [])
        .map(({ updatedAt }) => String(updatedAt))
        .toSorted()
        .at(-1) ?? '';
    expect(Date.parse(String(headers['last-modified']))).toBe(Math.floor(Date.parse(newest) / 1000) * 1000);
    expect(headers['cache-control']).toBe('public, max-age=0, must-revalidate');
    const again = await portal.ask('GET', url, { headers: { 'if-none-match': String(headers.etag) } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    const headed = await portal.ask('HEAD', url);
    for (const name of ['etag', 'last-modified', 'content-type', 'link', 'vary'])
      expect(headed.headers[name], name).toBe(headers[name]);
  });

  test('is answered whatever is accepted: its path says what it is', async () => {
    for (const accept of ['text/html', 'application/xml', '*/*'])
      expect((await portal.ask('GET', url, { headers: { accept } })).statusCode).toBe(200);
  });

  test('never tells of a draft, whoever asks and however', async () => {
    const companyId = published.offerings?.[0]?.companyId;
    const body = { companies: aCompany(), offerings: anOffering({ companyId }), articles: anArticle() }[plural];
    const draft = await portal.write('POST', `/v1/${plural}`, { body });
    const keys = { 'public, max-age=0, must-revalidate': undefined, 'private, no-store': portal.adminKey };
    for (const [caching, key] of Object.entries(keys)) {
      const answer = await portal.ask('GET', `${url}?ids=${draft.id}&lang=mn`, { key });
      expect([answer.statusCode, addressesIn(extension, answer.body)]).toEqual([200, []]);
      expect(answer.headers['cache-control']).toBe(caching);
    }
    const asked = await portal.ask('GET', `${url}?status=draft`, { key: portal.adminKey });
    expect(asked.json()).toMatchObject({ status: 400, errors: [{ pointer: '/status' }] });
  });

  test('refuses what a list refuses, at its place', async () => {
    const cases = [
      ['limit=101', '/limit'],
      ['categry=food', '/categry'],
      ['category=minning', '/category/0'],
      ['sort=name', '/sort'],
      ['lang=xx', '/lang'],
      ['cursor=forged.AAAA', '/cursor'],
    ];
    for (const [query, pointer] of cases) {
      const answer = await portal.ask('GET', `${url}?${query}`);
      expect(answer.headers['content-type']).toBe('application/problem+json');
      expect(answer.json(), query).toMatchObject({ status: 400, errors: [{ pointer }] });
    }
    expect((await portal.ask('GET', `${url}?categry=food`)).json().detail).toContain('category');
    expect((await portal.ask('GET', url, { key: 'ok_live_wrong' })).statusCode).toBe(401);
  });
});

test('a feed takes no filter that is for staff', async () => {
  for (const query of ['duplicate=true', 'duplicateOf=article_01h455vb4pex5vsknk084sn02q', 'status=published']) {
    const answer = await portal.ask('GET', `/feeds/articles.json?${query}`, { key: portal.adminKey });
    expect(answer.json(), query).toMatchObject({ status: 400, reason: 'request.parameter-invalid' });
  }
});

test('a feed takes the filters of its list and speaks the language asked for', async () => {
  const own = await portal.write('POST', '/v1/articles', {
    body: anArticle({ status: 'published', language: 'mn', categories: ['education'] }),
  });
  const rss = parseRssFeed((await portal.ask('GET', '/feeds/articles.rss?category=education&lang=mn')).body);
  expect(rss).toMatchObject({
    title: 'Ortoo: Мэдээ',
    language: 'mn',
    link: `${ORIGIN}/v1/articles?category=education`,
  });
  expect(rss.items?.map(({ link }) => link)).toEqual([`${ORIGIN}/v1/articles/${own.id}`]);
  const companies = await portal.ask('GET', '/feeds/companies.json?limit=1', { headers: { 'accept-language': 'mn' } });
  expect(companies.json().items[0].title).toContain('Говь');
  expect(companies.headers['content-language']).toBe('mn');
});

test('an entry is dated by when it was published and when it was changed', async () => {
  const { id } = await portal.write('POST', '/v1/articles', {
    body: anArticle({ status: 'published', sourcePublishedAt: { date: '2022-09-21', precision: 'day' } }),
  });
  const changed = await portal.write('PATCH', `/v1/articles/${id}`, {
    headers: { 'if-match': '"1"' },
    body: { summary: 'Put right.' },
  });
  const [item] = (await portal.ask('GET', `/feeds/articles.json?ids=${id}`)).json().items;
  expect(item).toMatchObject({ date_published: changed.publishedAt, date_modified: changed.updatedAt });
  expect(item.date_modified > item.date_published).toBe(true);
});

test('an article of which an excerpt may be shown is told of without its text, also to a key', async () => {
  const { id } = await portal.write('POST', '/v1/articles', {
    body: anArticle({
      status: 'published',
      rights: { excerptOnly: true },
      body: [{ type: 'paragraph', text: 'Held back.' }],
    }),
  });
  for (const extension of EXTENSIONS)
    for (const key of [undefined, portal.adminKey]) {
      const { body } = await portal.ask('GET', `/feeds/articles.${extension}?ids=${id}`, { key });
      expect(body).toContain('A short account.');
      expect(body).not.toContain('Held back');
    }
});
