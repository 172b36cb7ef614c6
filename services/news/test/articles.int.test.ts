import { typeIds } from '@ortoo/shared/kernel';
import { eventually, refusal, testContext } from '@ortoo/shared/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openNews, type Shown, type TestNews } from './support/news.ts';

let news: TestNews;
beforeAll(async () => {
  news = await openNews();
});
afterAll(() => news.close());

const article = (headline: string, more: object = {}) => ({ language: 'en', headline, summary: 'In short.', ...more });
const get = (ref: string, view = 'staff') => news.read('rpc.news.article.get', { ref, view });
const list = (request: object) => news.read<Shown[]>('rpc.news.article.list', { filter: {}, limit: 20, ...request });

describe('create', () => {
  test('an article is stored with what is derived from it', async () => {
    const body = [
      { type: 'heading', level: 2, text: 'North and South' },
      { type: 'paragraph', text: 'Both trade.' },
    ];
    const made = await news.create(
      article('Шинэ зам', {
        language: 'mn',
        body,
        status: 'published',
        categories: ['foreign-trade'],
        source: { domain: 'WWW.News.mn' },
      }),
    );
    expect(made).toMatchObject({
      slug: 'шинэ-зам',
      status: 'published',
      articleKind: 'news',
      wordCount: 5,
    });
    expect(made).toMatchObject({
      plainText: 'North and South\nBoth trade.',
      sections: [{ anchor: 'north-and-south' }],
      source: { domain: 'www.news.mn' },
      display: { lang: 'mn', name: 'Шинэ зам' },
    });
    expect((await get('шинэ-зам', 'public')).meta).toMatchObject({ id: made.id, lang: 'mn' });
  });

  test('the same headline takes the next free number', async () => {
    await news.create(article('Twice'));
    expect((await news.create(article('Twice'))).slug).toBe('twice-2');
  });

  test('all broken rules are named at once, each at its place', async () => {
    const error = await refusal(
      news.create({
        language: 'en',
        headline: 'Bad',
        categories: ['food', 'no-such'],
        sourcePublishedAt: { date: '2022-02-30', precision: 'day' },
      }),
    );
    expect(error).toMatchObject({ code: 'VALIDATION_FAILED', reason: 'article.empty' });
    expect(error.details?.errors?.map(({ pointer }) => pointer)).toEqual([
      '/body',
      '/categories/1',
      '/sourcePublishedAt/date',
    ]);
  });
});

describe('reading', () => {
  test('a filter shows the public no draft', async () => {
    await news.create(article('Hidden', { externalIds: [{ system: 'hidden', value: '1' }] }));
    const filter = { externalId: ['hidden:1'] };
    expect(await list({ filter, view: 'public', isTotalWanted: true })).toMatchObject({
      body: [],
      meta: { total: '0' },
    });
    expect((await list({ filter })).body).toHaveLength(1);
  });

  test('the public sees of an excerpt only its headings, staff sees all', async () => {
    const body = [
      { type: 'heading', level: 2, text: 'Trade' },
      { type: 'paragraph', text: 'The whole text.' },
    ];
    const { id } = await news.create(article('Excerpt', { body, status: 'published', rights: { excerptOnly: true } }));
    expect((await get(id, 'public')).body).toMatchObject({ plainText: '', body: [{ type: 'heading' }] });
    expect((await get(id)).body.body).toHaveLength(2);
  });

  test('lists filter, sort and page', async () => {
    const day = (date: string) => ({
      status: 'published',
      articleKind: 'notice',
      sourcePublishedAt: { date, precision: 'day' },
    });
    await news.create(article('B', { ...day('2022-05-02'), categories: ['road'], source: { domain: 'a.example' } }));
    await news.create(article('A', { ...day('2022-05-01'), language: 'ru' }));
    await news.create(article('C', { ...day('2022-05-03'), categories: ['food', 'road'] }));
    const filter = { articleKind: ['notice'] };
    const headlines = async (request: object) =>
      (await list({ view: 'public', ...request })).body.map(({ headline }) => headline);
    expect(await headlines({ filter })).toEqual(['C', 'A', 'B']);
    expect(await headlines({ filter, sort: ['sourcePublishedAt'] })).toEqual(['A', 'B', 'C']);
    expect(await headlines({ filter: { category: ['road'] }, sort: ['-sourcePublishedAt'] })).toEqual(['C', 'B']);
    expect(await headlines({ filter: { ...filter, language: ['ru'] } })).toEqual(['A']);
    expect(await headlines({ filter: { source: ['A.Example'] } })).toEqual(['B']);
    expect(await headlines({ filter: { ...filter, publishedFrom: '2999-01-01T00:00:00.000Z' } })).toEqual([]);
    expect(await headlines({ filter: { ...filter, publishedTo: '2999-01-01T00:00:00.000Z' } })).toHaveLength(3);
    const first = await list({ filter, sort: ['sourcePublishedAt'], limit: 2, isTotalWanted: true });
    expect(first.meta.total).toBe('3');
    expect(
      await headlines({ filter, sort: ['sourcePublishedAt'], limit: 2, after: JSON.parse(first.meta.next ?? '') }),
    ).toEqual(['C']);
  });
});

