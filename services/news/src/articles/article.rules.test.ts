import { type ArticleInput, type ArticleState, viewArticle } from '@ortoo/shared/contracts';
import type { AppError } from '@ortoo/shared/kernel';
import { describe, expect, test } from 'vitest';
import { articleKeys, isArticleVisible, openArticle, reviseArticle } from './article.rules.ts';

const born = { now: '2026-01-01T00:00:00.000Z', actorId: 'key_a' };
const later = { now: '2026-02-01T00:00:00.000Z', actorId: 'key_b' };
const knownCategories = new Set(['foreign-trade', 'food']);
const mentioning = { find: () => [], companies: new Map(), isComplete: true };
const judging = { stamp: born, suffix: '', knownCategories, mentioning };

const input: ArticleInput = {
  articleKind: 'analysis',
  language: 'en',
  headline: 'Why the steppe trades',
  body: [
    { type: 'heading', level: 2, text: 'North and south' },
    { type: 'paragraph', text: 'Both sides trade.' },
  ],
  source: { name: 'NK News', domain: 'WWW.NKNews.org' },
  sourcePublishedAt: { date: '2022-09-21', precision: 'day' },
  categories: ['foreign-trade'],
  externalIds: [{ system: 'wire', value: '7' }],
};

function thrownBy(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    return error as AppError;
  }
  throw new Error('nothing was thrown');
}

const revise = (state: ArticleState, body: Record<string, unknown>, mode: 'merge' | 'replace' = 'merge') =>
  reviseArticle(state, { mode, body }, { ...judging, stamp: later });

describe('opening an article', () => {
  test('text, sections and words are derived, the source is in lower case, a bare day stays a day', () => {
    const state = openArticle(input, judging);
    expect(state).toMatchObject({
      status: 'draft',
      slug: 'why-the-steppe-trades',
      plainText: 'North and south\nBoth sides trade.',
      sections: [{ heading: 'North and south', level: 2, anchor: 'north-and-south' }],
      wordCount: 6,
      source: { name: 'NK News', domain: 'www.nknews.org' },
      sourcePublishedAt: { date: '2022-09-21', precision: 'day' },
    });
    expect(articleKeys(state)).toEqual(['slug:why-the-steppe-trades', 'ext:wire:7']);
    expect(isArticleVisible(state)).toBe(false);
    expect(isArticleVisible(openArticle({ ...input, status: 'published' }, judging))).toBe(true);
  });

  test('a headline in any script makes a slug that keeps its letters, and the kind is news unless it is said', () => {
    const state = openArticle({ language: 'mn', headline: 'Шинэ зам нээгдлээ!', summary: 'Товч.' }, judging);
    expect(state).toMatchObject({ slug: 'шинэ-зам-нээгдлээ', articleKind: 'news', wordCount: 0, plainText: '' });
    expect(openArticle({ ...input, headline: '…?!' }, judging).slug).toBe('article');
  });

  test('web addresses may be typed in any script and are stored in ASCII', () => {
    const body = [{ type: 'image' as const, url: 'HTTPS://Gobi.MN/зураг' }];
    const urls = { canonicalUrl: 'https://монгол.мон', source: { url: 'http://a.mn:80' } };
    expect(openArticle({ ...input, ...urls, body }, judging)).toMatchObject({
      body: [{ url: 'https://gobi.mn/%D0%B7%D1%83%D1%80%D0%B0%D0%B3' }],
      canonicalUrl: 'https://xn--c1aqbeec.xn--l1acc/',
      source: { url: 'http://a.mn/' },
    });
  });

  test('paths of the API are never slugs', () => {
    expect(openArticle({ ...input, headline: 'Extract' }, judging).slug).toBe('extract-article');
    expect(thrownBy(() => openArticle({ ...input, slug: 'Ingest' }, judging))).toMatchObject({
      reason: 'article.slug-reserved',
      details: { errors: [{ pointer: '/slug' }] },
    });
  });

  test.each([
    {
      members: { body: [] },
      reason: 'article.empty',
      fault: { pointer: '/body', message: 'is missing', expected: 'a body or a summary' },
    },
    {
      members: { body: [{ type: 'image' as const, url: 'https://a b.mn' }] },
      reason: 'article.url-invalid',
      fault: {
        pointer: '/body/0/url',
        message: 'is not a web address',
        expected: 'an http or https address of at most 2048 characters, percent-encoding included',
      },
    },
    {
      members: { categories: ['food', 'no-such'] },
      reason: 'article.category-unknown',
      fault: { pointer: '/categories/1', message: 'there is no category no-such', expected: 'the code of a category' },
    },
    {
      members: { sourcePublishedAt: { date: '2022-02-30', precision: 'day' as const } },
      reason: 'article.date-invalid',
      fault: {
        pointer: '/sourcePublishedAt/date',
        message: 'is not in the calendar',
        expected: 'a date that exists',
      },
    },
  ])('$members is refused at $fault.pointer', ({ members, reason, fault }) => {
    const error = thrownBy(() => openArticle({ ...input, ...members }, judging));
    expect(error).toMatchObject({ code: 'VALIDATION_FAILED', reason, details: { errors: [fault] } });
  });

  test('HTML is read into the body, and corrections get their instant', () => {
    const { body: _body, ...others } = input;
    const state = openArticle({ ...others, bodyHtml: '<h2>A</h2><p>b</p>', corrections: [{ text: 'c' }] }, judging);
    expect(state).toMatchObject({ plainText: 'A\nb', corrections: [{ at: born.now, text: 'c' }] });
    expect(state).not.toHaveProperty('bodyHtml');
  });

  test('faults of HTML, corrections and translations are named with the others', () => {
    const broken = {
      ...input,
      body: undefined,
      bodyHtml: '<script>',
      slug: 'extract',
      translationOf: 'article_x',
      corrections: [{ at: '2999-01-01T00:00:00Z', text: 'c' }],
    };
    const { body: _body, ...members } = broken;
    const family = { id: 'article_y', translations: [] };
    const error = thrownBy(() => openArticle(members, { ...judging, family }));
    expect(error.details?.errors?.map(({ pointer }) => pointer)).toEqual([
      '/bodyHtml',
      '/bodyHtml',
      '/corrections/0/at',
      '/translationOf',
      '/slug',
    ]);
  });

  test('all broken rules are named at once', () => {
    const error = thrownBy(() =>
      openArticle(
        {
          ...input,
          body: [],
          categories: ['x-1'],
          slug: 'extract',
          sourcePublishedAt: { date: '2022', precision: 'day' },
        },
        judging,
      ),
    );
    expect(error.details?.errors?.map(({ pointer }) => pointer)).toEqual([
      '/body',
      '/categories/0',
      '/sourcePublishedAt/precision',
      '/slug',
    ]);
  });
});

