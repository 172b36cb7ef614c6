import { buildChange } from '@ortoo/shared/contracts';
import { connectMongo } from '@ortoo/shared/outbox';
import { eventually, refusal, testContext } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openNews, type Shown, type TestNews } from './support/news.ts';

let news: TestNews;
beforeAll(async () => {
  news = await openNews({ isCatalogStarted: false });
});
afterAll(() => news.close());

const article = { language: 'en', headline: 'Roads', summary: 'In short.', categories: ['road'] };

/** More categories than one page holds, put where the catalog keeps them. */
async function addCategories(count: number) {
  const { space } = news;
  const mongo = await connectMongo({ url: space.mongoUrl, database: space.names.database('catalog'), log: space.log });
  const at = '2026-01-01T00:00:00.000Z';
  const documents = Array.from({ length: count }, (_, place) => ({
    _id: `extra-${place}` as never,
    v: 1,
    live: true,
    visible: true,
    changedAt: at,
    check: 0,
    pending: [],
    requests: [],
    ordinal: 100 + place,
    name: { en: `Extra ${place}` },
    parent: null,
    createdAt: at,
    updatedAt: at,
  }));
  await mongo.connection.db?.collection('categories').insertMany(documents);
  await mongo.close();
}

test('news is unavailable for writes while no category was ever heard of, and goes on when the catalog went away again', async () => {
  expect(await refusal(news.create(article))).toMatchObject({ code: 'UNAVAILABLE', reason: 'categories.unknown' });
  const ready = await fetch(`http://127.0.0.1:${news.opsPort()}/readyz`);
  expect(ready.status).toBe(200);

  await addCategories(120);
  const catalog = await news.startCatalog();
  const made = await eventually(() => news.create(article));
  expect(made).toMatchObject({ categories: ['road'] });
  expect(await news.create({ ...article, categories: ['extra-119'] })).toMatchObject({ slug: 'roads-2' });
  expect(await refusal(news.create({ ...article, categories: ['no-such'] }))).toMatchObject({
    reason: 'article.category-unknown',
  });

  await catalog.stop();
  expect(await news.create(article)).toMatchObject({ slug: 'roads-3' });
});

test('a category that comes or goes on the stream is known or unknown from then on', async () => {
  const change = async (v: number, live: boolean) => {
    const data = {
      kind: 'category' as const,
      id: 'solar-power',
      v,
      live,
      visible: live,
      check: 0,
      changedAt: '2026-01-01T00:00:00.000Z',
      changes: [],
    };
    const payload = JSON.stringify(buildChange('catalog', data));
    await news.bus.publisher.publish({
      subject: news.space.names.change('catalog', 'category', 'solar-power'),
      messageId: `solar-power:${v}`,
      payload,
    });
  };
  const solar = { ...article, categories: ['solar-power'] };
  expect(await refusal(news.create(solar))).toMatchObject({ reason: 'article.category-unknown' });
  await change(1, true);
  await eventually(() => news.create(solar));
  await change(2, false);
  await eventually(async () => (await refusal(news.create(solar))).reason === 'article.category-unknown');
});

test('a list by a category takes in its sub-categories, those made since and, after a restart, those made before', async () => {
  const catalog = await news.startCatalog();
  const makeSub = (id: string) =>
    news.bus.callBytes(testContext(), 'rpc.catalog.category.create', {
      id,
      input: { id, parent: 'insurance', name: { en: id } },
      lang: 'en',
    });
  await makeSub('crop-insurance');
  const inSub = { ...article, headline: 'Hail', categories: ['crop-insurance'] };
  const made = await eventually(() => news.create(inSub));
  await news.create({ ...article, headline: 'Cover', categories: ['insurance', 'crop-insurance'] });
  const listed = async (category: string[]) => {
    const request = { filter: { category }, limit: 100, sort: ['createdAt'], isTotalWanted: true };
    const { body, meta } = await news.read<Shown[]>('rpc.news.article.list', request);
    return [meta.total, body.map(({ headline }) => headline)];
  };
  expect(await listed(['insurance'])).toEqual(['2', ['Hail', 'Cover']]);
  expect(await listed(['crop-insurance', 'road'])).toEqual(['4', expect.arrayContaining(['Hail', 'Cover', 'Roads'])]);

  const replica = await news.startReplica();
  for (let count = 0; count < 10; count += 1) expect(await listed(['insurance'])).toEqual(['2', ['Hail', 'Cover']]);
  await replica.stop();
  await catalog.stop();
  expect(await listed(['insurance'])).toEqual(['2', ['Hail', 'Cover']]);
  expect(made).toMatchObject({ categories: ['crop-insurance'] });
});
