import { toHttpDate } from '@ortoo/shared/kernel';
import { type Feed, type FeedEntry, type FeedFormat, NEVER, PORTAL } from './feed.ts';
import { element, textElement, type Xml, xmlDocument } from './xml.ts';

const NAMESPACES = {
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
};

/** RSS 2.0 with the elements of Atom, Dublin Core and content that readers know. Source: RSS Advisory Board, RSS 2.0.11. */
export const rss: FeedFormat = {
  extension: 'rss',
  mediaType: 'application/rss+xml',
  write: (feed) => xmlDocument(element('rss', { version: '2.0', ...NAMESPACES }, channelOf(feed))),
};

function channelOf({ title, lang, home, self, next, updated = NEVER, entries }: Feed): Xml {
  const link = (rel: string, href: string) => element('atom:link', { rel, href, type: rss.mediaType });
  return element(
    'channel',
    {},
    element('title', {}, title),
    element('link', {}, home),
    element('description', {}, title),
    element('language', {}, lang),
    element('lastBuildDate', {}, toHttpDate(updated)),
    element('generator', {}, PORTAL),
    link('self', self),
    next === undefined ? undefined : link('next', next),
    ...entries.map(itemOf),
  );
}

/** RSS takes descriptions for HTML: a plain text is made HTML first. */
function itemOf(entry: FeedEntry): Xml {
  const { url, title, summary, html, language, authors, categories, published, updated, externalUrl } = entry;
  return element(
    'item',
    {},
    element('title', {}, title),
    element('link', {}, url),
    element('guid', { isPermaLink: 'true' }, url),
    element('pubDate', {}, toHttpDate(published)),
    element('atom:updated', {}, updated),
    textElement('description', summary && escapeHtml(summary)),
    textElement('content:encoded', html),
    ...authors.map((name) => element('dc:creator', {}, name)),
    element('dc:language', {}, language),
    ...categories.map((code) => element('category', {}, code)),
    externalUrl === undefined ? undefined : element('atom:link', { rel: 'related', href: externalUrl }),
  );
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
