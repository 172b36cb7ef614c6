import { connectMongo } from '@ortoo/shared/outbox';
import { eventually, refusal, testContext } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCategorySeed } from '../src/categories/category-seed.ts';
import { openCatalog, type Shown, type TestCatalog } from './support/catalog.ts';

let catalog: TestCatalog;
beforeAll(async () => {
  catalog = await openCatalog();
});
afterAll(() => catalog.close());

const get = async (ref: string) => (await catalog.read('rpc.catalog.category.get', { ref })).body;

test('the 26 categories are listed in order, page by page, and are published on the stream', async () => {
  const body: Shown[] = [];
  const sizes: number[] = [];
  let after: object = {};
  for (;;) {
    const request = { filter: {}, limit: 10, view: 'public', ...after };
    const page = await catalog.read<Shown[]>('rpc.catalog.category.list', request);
    body.push(...page.body);
    sizes.push(page.body.length);
    if (page.meta.next === undefined) break;
    after = { after: JSON.parse(page.meta.next) };
  }
  expect(sizes).toEqual([10, 10, 6]);
  expect(body.map(({ ordinal }) => ordinal)).toEqual(Array.from({ length: 26 }, (_, index) => index + 1));
  expect(body[8]).toMatchObject({
    kind: 'category',
    v: 1,
    name: { en: 'Engineer , Architecture and Geodesy' },
    parent: null,
  });
  await eventually(async () => (await catalog.bus.streamInfo()).lastSequence >= 26);
});

test('a renamed category keeps its code and its names in other languages', async () => {
  const { id, v } = await get('food');
  const request = { id, v, mode: 'merge', body: { name: { en: 'Food and drinks' } } };
  const { body } = await catalog.write('rpc.catalog.category.change', request);
  expect(body).toMatchObject({
    id: 'food',
    name: { en: 'Food and drinks', mn: expect.any(String) },
    display: { lang: 'en', name: 'Food and drinks' },
  });
});

test('a category is not emptied by a replacement: every fault is named', async () => {
  const { id, v } = await get('health');
  const request = { id, v, mode: 'replace', body: { nmae: { en: 'x' } } };
  const { code, details } = await refusal(catalog.write('rpc.catalog.category.change', request));
  expect([code, details?.errors?.map(({ pointer }) => pointer).sort()]).toEqual([
    'VALIDATION_FAILED',
    ['/name', '/nmae'],
  ]);
});

test('another start leaves an edited category as it is, and brings what is missing to every other', async () => {
  const before = await get('road');
  await catalog.write('rpc.catalog.category.change', {
    id: 'road',
    v: before.v,
    mode: 'merge',
    body: { name: { en: 'Roads' } },
  });
  const { space } = catalog;
  const mongo = await connectMongo({ url: space.mongoUrl, database: space.names.database('catalog'), log: space.log });
  const categories = mongo.connection.db?.collection('categories');
  const old = { $unset: { 'name.mn': '', synonyms: '', place: '', edited: '' } };
  await categories?.updateOne({ _id: 'energy' as never }, old);
  await mongo.close();
  const replicas = [catalog.openReplica(), catalog.openReplica()];
  await Promise.all(replicas.map(({ lifecycle }) => lifecycle.start()));
  await Promise.all(replicas.map(({ lifecycle }) => lifecycle.stop()));
  expect(await get('road')).toMatchObject({ v: before.v + 1, name: { en: 'Roads' } });
  const { name, synonyms } = readCategorySeed().find(({ id }) => id === 'energy') ?? {};
  expect(await get('energy')).toMatchObject({ v: 2, name, synonyms });
  const list = await catalog.read<Shown[]>('rpc.catalog.category.list', { filter: {}, limit: 100 });
  expect(list.body.map(({ ordinal }) => ordinal)).toEqual(Array.from({ length: 26 }, (_, index) => index + 1));
});

test('an export pages through all of them', async () => {
  const seen: string[] = [];
  for (let after: string | undefined, isMore = true; isMore; ) {
    const { body: bytes, meta } = await catalog.bus.callBytes(testContext(), 'rpc.catalog.category.export', {
      limit: 10,
      ...(after ? { after } : {}),
    });
    seen.push(...(JSON.parse(Buffer.from(bytes).toString()) as Shown[]).map(({ id }) => id));
    after = meta.next;
    isMore = after !== undefined;
  }
  expect(seen).toHaveLength(26);
  expect(seen).toEqual([...seen].sort());
});

test('the service says that it is ready, and that its outbox is empty at rest', async () => {
  const ready = await fetch(`http://127.0.0.1:${catalog.opsPort()}/readyz`);
  expect(await ready.json()).toMatchObject({
    status: 'ok',
    checks: { mongodb: { status: 'ok' }, nats: { status: 'ok' }, calls: { status: 'ok' } },
  });
  await expect
    .poll(() => catalog.bus.call(testContext(), 'rpc.catalog.outbox.state', {}), { timeout: 10_000 })
    .toMatchObject({ pending: 0 });
});
