import { connectBus } from '@ortoo/shared/bus';
import { systemClock, typeIds } from '@ortoo/shared/kernel';
import { connectMongo, type Mongo } from '@ortoo/shared/outbox';
import { eventually, killedDuring, spawnService, type TestNamespace, testContext } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openNews, openNewsPlace, type Shown, type TestNews } from './support/news.ts';

let news: TestNews;
let mongo: Mongo;
beforeAll(async () => {
  news = await openNews();
  mongo = await openDatabase(news.space);
});
afterAll(async () => {
  await mongo.close();
  await news.close();
});

type Walk = { _id: string; id: string; looked: number; isDone: boolean };
type Row = { _id: string; v: number };
const openDatabase = ({ mongoUrl, names, log }: TestNamespace) =>
  connectMongo({ url: mongoUrl, database: names.database('news'), log });
const walkIn = ({ connection }: Mongo) => connection.collection<Walk>('mention_searches').findOne({ _id: 'articles' });

type Mention = { companyId: string; text: string; confirmed: boolean };
type Written = Shown & { mentions: Mention[] };

const ask = async (name: string, request: object) => (await news.write(name as never, request as never)).body;
const companyOf = (name: string, status: string) => ({
  displayName: { mn: name },
  categories: { primary: 'construction' },
  status,
});
const articleOf = (text: string, more: object = {}) => ({
  ...{ language: 'mn', headline: 'Мэдээ', body: [{ type: 'paragraph', text }], status: 'published' },
  ...more,
});
const publishCompany = (name: string, status = 'published') =>
  ask('rpc.catalog.company.create', { id: typeIds.next('company'), input: companyOf(name, status) });
const changeCompany = ({ id, v }: Shown, body: object) =>
  ask('rpc.catalog.company.change', { id, v, mode: 'merge', body });
const moveCompany = ({ id }: Shown, move: string) => ask('rpc.catalog.company.move', { id, move });
const write = (text: string, more: object = {}) => news.create(articleOf(text, more)) as Promise<Written>;
const read = async ({ id }: { id: string }, view = 'staff') =>
  (await news.read<Written>('rpc.news.article.get', { ref: id, view })).body;
const idsIn = async (companyId: string) =>
  (
    await news.read<Shown[]>('rpc.news.article.list', { filter: { companyId: [companyId] }, limit: 20, view: 'public' })
  ).body.map(({ id }) => id);
/** Resolves when articles were searched for all that was published of companies so far. */
const isSearched = async () => {
  const name = `Хүлээлт ${LETTERS.charAt(waits)}вар Констракшн ХХК`;
  waits += 1;
  const article = await write(`${name} ирэв.`);
  await publishCompany(name);
  await eventually(async () => (await read(article)).mentions.length === 1);
  await eventually(async () => (await walkIn(mongo))?.isDone === true);
};
const LETTERS = 'АБГДЗМНСТХЧШ';
let waits = 0;

test('a company that is published later is found in the articles that were written before, and in drafts', async () => {
  const article = await write('Дорноговьд Сайхан Хөндий Цементийн үйлдвэр нээгдлээ.');
  const draft = await write('Сайхан Хөндий Цемент ХХК төлөвлөж байна.', { status: 'draft' });
  const other = await write('Өчигдөр хурал боллоо.');
  const { id } = await publishCompany('Сайхан Хөндий Цемент ХХК');
  await eventually(async () => expect(await idsIn(id)).toEqual([article.id]));
  expect(await read(article)).toMatchObject({
    v: 2,
    mentions: [{ companyId: id, text: 'Сайхан Хөндий Цемент', confirmed: false }],
  });
  await eventually(async () => expect((await read(draft)).mentions).toMatchObject([{ companyId: id }]));
  const asked = { ref: article.id, limit: 1 };
  const { body } = await news.bus.callBytes(testContext(), 'rpc.news.article.revisions', asked);
  expect(JSON.parse(Buffer.from(body).toString())).toMatchObject([{ v: 2, types: ['mentions-found'] }]);
  expect((await read(other)).v).toBe(1);
});

