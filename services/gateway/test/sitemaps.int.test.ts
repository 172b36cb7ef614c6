import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCompany, anArticle, anOffering, type Shown } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';
import { allOf, readXml } from './support/read-xml.ts';

const ORIGIN = 'https://www.example.mn';

let portal: Portal;
let shown: Record<string, Shown>;
let draft: Shown;
beforeAll(async () => {
  portal = await openPortal({ PUBLIC_URL: `${ORIGIN}/` });
  const companies = await portal.write('POST', '/v1/companies', { body: aCompany({ status: 'published' }) });
  const offering = anOffering({ companyId: companies.id, status: 'published' });
  const offerings = await portal.write('POST', '/v1/offerings', { body: offering });
  const articles = await portal.write('POST', '/v1/articles', { body: anArticle({ status: 'published' }) });
  shown = { companies, offerings, articles };
  draft = await portal.write('POST', '/v1/articles', { body: anArticle() });
});
afterAll(() => portal?.close());

async function locationsIn(address: string): Promise<string[]> {
  const answer = await portal.ask('GET', address.replace(ORIGIN, ''));
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/xml; charset=utf-8']);
  return allOf(readXml(answer.body), 'loc').map(({ text }) => text);
}

test('robots find everything that is published, and nothing else, from robots.txt on', async () => {
  const robots = await portal.ask('GET', '/robots.txt');
  expect(robots.headers['content-type']).toBe('text/plain; charset=utf-8');
  const named = [...robots.body.matchAll(/^Sitemap: (.+)$/gm)].map(([, address = '']) => address);
  expect(named).toEqual([`${ORIGIN}/sitemap.xml`, `${ORIGIN}/sitemaps/news.xml`]);
  const pages = await locationsIn(named[0] ?? '');
  expect(pages.map((page) => page.replace(/\?.*/, ''))).toEqual([
    ...Object.keys(shown).map((plural) => `${ORIGIN}/sitemaps/${plural}.xml`),
    `${ORIGIN}/sitemaps/news.xml`,
  ]);
  const found = (await Promise.all(pages.map(locationsIn))).flat();
  const expected = Object.entries(shown).map(([plural, { id }]) => `${ORIGIN}/v1/${plural}/${id}`);
  expect([...new Set(found)].toSorted()).toEqual(expected.toSorted());
  for (const address of found)
    expect((await portal.ask('GET', address.replace(ORIGIN, ''))).statusCode, address).toBe(200);
});

test('news are the published articles of two days, with their headlines', async () => {
  const { body } = await portal.ask('GET', '/sitemaps/news.xml', { key: portal.adminKey });
  expect(allOf(readXml(body), 'news:title').map(({ text }) => text)).toEqual([shown.articles?.headline]);
  expect(body).not.toContain(draft.id);
});

test('a sitemap without a page begins with the oldest', async () => {
  for (let count = 0; count < 4; count += 1)
    await portal.write('POST', '/v1/companies', { body: aCompany({ status: 'published' }) });
  const all = await locationsIn('/sitemaps/companies.xml');
  expect(all).toHaveLength(5);
  expect(all[0]).toBe(`${ORIGIN}/v1/companies/${shown.companies?.id}`);
});

test('a sitemap that a crawler has is not sent again, HEAD is answered alike, a forged page is refused', async () => {
  for (const url of ['/sitemap.xml', '/sitemaps/news.xml', '/sitemaps/offerings.xml', '/robots.txt']) {
    const { headers } = await portal.ask('GET', url);
    const again = await portal.ask('GET', url, { headers: { 'if-none-match': String(headers.etag) } });
    expect([again.statusCode, again.body], url).toEqual([304, '']);
    const headed = await portal.ask('HEAD', url, { headers: { accept: 'text/html' } });
    expect([headed.statusCode, headed.headers.etag]).toEqual([200, headers.etag]);
  }
  const [page = ''] = await locationsIn('/sitemap.xml');
  const foreign = page.replace(ORIGIN, '').replace('companies', 'offerings');
  for (const url of ['/sitemaps/companies.xml?cursor=a.b', foreign])
    expect((await portal.ask('GET', url)).json()).toMatchObject({ status: 400, reason: 'cursor.invalid' });
});
