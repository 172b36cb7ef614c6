import { isRecord } from '@ortoo/shared/contracts';
import type { HtmlElement } from './html-lines.ts';
import { mayNameMedium } from './media-names.rules.ts';

/** What a page's metadata say of its article, by the names of `Page.metas`, and the address that it calls its own. */
export type HtmlMetadata = { values: { member: string; value: string }[]; canonicalUrl?: string };

type Found = Record<string, string | undefined>;

const ARTICLE_TYPES = /(?:Article|BlogPosting|Report|PressRelease)$/;
/** JSON-LD nested deeper than this is not looked into. */
const DEPTH_MAX = 6;
const VALUE_MAX = 500;
/** A shorter heading begins many titles by chance. */
const HEADING_MIN = 4;

/** Reads JSON-LD (schema.org), Open Graph and the usual meta tags; JSON-LD is believed first. */
export function readMetadata(document: HtmlElement): HtmlMetadata {
  const linked = readJsonLd(document);
  const site = linked.site ?? meta(document, ['og:site_name', 'application-name']) ?? siteInTitle(document);
  const author = meta(document, ['author', 'article:author', 'dc.creator', 'parsely-author', 'byl']);
  const canonicalUrl =
    webUrl(attribute(document, 'link[rel="canonical"]', 'href')) ??
    webUrl(meta(document, ['og:url'])) ??
    webUrl(linked.url);
  const found: Found = {
    headline: linked.headline,
    'og:title': withoutSite(meta(document, ['og:title', 'twitter:title', 'dc.title']), site),
    title: withoutSite(document.querySelector('title')?.textContent ?? undefined, site),
    datePublished:
      linked.datePublished ??
      meta(document, [
        'article:published_time',
        'datepublished',
        'pubdate',
        'publishdate',
        'publish-date',
        'dc.date',
        'dc.date.issued',
        'date',
        'parsely-pub-date',
        'og:published_time',
      ]) ??
      attribute(document, '[itemprop="datePublished"]', 'content') ??
      attribute(document, '[itemprop="datePublished"]', 'datetime'),
    time: firstTime(document),
    author: linked.author ?? (author && !/^https?:/.test(author) ? author : undefined),
    editor: linked.editor,
    site,
    url: canonicalUrl,
  };
  const values = Object.entries(found).flatMap(([member, value]) => {
    const words = value?.replace(/\s+/gu, ' ').trim().slice(0, VALUE_MAX);
    return words ? [{ member, value: words }] : [];
  });
  return { values, ...(canonicalUrl ? { canonicalUrl } : {}) };
}

/** `content` of the first meta tag with one of these names. */
function meta(document: HtmlElement, names: string[]): string | undefined {
  const tags = [...document.querySelectorAll('meta')];
  for (const name of names) {
    const tag = tags.find(
      (one) => (one.getAttribute('property') ?? one.getAttribute('name') ?? '').toLowerCase() === name,
    );
    const content = tag?.getAttribute('content')?.trim();
    if (content) return content;
  }
  return undefined;
}

const attribute = (document: HtmlElement, selector: string, name: string): string | undefined =>
  document.querySelector(selector)?.getAttribute(name)?.trim() || undefined;

const webUrl = (url: string | undefined): string | undefined => (url && /^https?:\/\//i.test(url) ? url : undefined);

/** `A bridge is opened - Steppe Post` over the heading "A bridge is opened": what is more in the title is the site's name. */
function siteInTitle(document: HtmlElement): string | undefined {
  const title = wordsOf(document.querySelector('title'));
  const headings = [...document.querySelectorAll('h1, h2, h3')].map(wordsOf);
  const heading = headings.find((words) => words.length > HEADING_MIN && title.startsWith(words));
  if (heading === undefined) return undefined;
  const last = title
    .slice(heading.length)
    .split(/\s[|»:·•<–—-]+\s|\s?[|»_]\s?/u)
    .at(-1)
    ?.trim();
  return last !== undefined && title.length > heading.length + 2 && mayNameMedium(last) ? last : undefined;
}

const wordsOf = (element: HtmlElement | null) => (element?.textContent ?? '').replace(/\s+/gu, ' ').trim();

/** The first `<time>` of the article; others belong to other stories. */
function firstTime(document: HtmlElement): string | undefined {
  const scope = document.querySelector('article') ?? document.querySelector('main') ?? document;
  return attribute(scope, 'time[datetime]', 'datetime');
}

function withoutSite(title: string | undefined, site: string | undefined): string | undefined {
  const words = title?.replace(/\s+/gu, ' ').trim();
  if (!words || !site || words.length <= site.length + 6) return words;
  if (words.endsWith(site)) return words.slice(0, -site.length).replace(/[\s|»:·•–—_<-]+$/u, '');
  return words.startsWith(site) ? words.slice(site.length).replace(/^[\s|»:·•–—_-]+/u, '') : words;
}

function readJsonLd(document: HtmlElement): Found {
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    const article = findArticle(parseJson(script.textContent ?? ''), 0);
    if (article) return membersOf(article);
  }
  return {};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // metadata that cannot be read say nothing
  }
}

function findArticle(value: unknown, depth: number): Record<string, unknown> | undefined {
  if (depth > DEPTH_MAX) return undefined;
  if (Array.isArray(value)) {
    for (const item of value) {
      const found = findArticle(item, depth + 1);
      if (found) return found;
    }
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const types = [value['@type']].flat().filter((type) => typeof type === 'string');
  return types.some((type) => ARTICLE_TYPES.test(type)) ? value : findArticle(value['@graph'], depth + 1);
}

function membersOf(article: Record<string, unknown>): Found {
  const { headline, datePublished, author, editor, publisher, url, mainEntityOfPage } = article;
  return {
    headline: textOf(headline),
    datePublished: textOf(datePublished),
    author: namesOf(author),
    editor: namesOf(editor),
    site: namesOf(publisher),
    url: textOf(url) ?? textOf(isRecord(mainEntityOfPage) ? mainEntityOfPage['@id'] : mainEntityOfPage),
  };
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

/** Names of people or organisations, given as texts, records, or a list of either. */
function namesOf(value: unknown): string | undefined {
  const names = [value].flat().map((one) => textOf(isRecord(one) ? one.name : one));
  return names.filter((name) => name !== undefined && !/^https?:/.test(name)).join(', ') || undefined;
}
