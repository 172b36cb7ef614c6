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
const move = (id: string, name: string) => news.write('rpc.news.article.move', { id, move: name });
const remove = (id: string, v: number) => news.bus.call(testContext(), 'rpc.news.article.remove', { id, v });

describe('create', () => {
  test('an article is stored with what is derived from it, can be read by id and slug, and is published on the stream', async () => {
    const id = typeIds.next('article');
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
      id,
    );
    expect(made).toMatchObject({
      id,
      kind: 'article',
      v: 1,
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
    const { body: found, meta } = await get('шинэ-зам', 'public');
    expect(found.id).toBe(id);
    expect(meta).toMatchObject({ id, v: '1', lang: 'mn' });
    expect(await news.changeAt(id, 1)).toMatchObject({
      source: 'ortoo/news',
      data: { kind: 'article', visible: true, changes: [{ type: 'created' }] },
    });
  });

  test('the same headline takes the next free number, a slug set by hand collides openly', async () => {
    const first = await news.create(article('Twice'));
    expect((await news.create(article('Twice'))).slug).toBe('twice-2');
    const error = await refusal(news.create(article('Other', { slug: 'twice' })));
    expect(error).toMatchObject({ code: 'CONFLICT', reason: 'article.slug-taken', details: { id: first.id } });
  });

  test('an external id that another article holds is a conflict', async () => {
    const members = { externalIds: [{ system: 'wire', value: '1' }] };
    const first = await news.create(article('Wire', members));
    expect(await refusal(news.create(article('Wire again', members)))).toMatchObject({
      code: 'CONFLICT',
      reason: 'article.external-id-taken',
      details: { id: first.id },
    });
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
  test('a draft is invisible to the public in every read call, and visible to staff', async () => {
    const { id, slug } = await news.create(article('Hidden', { externalIds: [{ system: 'hidden', value: '1' }] }));
    for (const ref of [id, slug]) {
      expect(await refusal(get(ref, 'public'))).toMatchObject({ code: 'NOT_FOUND', reason: 'article.not-found' });
      expect((await get(ref)).body.id).toBe(id);
    }
    expect((await news.read('rpc.news.article.getMany', { ids: [id], view: 'public' })).body).toEqual([]);
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

describe('change, move, remove', () => {
  test('a patch counts the version and is published; what was read can be sent back and makes no version', async () => {
    const made = await news.create(article('Patched'));
    const patched = await news.patch(made, { body: [{ type: 'paragraph', text: 'One two.' }] });
    expect(patched).toMatchObject({ v: 2, wordCount: 2 });
    expect((await news.changeAt(made.id, 2)).data.changes.at(-1)).toMatchObject({
      type: 'updated',
      fields: expect.arrayContaining(['body', 'wordCount']),
    });
    const { body } = await news.write('rpc.news.article.change', { id: made.id, v: 2, mode: 'replace', body: patched });
    expect(body).toEqual(patched);
  });

  test('a stale version, a missing article and a bad body are refused', async () => {
    const made = await news.create(article('Guarded'));
    expect(await refusal(news.patch({ ...made, v: 7 }, {}))).toMatchObject({
      code: 'VERSION_MISMATCH',
      details: { current: { v: 1 } },
    });
    expect(await refusal(news.patch({ id: typeIds.next('article'), v: 1 }, {}))).toMatchObject({
      code: 'NOT_FOUND',
      reason: 'article.not-found',
    });
    const error = await refusal(news.patch(made, { headline: null, bodi: [], status: 'archived' }));
    expect(error.details?.errors?.map(({ pointer }) => pointer).sort()).toEqual(['/bodi', '/headline', '/status']);
  });

  test('an old slug answers where the article moved', async () => {
    const made = await news.create(article('Before', { status: 'published' }));
    await news.patch(made, { headline: 'After' });
    expect(await get('before', 'public')).toEqual({ body: null, meta: { movedTo: 'after' } });
  });

  test('publish and unpublish turn visibility, and a refused move names the allowed ones', async () => {
    const { id } = await news.create(article('Mover'));
    expect((await move(id, 'publish')).body).toMatchObject({ v: 2, status: 'published' });
    expect(await refusal(move(id, 'publish'))).toMatchObject({
      code: 'CONFLICT',
      reason: 'workflow.move-refused',
      details: { allowed: ['unpublish'] },
    });
    expect((await move(id, 'unpublish')).body).toMatchObject({ v: 3, status: 'draft' });
    expect((await news.changeAt(id, 3)).data).toMatchObject({ visible: false, live: true });
    expect(await refusal(get(id, 'public'))).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('a removed article is gone from every read and leaves a tombstone on the stream and in the export', async () => {
    const made = await news.create(article('Leaving', { status: 'published' }));
    expect(await remove(made.id, 1)).toEqual({ id: made.id, v: 2 });
    expect(await refusal(get(made.id))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal(remove(made.id, 2))).toMatchObject({ code: 'NOT_FOUND' });
    expect((await news.changeAt(made.id, 2)).data).toMatchObject({ live: false });
    const { body } = await news.read<Shown[]>('rpc.news.article.getMany', { ids: [made.id] });
    expect(body).toEqual([]);
    const exported = await news.bus.callBytes(testContext(), 'rpc.news.article.export', { limit: 10, ids: [made.id] });
    expect(JSON.parse(Buffer.from(exported.body).toString())).toMatchObject([{ id: made.id, v: 2, live: false }]);
  });

  test('the outbox is empty at rest', async () => {
    await eventually(async () => (await news.bus.call(testContext(), 'rpc.news.outbox.state', {})).pending === 0);
  });
});