describe('change', () => {
  test('what is derived follows the body; what was read can be sent back and makes no version', async () => {
    const made = await news.create(article('Patched'));
    const patched = await news.patch(made, { body: [{ type: 'paragraph', text: 'One two.' }] });
    expect(patched).toMatchObject({ v: 2, wordCount: 2 });
    const { body } = await news.write('rpc.news.article.change', { id: made.id, v: 2, mode: 'replace', body: patched });
    expect(body).toEqual(patched);
  });

  test('a bad body is refused with every fault', async () => {
    const made = await news.create(article('Guarded'));
    const error = await refusal(news.patch(made, { headline: null, bodi: [], status: 'archived' }));
    expect(error.details?.errors?.map(({ pointer }) => pointer).sort()).toEqual(['/bodi', '/headline', '/status']);
  });

  test('an old slug answers where the article moved', async () => {
    const made = await news.create(article('Before', { status: 'published' }));
    await news.patch(made, { headline: 'After' });
    expect(await get('before', 'public')).toEqual({ body: null, meta: { movedTo: 'after' } });
  });
});

describe('translations of the same moment', () => {
  const originalOf = async (id: string) => (await get(id)).body.translationOf as string | undefined;

  test('never make a translation of a translation, and what is refused is as it was', async () => {
    for (let round = 0; round < 8; round += 1) {
      const [first, second, third] = await Promise.all(
        (['en', 'mn', 'ru'] as const).map((language) =>
          news.create(article(`Crossing ${language} ${round}`, { language })),
        ),
      );
      if (!first || !second || !third) throw new Error('three were made');
      const id = typeIds.next('article');
      const writes = [
        news.patch(first, { translationOf: second.id, editor: 'Crossed' }),
        news.patch(second, { translationOf: third.id, editor: 'Crossed' }),
        news.create(article(`Crossing ko ${round}`, { language: 'ko', translationOf: first.id }), id),
      ];
      const outcomes = await Promise.allSettled(writes);
      const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
      for (const { reason } of refusals)
        expect(['article.translations-crossed', 'article.translation-invalid', 'article.original-unknown']).toContain(
          reason,
        );
      for (const { id: one } of [first, second, third]) {
        const original = await originalOf(one);
        expect(original && (await originalOf(original)), `round ${round}`).toBeUndefined();
        expect((await get(one)).body.editor === undefined).toBe(original === undefined);
      }
      const { body } = await list({ filter: { ids: [id] } });
      expect(body.map(({ translationOf }) => translationOf)).toEqual(
        outcomes[2]?.status === 'fulfilled' ? [first.id] : [],
      );
      expect(body.length > 0 && (await originalOf(first.id)) !== undefined).toBe(false);
    }
  });
});

test('the outbox is empty at rest', async () => {
  await eventually(async () => (await news.bus.call(testContext(), 'rpc.news.outbox.state', {})).pending === 0);
});
