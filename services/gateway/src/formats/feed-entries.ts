import {
  type Article,
  type Company,
  htmlOfBlocks,
  type LocalizedText,
  type Offering,
  pickText,
} from '@ortoo/shared/contracts';
import { addressOf } from './addresses.ts';
import type { FeedEntry } from './feed.ts';

type Dated = { publishedAt?: string | undefined; createdAt: string; updatedAt: string };

/** What the public sees is published; when, stands there. */
const datesOf = ({ publishedAt, createdAt, updatedAt }: Dated) => ({
  published: publishedAt ?? createdAt,
  updated: updatedAt,
});

/** An article whose rights allow an excerpt only has its summary and no text. */
export function articleEntry(article: Article, origin: string): FeedEntry {
  const { id, headline, summary, body = [], rights, language, authors = [], categories = [], canonicalUrl } = article;
  return {
    url: addressOf(origin, 'articles', id),
    title: headline,
    summary,
    html: rights?.excerptOnly || body.length === 0 ? undefined : htmlOfBlocks(body),
    language,
    authors,
    categories,
    externalUrl: canonicalUrl,
    ...datesOf(article),
  };
}

export function companyEntry(company: Company, origin: string): FeedEntry {
  const { id, display, description, categories, websites = [] } = company;
  return {
    url: addressOf(origin, 'companies', id),
    title: display.name,
    summary: display.summary,
    html: htmlOfText(description, display.lang),
    language: display.lang,
    authors: [],
    categories: codesOf(categories),
    externalUrl: websites[0],
    ...datesOf(company),
  };
}

/** What is offered is told of by the company that offers it. */
export function offeringEntry(offering: Offering, origin: string): FeedEntry {
  const { id, display, description, categories, companyName } = offering;
  const company = pickText(companyName, display.lang)?.text;
  return {
    url: addressOf(origin, 'offerings', id),
    title: display.name,
    summary: display.summary,
    html: htmlOfText(description, display.lang),
    language: display.lang,
    authors: company === undefined ? [] : [company],
    categories: codesOf(categories),
    ...datesOf(offering),
  };
}

const codesOf = ({ primary, secondary = [] }: Company['categories']) => [primary, ...secondary];

/** A plain text as one paragraph. */
function htmlOfText(description: LocalizedText | undefined, lang: FeedEntry['language']): string | undefined {
  const text = description && pickText(description, lang)?.text;
  return text === undefined ? undefined : htmlOfBlocks([{ type: 'paragraph', text }]);
}
