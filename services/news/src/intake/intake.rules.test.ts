import type { Extraction } from '@ortoo/shared/contracts';
import { AppError } from '@ortoo/shared/kernel';
import { expect, test } from 'vitest';
import { canonicalOf, categoryWords, draftOf, ingestKeys, requireOnePage } from './intake.rules.ts';

const extraction = (more: Partial<Extraction> = {}): Extraction => ({
  fields: {
    headline: { value: 'A bridge', confidence: 0.9, span: [0, 8] },
    language: { value: 'en', confidence: 0.9, span: [9, 20] },
  },
  body: [{ type: 'paragraph', text: 'It was  opened.' }],
  text: 'A bridge\nIt was  opened.',
  unsure: [],
  ...more,
});

function thrownBy(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('no AppError was thrown');
}

test.each([
  [{}, '/text', 'is missing', '`text` or `html`'],
  [{ text: 'a', html: 'b' }, '/html', 'is one too many', '`text` or `html`'],
  [{ text: ' \n' }, '/text', 'is blank', 'text'],
  [{ html: ' ' }, '/html', 'is blank', 'HTML'],
])('%j is refused', (request, pointer, message, expected) => {
  expect(thrownBy(() => requireOnePage(request))).toMatchObject({
    code: 'VALIDATION_FAILED',
    reason: 'intake.request-invalid',
    details: { errors: [{ pointer, message, expected }] },
  });
});

test('a draft needs a headline, a language and a text, and all that is missing is named', () => {
  const error = thrownBy(() => draftOf({ extraction: extraction({ fields: {}, body: [] }), canonicalUrl: undefined }));
  expect(error).toMatchObject({ code: 'UNPROCESSABLE', reason: 'intake.article-not-recognised' });
  expect(error.details?.errors?.map(({ message }) => message)).toEqual([
    'no headline can be told for sure',
    'no language can be told for sure',
    'no text can be told for sure',
  ]);
});

test('the address that a page was taken from is its source when the page names none', () => {
  const canonicalUrl = 'https://news.example/a';
  expect(draftOf({ extraction: extraction(), canonicalUrl })).toMatchObject({
    status: 'draft',
    canonicalUrl,
    source: { domain: 'news.example' },
  });
  expect(draftOf({ extraction: extraction(), canonicalUrl: undefined })).not.toHaveProperty('source');
});

test.each([
  ['https://News.example/a?utm_source=x&id=7#top', undefined, 'https://news.example/a?id=7'],
  ['no address', 'https://b.example/', 'https://b.example/'],
  [undefined, undefined, undefined],
])('%s asked for as %s is %s', (said, asked, canonical) => expect(canonicalOf(said, asked)).toBe(canonical));

test('the same words are the same text whatever their blanks and capitals', () => {
  const keys = (text: string) =>
    ingestKeys({ extraction: extraction({ body: [{ type: 'paragraph', text }] }), canonicalUrl: undefined });
  expect(keys('It was opened.')).toEqual(keys('IT  was\nopened.'));
  expect(keys('It was opened.')).not.toEqual(keys('It was closed.'));
});

test('a category is known by its names and its synonyms', () => {
  const names = new Map([['road', { name: { en: 'Road', mn: 'Зам' }, synonyms: { mn: ['гүүр'] } }]]);
  expect(categoryWords(names)).toEqual([
    { code: 'road', words: { mn: ['Зам', 'гүүр'], en: ['Road'], ru: [], ko: [], zh: [] } },
  ]);
});
