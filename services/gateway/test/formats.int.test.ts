import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCompany, anArticle, anEvent, anOffering, type Shown } from './support/caller.ts';
import { ninjsFaults } from './support/ninjs-schema.ts';
import { openPortal, type Portal } from './support/portal.ts';
import { schemaOrgFaults } from './support/schema-org.ts';

const ORIGIN = 'https://api.example.mn';
const LD = 'application/ld+json';
const GEO = 'application/geo+json';
const NINJS = 'application/ninjs+json';

let portal: Portal;
let company: Shown;
let offering: Shown;
let article: Shown;
let event: Shown;
beforeAll(async () => {
  portal = await openPortal({ PUBLIC_URL: ORIGIN });
  const locations = [{ kind: 'hq', address: { country: 'MN' }, geo: { lat: 43.2, lon: 107.2 } }];
  company = await portal.write('POST', '/v1/companies', { body: aCompany({ status: 'published', locations }) });
  offering = await portal.write('POST', '/v1/offerings', {
    body: anOffering({ companyId: company.id, status: 'published' }),
  });
  event = await portal.write('POST', '/v1/events', { body: anEvent({ status: 'published' }) });
  article = await portal.write('POST', '/v1/articles', {
    body: anArticle({
      status: 'published',
      body: [{ type: 'paragraph', text: 'The secret text.' }],
      rights: { excerptOnly: true },
      source: { domain: 'www.nknews.org' },
    }),
  });
});
afterAll(() => portal?.close());

const read = (url: string, accept: string, more: { key?: string; headers?: Record<string, string> } = {}) =>
  portal.ask('GET', url, { ...more, headers: { accept, ...more.headers } });
const items = (): [url: string, type: string][] => [
  [`/v1/companies/${company.id}`, 'Organization'],
  [`/v1/offerings/${offering.id}`, 'Product'],
  [`/v1/articles/${article.id}`, 'NewsArticle'],
  [`/v1/events/${event.id}`, 'ExhibitionEvent'],
];
const lists = () => [
  '/v1/companies',
  '/v1/offerings',
  '/v1/articles',
  '/v1/events',

  `/v1/companies/${company.id}/offerings`,
];