test('a name that a company gets later is found, and what was found stays as it is', async () => {
  const company = await publishCompany('Мөнгөн Тавилга ХХК');
  await isSearched();
  const both = await write('Мөнгөн Тавилга ХХК одоо Сүндэр Тавилга ХХК нэртэй.');
  const old = await write('Мөнгөн Тавилга ХХК дэлгүүр нээв.');
  expect([both.mentions.length, old.mentions.length]).toEqual([1, 1]);
  await ask('rpc.news.article.mention', { id: both.id, n: 0, verdict: 'confirm' });
  await changeCompany(company, { altNames: [{ mn: 'Сүндэр Тавилга ХХК' }] });
  await eventually(async () =>
    expect((await read(both)).mentions).toMatchObject([
      { companyId: company.id, text: 'Мөнгөн Тавилга ХХК', confirmed: true },
      { companyId: company.id, text: 'Сүндэр Тавилга ХХК', confirmed: false },
    ]),
  );
  await isSearched();
  expect((await read(old)).mentions).toMatchObject([{ text: 'Мөнгөн Тавилга ХХК' }]);
});

test('a company that an editor removed from an article is not found in it again, by no new name', async () => {
  const company = await publishCompany('Зэгст Нуур Жуулчин ХХК');
  await isSearched();
  const article = await write('Зэгст Нуур Жуулчин ХХК, өөрөөр Хулст Нуур Аялал ХХК, зун нээнэ.');
  await ask('rpc.news.article.mention', { id: article.id, n: 0, verdict: 'remove' });
  await changeCompany(company, { altNames: [{ mn: 'Хулст Нуур Аялал ХХК' }] });
  await isSearched();
  const now = await read(article);
  expect([now.mentions, await idsIn(company.id)]).toEqual([[], []]);
});

test('a company that was away is found in what was written meanwhile; one that the public never saw is not', async () => {
  const away = await publishCompany('Хөх Толгой Импекс ХХК');
  await publishCompany('Нууц Толгой Импекс ХХК', 'draft');
  await isSearched();
  await moveCompany(away, 'unpublish');
  await isSearched();
  const article = await write('Хөх Толгой Импекс ХХК болон Нууц Толгой Импекс ХХК гэрээ байгуулав.');
  expect(article.mentions).toEqual([]);
  await moveCompany(away, 'publish');
  await eventually(async () => expect((await read(article)).mentions).toMatchObject([{ companyId: away.id }]));
  await isSearched();
  expect((await read(article)).mentions).toHaveLength(1);
});

const ARTICLES = 80;
/** The second page of 16 is searched, and not noted. */
const FAILPOINT = 'mentions.page-searched=kill@2';

test('a walk that a kill ended goes on where it was, in one of two replicas, and no article is written twice', async () => {
  const place = await openNewsPlace();
  const { space } = place;
  const own = await openDatabase(space);
  const bus = await connectBus({ url: space.natsUrl, names: space.names, service: 'gateway', log: space.log });
  const create = (kind: 'article' | 'company', input: object) => {
    const name = kind === 'article' ? 'rpc.news.article.create' : 'rpc.catalog.company.create';
    return bus.callBytes(testContext(), name as never, { id: typeIds.next(kind), input, lang: 'mn' } as never);
  };
  const versions = async () =>
    (await own.connection.collection<Row>('articles').find({}).sort({ _id: -1 }).toArray()).map(({ v }) => v);

  const first = spawnService(new URL('../src/main.ts', import.meta.url), space, FAILPOINT);
  const { signal } = await killedDuring(first, async () => {
    for (let n = 0; n < ARTICLES; n += 1)
      await eventually(() => create('article', articleOf('Урт Голын Гүүр ХХК гүүр барив.')), { everyMs: 100 });
    await create('company', companyOf('Урт Голын Гүүр ХХК', 'published'));
  });
  expect(signal).toBe('SIGKILL');
  expect(await versions()).toEqual(Array.from({ length: ARTICLES }, (_, place) => (place < 32 ? 2 : 1)));
  const begun = await walkIn(own);
  expect(begun).toMatchObject({ looked: 16, isDone: false });

  const replicas = [await place.start(systemClock), await place.start(systemClock)];
  await eventually(async () => (await walkIn(own))?.isDone === true, { timeoutMs: 30_000 });
  expect(await walkIn(own)).toMatchObject({ id: begun?.id });
  expect(await versions()).toEqual(Array.from({ length: ARTICLES }, () => 2));
  for (const replica of replicas) await replica.stop();
  await bus.close();
  await own.close();
  await place.close();
}, 60_000);
