import { expect, test } from 'vitest';
import { fullArticle } from '../../test/support/full-documents.ts';
import { allOf, readXml } from '../../test/support/read-xml.ts';
import { newsUrlSet, robotsText, sitemapIndex, urlSet } from './sitemap.ts';

const ORIGIN = 'https://api.example.mn';
const textsOf = (text: string, name: string) => allOf(readXml(text), name).map((element) => element.text);

test('an index names sitemaps, in the namespace of the protocol', () => {
  const addresses = [`${ORIGIN}/sitemaps/companies.xml?cursor=a.b&x=1`, `${ORIGIN}/sitemaps/news.xml`];
  const text = sitemapIndex(addresses);
  expect(textsOf(text, 'loc')).toEqual(addresses);
  const { name, attributes } = readXml(text);
  expect([name, attributes.xmlns]).toEqual(['sitemapindex', 'http://www.sitemaps.org/schemas/sitemap/0.9']);
});

test('a sitemap says where pages are and when each was changed', () => {
  const text = urlSet([{ url: `${ORIGIN}/v1/companies/a`, updatedAt: '2026-01-02T03:04:05.000Z' }]);
  expect([textsOf(text, 'loc'), textsOf(text, 'lastmod')]).toEqual([
    [`${ORIGIN}/v1/companies/a`],
    ['2026-01-02T03:04:05.000Z'],
  ]);
  expect(readXml(urlSet([])).children).toEqual([]);
});

test('a news sitemap says of each article its publication, language, date and headline', () => {
  const hostile = { ...fullArticle, headline: ']]> </news:title> & \u0000', language: 'zh' as const };
  const text = newsUrlSet([fullArticle as never, hostile as never], ORIGIN);
  expect(textsOf(text, 'news:name')).toEqual(['Ortoo', 'Ortoo']);
  expect(textsOf(text, 'news:language')).toEqual(['en', 'zh-cn']);
  expect(textsOf(text, 'news:publication_date')).toEqual([fullArticle.publishedAt, fullArticle.publishedAt]);
  expect(textsOf(text, 'news:title')).toEqual([fullArticle.headline, ']]> </news:title> & ']);
});

test('robots are told what to leave alone and where the sitemaps are', () => {
  expect(robotsText([`${ORIGIN}/sitemap.xml`])).toBe(
    `User-agent: *\nDisallow: /v1/search\n\nSitemap: ${ORIGIN}/sitemap.xml\n`,
  );
});
