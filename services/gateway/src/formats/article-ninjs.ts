import { type Article, htmlOfBlocks } from '@ortoo/shared/contracts';
import { addressOf } from './addresses.ts';
import { jsonFormat, known, type ListPage } from './format.ts';

type Image = { url: string; alt?: string | undefined; caption?: string | undefined };

const STANDARD = {
  name: 'ninjs',
  version: '3.1',
  schema: 'http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#',
};

/**
 * Articles as news agencies exchange them. Source: IPTC ninjs 3.1. The IPTC has registered no media type; this is the name
 * that agencies use. A list, which ninjs has not, is a composite with its articles as associations.
 */
export const articleNinjs = jsonFormat<Article>({
  mediaType: 'application/ninjs+json',
  item: (article, origin) => ({ standard: STANDARD, ...newsItemOf(article, origin) }),
  list: ({ items, url }: ListPage<Article>, origin) => ({
    standard: STANDARD,
    uri: url,
    type: 'composite',
    title: 'Articles',
    associations: items.map((article) => ({
      name: article.headline,
      rel: 'item',
      ...newsItemOf(article, origin),
    })),
  }),
});

/** One whose rights allow an excerpt only is `partial` and has no body, whoever asks. */
function newsItemOf(article: Article, origin: string): object {
  const { id, rights, categories = [] } = article;
  const isExcerpt = rights?.excerptOnly === true;
  return known({
    uri: addressOf(origin, 'articles', id),
    type: 'text',
    representationType: isExcerpt ? 'partial' : 'full',
    version: String(article.v),
    firstCreated: article.createdAt,
    versionCreated: article.updatedAt,
    pubStatus: article.status === 'published' ? 'usable' : 'withheld',
    urgency: article.urgency,
    language: article.language,
    title: article.headline,
    headlines: [{ role: 'main', contentType: 'text/plain', value: article.headline }],
    descriptions: descriptionsOf(article),
    bodies: isExcerpt ? [] : bodiesOf(article),
    by: (article.authors ?? []).join(', '),
    slugline: article.slug,
    copyrightNotice: rights?.notice,
    people: peopleOf(article),
    organisations: article.mentions.map(({ companyId, text }) => ({
      name: text,
      rel: 'mentions',
      uri: addressOf(origin, 'companies', companyId),
    })),
    subjects: categories.map((code) => ({ literal: code, rel: 'about', uri: addressOf(origin, 'categories', code) })),
    genres: article.articleKind === undefined ? [] : [{ literal: article.articleKind }],
    infoSources: sourcesOf(article),
    altIds: altIdsOf(article),
    associations: [...originalOf(article, origin), ...picturesOf(article)],
  });
}

function descriptionsOf({ summary, corrections = [] }: Article): object[] {
  const told = corrections.map(({ text }) => ({ role: 'correction', contentType: 'text/plain', value: text }));
  return summary === undefined ? told : [{ role: 'summary', contentType: 'text/plain', value: summary }, ...told];
}

/** The same text twice: plain, and as HTML with its structure. */
function bodiesOf({ plainText, wordCount, body = [] }: Article): object[] {
  if (plainText === '') return [];
  return [
    { role: 'main', contentType: 'text/plain', wordCount, value: plainText },
    { role: 'richtext', contentType: 'text/html', wordCount, value: htmlOfBlocks(body) },
  ];
}

function peopleOf({ authors = [], editor }: Article): object[] {
  const written = authors.map((name) => ({ name, rel: 'author' }));
  return editor === undefined ? written : [...written, { name: editor, rel: 'editor' }];
}

function sourcesOf({ source }: Article): object[] {
  const { name, domain, url } = source ?? {};
  const told = known({ name: name ?? domain, literal: domain, uri: url });
  return Object.keys(told).length > 0 ? [{ ...told, role: 'originator' }] : [];
}

/** What others know it by, and the page that it was taken from with the date that it bears there, as exact as that is. */
function altIdsOf({ id, canonicalUrl, sourcePublishedAt, externalIds = [] }: Article): object[] {
  return [
    { role: 'ortoo', value: id },
    ...externalIds.map(({ system, value }) => ({ role: system, value })),
    ...(canonicalUrl === undefined ? [] : [{ role: 'canonicalUrl', value: canonicalUrl }]),
    ...(sourcePublishedAt === undefined ? [] : [{ role: 'sourcePublishedAt', value: sourcePublishedAt.date }]),
  ];
}

function originalOf({ translationOf }: Article, origin: string): object[] {
  if (translationOf === undefined) return [];
  return [{ name: 'original', rel: 'translationOf', uri: addressOf(origin, 'articles', translationOf), type: 'text' }];
}

function picturesOf({ body = [], rights }: Article): object[] {
  if (rights?.excerptOnly) return [];
  return body.flatMap((block) => (block.type === 'image' ? pictureOf(block) : []));
}

function pictureOf({ url, alt, caption }: Image): object {
  const text = caption ?? alt;
  return {
    name: text ?? url,
    rel: 'picture',
    uri: url,
    type: 'picture',
    ...(text === undefined ? {} : { descriptions: [{ role: 'caption', contentType: 'text/plain', value: text }] }),
    renditions: [{ name: 'main', href: url }],
  };
}
