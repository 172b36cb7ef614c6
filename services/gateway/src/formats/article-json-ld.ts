import type { Article } from '@ortoo/shared/contracts';
import { addressOf } from './addresses.ts';
import { identifiers, jsonLdFormat, type Node, thing } from './json-ld.ts';

export const articleJsonLd = jsonLdFormat<Article>(newsArticleOf);

/** Who answers for what has no source. */
const PORTAL = 'Ortoo';

/** An article as a NewsArticle of schema.org. One whose rights allow an excerpt only has neither text nor pictures, whoever asks. */
function newsArticleOf(article: Article, origin: string): Node {
  const { id, rights, source, canonicalUrl, categories = [], mentions } = article;
  const url = addressOf(origin, 'articles', id);
  const publisher = publisherOf(article, origin);
  return thing('NewsArticle', {
    '@id': url,
    url,
    mainEntityOfPage: url,
    identifier: identifiers(id, article.externalIds),
    headline: article.headline,
    description: article.summary,
    articleBody: rights?.excerptOnly ? undefined : article.plainText,
    articleSection: article.sections.map(({ heading }) => heading),
    wordCount: article.wordCount,
    inLanguage: article.language,
    genre: article.articleKind,
    dateline: datelineOf(article),
    dateCreated: article.createdAt,
    datePublished: article.publishedAt,
    dateModified: article.updatedAt,
    author: authorsOf(article) ?? publisher,
    editor: article.editor === undefined ? undefined : person(article.editor),
    publisher,
    copyrightNotice: rights?.notice,
    isBasedOn: originalOf(article),
    image: imagesOf(article),
    about: categories.map((code) =>
      thing('DefinedTerm', { termCode: code, url: addressOf(origin, 'categories', code) }),
    ),
    mentions: mentions.map(({ companyId, text }) =>
      thing('Organization', { '@id': addressOf(origin, 'companies', companyId), name: text }),
    ),
    correction: (article.corrections ?? []).map(({ at, text }) =>
      thing('CorrectionComment', { text, datePublished: at }),
    ),
    translationOfWork: article.translationOf === undefined ? undefined : another(article.translationOf, origin),
    workTranslation: (article.translations ?? [])
      .filter((other) => other.id !== article.translationOf)
      .map((other) => another(other.id, origin, other.language)),
    citation: source?.url === canonicalUrl ? undefined : source?.url,
  });
}

function imagesOf({ body = [], rights }: Article): string[] {
  return rights?.excerptOnly ? [] : body.flatMap((block) => (block.type === 'image' ? block.url : []));
}

const another = (id: string, origin: string, inLanguage?: string) =>
  thing('NewsArticle', { '@id': addressOf(origin, 'articles', id), inLanguage });

const person = (name: string) => thing('Person', { name });

function authorsOf({ authors = [] }: Article): Node[] | undefined {
  return authors.length > 0 ? authors.map(person) : undefined;
}

/** The source, which answers for what it wrote; an article without one is the portal's own. */
function publisherOf({ source }: Article, origin: string): Node {
  const { name, domain, url } = source ?? {};
  if (name === undefined && domain === undefined) return thing('Organization', { name: PORTAL, url: origin });
  return thing('Organization', { name: name ?? domain, url: url ?? (domain && `https://${domain}`) });
}

/** Where and when the source published it, as far as that is known. */
function datelineOf({ source, sourcePublishedAt }: Article): string {
  return [source?.name ?? source?.domain, sourcePublishedAt?.date].filter(Boolean).join(', ');
}

/** The page that it was taken from, with the date as exactly as it is known. */
function originalOf({ canonicalUrl, headline, sourcePublishedAt }: Article): Node | undefined {
  if (canonicalUrl === undefined) return undefined;
  return thing('NewsArticle', { url: canonicalUrl, headline, datePublished: sourcePublishedAt?.date });
}