describe('linked data', () => {
  test('is how an item is answered where Accept asks for it, under its own tag', async () => {
    for (const [url, type] of items()) {
      const plain = await read(url, 'application/json');
      const linked = await read(url, LD);
      expect([linked.statusCode, linked.headers['content-type']], url).toEqual([200, LD]);
      expect(schemaOrgFaults(linked.json(), [type]), url).toEqual([]);
      expect(linked.json()['@id']).toBe(`${ORIGIN}${url}`);
      expect(linked.headers.etag).toMatch(/^"1-/);
      expect(linked.headers.etag).not.toBe(plain.headers.etag);
      for (const { headers } of [plain, linked]) expect(headers.vary).toMatch(/(^|, )Accept(,|$)/);
      expect([linked.headers['last-modified'], linked.headers['content-language']]).toEqual([
        plain.headers['last-modified'],
        plain.headers['content-language'],
      ]);
    }
  });

  test('is how a list is answered, with the address of the next page', async () => {
    for (const url of lists()) {
      const answer = await read(`${url}?limit=1&total=true`, LD);
      expect([answer.statusCode, answer.headers['content-type']], url).toEqual([200, LD]);
      expect(schemaOrgFaults(answer.json(), ['ItemList']), url).toEqual([]);
      expect(answer.json()).toMatchObject({ '@id': `${ORIGIN}${url}?limit=1&total=true`, numberOfItems: 1 });
    }
    const another = aCompany({ status: 'published' });
    await portal.write('POST', '/v1/companies', { body: another });
    const { headers } = await read('/v1/companies?limit=1', LD);
    expect(headers.link).toMatch(/^<\/v1\/companies\?cursor=[^>]+&limit=1>; rel="next"$/);
    const next = await read(/<([^>]+)>/.exec(String(headers.link))?.[1] ?? '', LD);
    expect(next.json().itemListElement).toHaveLength(1);
  });

  test('of an article of which an excerpt may be shown has no text, whoever asks', async () => {
    for (const key of [undefined, portal.adminKey]) {
      for (const url of [`/v1/articles/${article.id}`, '/v1/articles']) {
        const { statusCode, body } = await read(url, LD, key ? { key } : {});
        expect([statusCode, body.includes('secret text')], url).toEqual([200, false]);
      }
    }
  });

  test('of a draft is for those who may see it', async () => {
    const draft = await portal.write('POST', '/v1/articles', { body: anArticle() });
    const url = `/v1/articles/${draft.id}`;
    expect((await read(url, LD)).statusCode).toBe(404);
    const seen = await read(url, LD, { key: portal.adminKey });
    expect([seen.statusCode, seen.headers['cache-control']]).toEqual([200, 'private, no-store']);
    expect((await read('/v1/articles', LD)).body).not.toContain(draft.id);
  });
});

describe('GeoJSON', () => {
  test('is how companies are answered, and nothing else', async () => {
    const one = await read(`/v1/companies/${company.id}`, GEO);
    expect([one.statusCode, one.headers['content-type']]).toEqual([200, GEO]);
    expect(one.json().geometry).toEqual({ type: 'Point', coordinates: [107.2, 43.2] });
    const all = await read('/v1/companies', GEO);
    expect(all.json().type).toBe('FeatureCollection');
    expect(all.json().features.map(({ id }: { id: string }) => id)).toContain(company.id);
    for (const url of [`/v1/offerings/${offering.id}`, '/v1/articles'])
      expect((await read(url, GEO)).statusCode, url).toBe(406);
  });
});

describe('ninjs', () => {
  test('is how articles are answered, item by item and as a list, without the text that rights hold back', async () => {
    for (const url of [`/v1/articles/${article.id}`, '/v1/articles?limit=5']) {
      const answer = await read(url, NINJS, { key: portal.adminKey });
      expect([answer.statusCode, answer.headers['content-type']], url).toEqual([200, NINJS]);
      expect(ninjsFaults(answer.json()), url).toEqual([]);
      expect(answer.body).toContain(article.headline);
      expect(answer.body).not.toContain('secret text');
    }
    expect((await read('/v1/companies', NINJS)).statusCode).toBe(406);
  });
});

describe('a format', () => {
  test('that a path has not is 406 and told which it has', async () => {
    const answer = await read(`/v1/companies/${company.id}`, 'text/html');
    expect(answer.json()).toMatchObject({ status: 406, reason: 'request.accept-unknown' });
    expect(answer.json().detail).toContain(`application/json, ${LD}, ${GEO}`);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    for (const url of ['/v1/categories', '/v1/search', `/v1/companies/${company.id}/revisions`])
      expect((await read(url, LD, { key: portal.adminKey })).statusCode, url).toBe(406);
  });

  test('is not the answer where anything is accepted', async () => {
    for (const accept of ['*/*', 'application/*', 'text/html, */*;q=0.8'])
      expect((await read('/v1/companies', accept)).headers['content-type']).toBe('application/json; charset=utf-8');
  });

  test('is answered to HEAD alike, and not sent again to whoever has it', async () => {
    for (const url of [`/v1/companies/${company.id}`, '/v1/companies']) {
      const got = await read(url, LD);
      const headed = await portal.ask('HEAD', url, { headers: { accept: LD } });
      for (const name of ['content-type', 'etag', 'vary', 'link', 'cache-control', 'last-modified', 'content-length'])
        expect(headed.headers[name], name).toBe(got.headers[name]);
      const known = { 'if-none-match': String(got.headers.etag) };
      expect((await read(url, LD, { headers: known })).statusCode).toBe(304);
      expect((await read(url, 'application/json', { headers: known })).statusCode).toBe(200);
    }
  });

  test('has a tag of the version that it shows, which If-Match takes', async () => {
    const { headers } = await read(`/v1/offerings/${offering.id}`, LD);
    const changed = await portal.ask('PATCH', `/v1/offerings/${offering.id}`, {
      key: portal.adminKey,
      headers: { 'if-match': String(headers.etag) },
      body: { sku: 'X-1' },
    });
    expect(changed.statusCode).toBe(200);
    expect((await read(`/v1/offerings/${offering.id}`, LD)).headers.etag).toMatch(/^"2-/);
  });

  test('takes the whole document: parts of one are refused at their place', async () => {
    for (const url of [`/v1/companies/${company.id}`, '/v1/companies']) {
      const answer = await read(`${url}?fields=slug&include=category`, LD);
      expect(answer.json()).toMatchObject({ status: 400, reason: 'request.parameter-invalid' });
      expect(answer.json().errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/fields', '/include']);
    }
  });

  test('follows an old slug and the language like JSON does', async () => {
    const { slug } = company;
    const renamed = await portal.write('PATCH', `/v1/companies/${company.id}`, {
      headers: { 'if-match': '"1"' },
      body: { slug: 'renamed-for-formats' },
    });
    company = renamed;
    const old = await read(`/v1/companies/${slug}`, LD);
    expect([old.statusCode, old.headers.location]).toEqual([308, '/v1/companies/renamed-for-formats']);
    const mn = await read(`/v1/companies/${company.id}?lang=mn`, LD);
    expect(mn.json().name).toContain('Говь');
    expect(mn.headers['content-language']).toBe('mn');
  });
});
