import { createHash } from 'node:crypto';
import {
  type ArticleInput,
  type Block,
  type Extraction,
  type ExtractRequest,
  type FieldName,
  localeTags,
  normaliseText,
  type RuleFault,
  requireNoFaults,
} from '@ortoo/shared/contracts';
import { AppError } from '@ortoo/shared/kernel';
import { canonicalAddress } from '../articles/article-urls.rules.ts';
import type { CategoryNames } from '../categories/known-categories.follower.ts';
import type { CategoryWords } from './topics.rules.ts';

/** The contract's bound of a person's and of a source's name. */
const NAME_MAX = 120;
const HEADLINE_MAX = 200;
const AUTHORS_MAX = 20;
const CATEGORIES_MAX = 6;

/** Exactly one of `text` and `html`, and something in it. Throws VALIDATION_FAILED `intake.request-invalid`. */
export function requireOnePage({ text, html }: ExtractRequest): void {
  const fault = (pointer: string, message: string, expected: string): RuleFault => ({
    pointer,
    message,
    expected,
    reason: 'intake.request-invalid',
  });
  const faults: RuleFault[] = [];
  if (text === undefined && html === undefined) faults.push(fault('/text', 'is missing', '`text` or `html`'));
  if (text !== undefined && html !== undefined) faults.push(fault('/html', 'is one too many', '`text` or `html`'));
  if (text !== undefined && text.trim() === '') faults.push(fault('/text', 'is blank', 'text'));
  if (html !== undefined && html.trim() === '') faults.push(fault('/html', 'is blank', 'HTML'));
  requireNoFaults(faults);
}

/** What categories are called, as the reading of pages knows them. */
export function categoryWords(names: ReadonlyMap<string, CategoryNames>): CategoryWords[] {
  return [...names].map(([code, { name, synonyms }]) => {
    const words = localeTags.map((tag) => [tag, [name[tag] ?? [], synonyms?.[tag] ?? []].flat()] as const);
    return { code, words: Object.fromEntries(words) };
  });
}

/** An article that was read for sure enough to be stored. */
export type ReadArticle = { extraction: Extraction; canonicalUrl: string | undefined };

/**
 * The draft that an extraction makes. Throws UNPROCESSABLE `intake.article-not-recognised` naming what is missing: an
 * article needs a headline, a language and a text, and none of them is made up.
 */
export function draftOf({ extraction, canonicalUrl }: ReadArticle): ArticleInput {
  const { fields, body } = extraction;
  const { headline, language, source, editor, authors, sourcePublishedAt, categories } = fields;
  if (!headline || !language || body.length === 0) throw notRecognised(extraction);
  const place = sourceOf(source?.value, canonicalUrl);
  return {
    status: 'draft',
    language: language.value,
    headline: headline.value.slice(0, HEADLINE_MAX),
    body,
    ...(place ? { source: place } : {}),
    ...(editor ? { editor: editor.value.slice(0, NAME_MAX) } : {}),
    ...(authors ? { authors: authors.value.slice(0, AUTHORS_MAX) } : {}),
    ...(sourcePublishedAt ? { sourcePublishedAt: sourcePublishedAt.value } : {}),
    ...(categories ? { categories: categories.value.slice(0, CATEGORIES_MAX) } : {}),
    ...(canonicalUrl === undefined ? {} : { canonicalUrl }),
  };
}

/** What is known of a page from elsewhere, such as the feed that led to it. */
export type Given = { [Name in FieldName]?: NonNullable<Extraction['fields'][Name]>['value'] };

/** The extraction with what is known in place of what was read; categories are added to what was read. Pure. */
export function withGiven(extraction: Extraction, given: Given): Extraction {
  const { categories } = extraction.fields;
  const all = [...new Set([...(given.categories ?? []), ...(categories?.value ?? [])])];
  const known = Object.entries({ ...given, ...(all.length > 0 ? { categories: all } : {}) });
  const fields = known.map(([name, value]) => [name, { value, confidence: 1, span: [0, 0] }]);
  return {
    ...extraction,
    fields: { ...extraction.fields, ...Object.fromEntries(fields) },
    unsure: extraction.unsure.filter((name) => !known.some(([one]) => one === name)),
  };
}

function notRecognised({ fields, body }: Extraction): AppError {
  const missing = [
    ...(fields.headline ? [] : ['headline']),
    ...(fields.language ? [] : ['language']),
    ...(body.length > 0 ? [] : ['text']),
  ];
  const errors = missing.map((name) => ({
    pointer: '',
    message: `no ${name} can be told for sure`,
    expected: `a page with a ${name}`,
  }));
  return new AppError('UNPROCESSABLE', 'intake.article-not-recognised', `The page has no sure ${missing.join(', ')}.`, {
    details: { errors },
  });
}

/** The page's own word for its source; the address that it was taken from otherwise. */
function sourceOf(source: { name?: string; domain?: string } | undefined, url: string | undefined) {
  if (source) return source;
  return url === undefined ? undefined : { domain: new URL(url).hostname };
}

/** The address of the page in one spelling; undefined for what is none. */
export function canonicalOf(said: string | undefined, asked: string | undefined): string | undefined {
  return canonicalAddress(said ?? '') ?? canonicalAddress(asked ?? '');
}

/** The refusal of a page whose address an article has already. */
export function alreadyTaken(canonicalUrl: string, id: string): AppError {
  const message = 'belongs to another article already';
  return AppError.conflict('article.already-ingested', `The page ${canonicalUrl} ${message}.`, {
    errors: [{ pointer: '/url', message, expected: 'one that is free' }],
    id,
  });
}

/** By which a page is known again: its address, and its headline and text whatever their blanks and capitals. */
export function ingestKeys({ extraction, canonicalUrl }: ReadArticle): string[] {
  const words = [extraction.fields.headline?.value ?? '', ...extraction.body.map(textOf)].join(' ');
  const text = normaliseText(words).toLowerCase().replace(/\s+/gu, ' ').trim();
  return [...(canonicalUrl === undefined ? [] : [addressKey(canonicalUrl)]), `text:${hashOf(text)}`];
}

/** The key of a page's address in the form of `canonicalOf`. */
export const addressKey = (canonicalUrl: string): string => `canon:${hashOf(canonicalUrl)}`;

const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url');

function textOf(block: Block): string {
  if (block.type === 'list') return block.items.join(' ');
  return block.type === 'image' ? '' : block.text;
}
