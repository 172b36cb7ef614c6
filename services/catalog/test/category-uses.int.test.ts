import { typeIds } from '@ortoo/shared/kernel';
import { eventually, type OwnerHand, openOwnerHand, refusal, testContext } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCatalog, type Shown, type TestCatalog } from './support/catalog.ts';

let catalog: TestCatalog;
let owner: OwnerHand;
beforeAll(async () => {
  catalog = await openCatalog({ isNewsStarted: true });
  owner = await openOwnerHand(catalog.space);
});
afterAll(async () => {
  await owner.close();
  await catalog.close();
});

const make = async (id: string) =>
  (await catalog.write('rpc.catalog.category.create', { id, input: { id, parent: 'road', name: { en: `Of ${id}` } } }))
    .body;
const remove = ({ id, v }: { id: string; v: number }) =>
  catalog.bus.call(testContext(), 'rpc.catalog.category.remove', { id, v });
const read = async (ref: string) => (await catalog.read('rpc.catalog.category.get', { ref })).body;

const company = (code: string) =>
  catalog.create({ displayName: { en: 'Steppe' }, categories: { primary: 'road', secondary: [code] } });
const article = async (code: string) => {
  const input = { language: 'en', headline: 'Roads', summary: 'In short.', categories: [code] };
  return (await catalog.write('rpc.news.article.create', { id: typeIds.next('article'), input })).body;
};
const event = async (code: string) => {
  const start = { local: '2030-10-07T10:00', tzid: 'Asia/Ulaanbaatar' };
  const input = { eventKind: 'expo', name: { en: 'Road week' }, start, categories: [code] };
  return (await catalog.write('rpc.news.event.create', { id: typeIds.next('event'), input })).body;
};
/** As documents of each kind are made, where they are kept, and what they say of their categories. */
const kinds = [
  {
    kind: 'company',
    service: 'catalog',
    collection: 'companies',
    put: company,
    say: (code: string) => ({ primary: code }),
  },
  { kind: 'article', service: 'news', collection: 'articles', put: article, say: (code: string) => [code] },
  { kind: 'event', service: 'news', collection: 'events', put: event, say: (code: string) => [code] },
] as const;

test('a category that articles and events are in is not deleted, drafts counted', async () => {
  const gravel = await make('gravel');
  const { id, v } = await eventually(() => article('gravel'));
  const fair = await event('gravel');
  await company('gravel');
  expect(await refusal(remove(gravel))).toMatchObject({
    code: 'CONFLICT',
    reason: 'category.in-use',
    details: { uses: { articles: 1, companies: 1, events: 1 } },
  });
  await catalog.bus.call(testContext(), 'rpc.news.article.remove', { id, v });
  await catalog.bus.call(testContext(), 'rpc.news.event.remove', { id: fair.id, v: fair.v });
  expect(await refusal(remove(gravel))).toMatchObject({ details: { uses: { companies: 1 } } });
});

test.each(kinds)('of the kind $kind, what got into a category just before it was deleted has it back', async (kind) => {
  const code = `late-${kind.kind}`;
  const { v: _v, updatedAt: _at, ...said } = await make(code);
  const made = await kind.put('road');
  expect(await remove({ id: code, v: 1 })).toEqual({ id: code, v: 2 });
  expect(await refusal(read(code))).toMatchObject({ code: 'NOT_FOUND' });
  await owner.set(kind.service, kind.collection, [made.id], { categories: kind.say(code) });
  const body = { externalIds: [{ system: 'registry', value: kind.kind }] };
  await catalog.write(`rpc.${kind.service}.${kind.kind}.change` as never, { id: made.id, v: 1, mode: 'merge', body });
  expect(await eventually(() => read(code))).toMatchObject({ v: 3, ...said });
});

test('whatever is put into categories while they are deleted, nothing is left in one that is not there', async () => {
  const codes = Array.from({ length: 30 }, (_, place) => `crossing-${place}`);
  await Promise.all(codes.map(make));
  await eventually(() => article('crossing-29'));
  const written: { code: string; made: Shown }[] = [];
  const put = async (code: string, place: number) => {
    const { put: putOne } = kinds[place % kinds.length] ?? kinds[0];
    const [made] = await Promise.allSettled([putOne(code), remove({ id: code, v: 1 })]);
    if (made.status === 'fulfilled') written.push({ code, made: made.value });
  };
  for (let at = 0; at < codes.length; at += 6)
    await Promise.all(codes.slice(at, at + 6).map((code, place) => put(code, place)));
  expect(written.length).toBeGreaterThan(0);
  await eventually(async () => {
    for (const { code } of written) await read(code);
    return true;
  });
});
