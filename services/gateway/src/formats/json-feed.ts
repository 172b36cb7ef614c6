import type { Feed, FeedEntry, FeedFormat } from './feed.ts';
import { known } from './format.ts';

/** JSON Feed 1.1. Source: jsonfeed.org/version/1.1. */
export const jsonFeed: FeedFormat = {
  extension: 'json',
  mediaType: 'application/feed+json',
  write: (feed) => JSON.stringify(feedOf(feed)),
};

function feedOf({ title, lang, home, self, next, entries }: Feed): object {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    ...known({ title, home_page_url: home, feed_url: self, next_url: next, language: lang }),
    items: entries.map(itemOf),
  };
}

/** An item has its text in one form: as HTML, else as plain text. */
function itemOf(entry: FeedEntry): object {
  const { url, title, summary, html, language, authors, categories, published, updated, externalUrl } = entry;
  return known({
    id: url,
    url,
    external_url: externalUrl,
    title,
    summary,
    ...(html === undefined ? { content_text: summary ?? title } : { content_html: html }),
    date_published: published,
    date_modified: updated,
    authors: authors.map((name) => ({ name })),
    tags: categories,
    language,
  });
}
