import type { Article } from '@ortoo/shared/contracts';
import { addressOf } from './addresses.ts';
import { PORTAL } from './feed.ts';
import { element, type Xml, xmlDocument } from './xml.ts';

const SITEMAP = { xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9' };
const NEWS = { ...SITEMAP, 'xmlns:news': 'http://www.google.com/schemas/sitemap-news/0.9' };

/** Addresses of sitemaps. Source: sitemaps.org, protocol 0.9: at most 50,000 of them, as of the addresses in each. */
export function sitemapIndex(addresses: string[]): string {
  return xmlDocument(element('sitemapindex', SITEMAP, ...addresses.map((loc) => element('sitemap', {}, locOf(loc)))));
}

/** Addresses of pages with when each was changed. */
export function urlSet(pages: { url: string; updatedAt: string }[]): string {
  const urls = pages.map(({ url, updatedAt }) => element('url', {}, locOf(url), element('lastmod', {}, updatedAt)));
  return xmlDocument(element('urlset', SITEMAP, ...urls));
}

/** What a news sitemap says of an article. */
export type NewsItem = Pick<Article, 'id' | 'language' | 'headline' | 'createdAt'> & { publishedAt?: string };

/** Articles for searchers of news. Source: Google, news sitemaps: at most 1,000, of the last two days. */
export function newsUrlSet(articles: NewsItem[], origin: string): string {
  return xmlDocument(element('urlset', NEWS, ...articles.map((article) => newsUrl(article, origin))));
}

function newsUrl({ id, language, headline, publishedAt, createdAt }: NewsItem, origin: string): Xml {
  return element(
    'url',
    {},
    locOf(addressOf(origin, 'articles', id)),
    element(
      'news:news',
      {},
      element(
        'news:publication',
        {},
        element('news:name', {}, PORTAL),
        element('news:language', {}, language === 'zh' ? 'zh-cn' : language), // the one language that is named so there
      ),
      element('news:publication_date', {}, publishedAt ?? createdAt),
      element('news:title', {}, headline),
    ),
  );
}

const locOf = (address: string) => element('loc', {}, address);

/** What crawlers may read: all but searches, of which there is no end. Source: RFC 9309. */
export function robotsText(sitemaps: string[]): string {
  return ['User-agent: *', 'Disallow: /v1/search', '', ...sitemaps.map((address) => `Sitemap: ${address}`), ''].join(
    '\n',
  );
}