describe('revising an article', () => {
  const state = openArticle(input, judging);

  test('a patch of the body derives text, sections and words anew', () => {
    const next = revise(state, { body: [{ type: 'paragraph', text: 'One two three.' }] });
    expect(next).toMatchObject({
      plainText: 'One two three.',
      sections: [],
      wordCount: 3,
      updatedAt: later.now,
      updatedBy: 'key_b',
      createdBy: 'key_a',
    });
  });

  test('what was read can be sent back: derived members are passed over, and nothing changes', () => {
    const read = viewArticle({ id: 'article_x', v: 1, state }, { view: 'staff', lang: 'en' });
    expect(revise(state, read, 'replace')).toBe(state);
    expect(revise(state, {})).toBe(state);
  });

  test('HTML of a change is read, and what was read as HTML changes nothing', () => {
    const next = revise(state, { bodyHtml: '<h2>North and south</h2><p>New.</p>' });
    expect(next).toMatchObject({ plainText: 'North and south\nNew.', sections: state.sections });
    const { bodyHtml } = viewArticle(
      { id: 'article_x', v: 1, state },
      { view: 'staff', lang: 'en', fields: ['bodyHtml'] },
    );
    expect(revise(state, { bodyHtml })).toBe(state);
    expect(
      thrownBy(() => revise(state, { bodyHtml: '<svg>', headline: ' ', status: 'published' })).details?.errors,
    ).toMatchObject([
      { pointer: '/headline' },
      { pointer: '/bodyHtml' },
      { pointer: '/bodyHtml' },
      { pointer: '/status' },
    ]);
    expect(thrownBy(() => revise(state, { bodyHtml: 7 })).details?.errors).toMatchObject([{ pointer: '/bodyHtml' }]);
    expect(revise(state, { bodyHtml: null, summary: 'Short.' })).not.toHaveProperty('body');
  });

  test('the slug follows the headline and the old one stays reserved', () => {
    const next = revise(state, { headline: 'Why it trades' });
    expect(next).toMatchObject({ slug: 'why-it-trades', oldSlugs: ['why-the-steppe-trades'] });
  });

  test('the body cannot be removed while there is no summary', () => {
    expect(thrownBy(() => revise(state, { body: null })).reason).toBe('article.empty');
    expect(revise(state, { body: null, summary: 'Short.' })).not.toHaveProperty('body');
  });
});
