import { type Feed, type FeedEntry, type FeedFormat, NEVER, PORTAL } from './feed.ts';
import { element, type Xml, xmlDocument } from './xml.ts';

/** Atom 1.0. Sources: RFC 4287; RFC 5005 for its pages. */
export const atom: FeedFormat = {
  extension: 'atom',
  mediaType: 'application/atom+xml',
  write: (feed) => xmlDocument(feedOf(feed)),
};

function feedOf({ title, lang, id, home, self, next, updated = NEVER, entries }: Feed): Xml {
  const link = (rel: string, href: string, type: string) => element('link', { rel, href, type });
  return element(
    'feed',
    { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': lang },
    element('id', {}, id),
    element('title', {}, title),
    element('updated', {}, updated),
    element('author', {}, element('name', {}, PORTAL)),
    element('generator', {}, PORTAL),
    link('self', self, atom.mediaType),
    link('alternate', home, 'application/json'),
    next === undefined ? undefined : link('next', next, atom.mediaType),
    ...entries.map(entryOf),
  );
}

function entryOf(entry: FeedEntry): Xml {
  const { url, title, summary, html, language, authors, categories, published, updated, externalUrl } = entry;
  return element(
    'entry',
    { 'xml:lang': language },
    element('id', {}, url),
    element('title', { type: 'text' }, title),
    element('published', {}, published),
    element('updated', {}, updated),
    element('link', { rel: 'alternate', href: url, type: 'application/json' }),
    externalUrl === undefined ? undefined : element('link', { rel: 'related', href: externalUrl }),
    ...authors.map((name) => element('author', {}, element('name', {}, name))),
    ...categories.map((term) => element('category', { term })),
    // An entry without a content needs a summary; RFC 4287 §4.1.2 asks for one at least of both to read well.
    element('summary', { type: 'text' }, summary ?? title),
    html === undefined ? undefined : element('content', { type: 'html' }, html),
  );
}
