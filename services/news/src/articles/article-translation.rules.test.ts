import { describe, expect, test } from 'vitest';
import { type Family, kinOf, type Sibling, translationFaults } from './article-translation.rules.ts';

const reason = 'article.translation-invalid';
const original = { id: 'article_o', language: 'en' as const };
const family = (more: Partial<Family> = {}): Family => ({ id: 'article_t', original, translations: [], ...more });
const said = { language: 'mn' as const, translationOf: 'article_o' };

describe('what a translation may point to', () => {
  test('a live original in another language', () => {
    expect(translationFaults(said, family())).toEqual([]);
    expect(translationFaults({ language: 'mn' }, family({ original: undefined }))).toEqual([]);
    expect(translationFaults(said, undefined)).toEqual([]);
  });

  test('an original that is gone stays named, and can still not be named anew', () => {
    expect(translationFaults(said, family({ original: undefined }), said)).toEqual([]);
    const other = { ...said, translationOf: 'article_x' };
    expect(translationFaults(other, family({ original: undefined }), said)).toHaveLength(1);
  });

  test.each<[what: string, said: Parameters<typeof translationFaults>[0], family: Family, fault: object]>([
    [
      'an article that is not there',
      said,
      family({ original: undefined }),
      {
        pointer: '/translationOf',
        message: 'there is no article article_o',
        expected: 'the id of an article',
        reason: 'article.original-unknown',
      },
    ],
    [
      'itself',
      { ...said, translationOf: 'article_t' },
      family(),
      { pointer: '/translationOf', message: 'is the article itself', expected: 'the id of another article', reason },
    ],
    [
      'a translation',
      said,
      family({ original: { ...original, translationOf: 'article_first' } }),
      {
        pointer: '/translationOf',
        message: 'is itself a translation',
        expected: 'the id of the original, article_first',
        reason,
      },
    ],
    [
      'an article in the same language',
      { ...said, language: 'en' },
      family(),
      {
        pointer: '/translationOf',
        message: 'the original is in en too',
        expected: 'another language than that of the original',
        reason,
      },
    ],
    [
      'anything, while others translate it',
      said,
      family({ translations: [{ id: 'article_ru', language: 'ru' }] }),
      {
        pointer: '/translationOf',
        message: 'the article is an original itself: article_ru translates it',
        expected: 'no translationOf',
        reason,
      },
    ],
  ])('not %s', (_what, named, around, fault) => {
    expect(translationFaults(named, around)).toEqual([fault]);
  });

  test('neither side takes the language of the other', () => {
    const current = { ...said, language: 'ru' as const };
    expect(translationFaults({ ...said, language: 'en' }, family(), current)).toMatchObject([{ pointer: '/language' }]);
    const translations = [{ id: 'article_mn', language: 'mn' as const }];
    expect(translationFaults({ language: 'mn' }, family({ original: undefined, translations }))).toEqual([
      {
        pointer: '/language',
        message: 'the translation article_mn is in mn too',
        expected: 'another language',
        reason,
      },
    ]);
  });
});

describe('what a reader knows of the relatives', () => {
  const siblings: Sibling[] = [
    { id: 'article_o', language: 'en', slug: 'o' },
    { id: 'article_ru', language: 'ru', slug: 'ru', translationOf: 'article_o' },
    { id: 'article_mn', language: 'mn', slug: 'mn', translationOf: 'article_o' },
    { id: 'article_x', language: 'mn', slug: 'x', translationOf: 'article_other' },
  ];

  test('each knows all others, in the order of languages', () => {
    expect(kinOf({ id: 'article_o' }, siblings)).toEqual({
      translations: [
        { id: 'article_mn', language: 'mn', slug: 'mn' },
        { id: 'article_ru', language: 'ru', slug: 'ru' },
      ],
      isOriginalSeen: true,
    });
    const kin = kinOf({ id: 'article_mn', translationOf: 'article_o' }, siblings);
    expect(kin.translations.map(({ id }) => id)).toEqual(['article_o', 'article_ru']);
  });

  test('translations of an original that is not seen know each other, and not it', () => {
    const kin = kinOf({ id: 'article_mn', translationOf: 'article_o' }, siblings.slice(1));
    expect(kin).toMatchObject({ translations: [{ id: 'article_ru' }], isOriginalSeen: false });
  });
});
