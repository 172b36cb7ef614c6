import { refusal, testContext } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCatalog, type TestCatalog } from './support/catalog.ts';

let catalog: TestCatalog;
beforeAll(async () => {
  catalog = await openCatalog();
});
afterAll(() => catalog.close());

const company = (en: string, more: object = {}) => ({ displayName: { en }, categories: { primary: 'food' }, ...more });
const found = (made: object) =>
  (made as { possibleDuplicates?: { id: string; reasons: string[] }[] }).possibleDuplicates;
const duplicates = async (ref: string) =>
  (await catalog.bus.call(testContext(), 'rpc.catalog.company.duplicates', { ref, lang: 'mn' })).items;
const at = (raw: string) => [{ kind: 'hq', address: {}, phones: [{ raw }] }];

test('a company is told of those that may be the same, by name, phone and site, and is made all the same', async () => {
  const byName = await catalog.create({ displayName: { mn: 'Тэнгэр Булаг ХХК' }, categories: { primary: 'food' } });
  const byPhone = await catalog.create(company('Somebody', { locations: at('7711 2233') }));
  const bySite = await catalog.create(company('Anybody', { websites: ['http://www.tenger.mn/en'] }));
  expect([byName, byPhone, bySite].map(found)).toEqual([undefined, undefined, undefined]);
  const made = await catalog.create(
    company('Tenger Bulag', {
      contacts: [{ name: 'Bat', phone: { raw: '+976 7711-2233' }, public: false }],
      websites: ['https://tenger.mn'],
    }),
  );
  expect(found(made)).toEqual([
    {
      id: byName.id,
      display: { lang: 'mn', name: 'Тэнгэр Булаг ХХК' },
      url: `/v1/companies/${byName.id}`,
      reasons: ['name'],
      score: 0.8,
    },
    expect.objectContaining({ id: bySite.id, reasons: ['website'], score: 0.6 }),
    expect.objectContaining({ id: byPhone.id, reasons: ['phone'], score: 0.5 }),
  ]);
  expect((await duplicates(made.slug)).map(({ id }) => id)).toEqual([byName.id, bySite.id, byPhone.id]);
  expect((await duplicates(byName.id)).map(({ id }) => id)).toEqual([made.id]);
  const { body } = await catalog.read('rpc.catalog.company.get', { ref: made.id });
  expect(body).not.toHaveProperty('possibleDuplicates');
  expect(body).not.toHaveProperty('matchKeys');
});

test('a change is followed, and merged and deleted companies are no candidates', async () => {
  const [one, other] = [await catalog.create(company('Zeerd Uul')), await catalog.create(company('Khurd Salkhi'))];
  expect(await duplicates(one.id)).toEqual([]);
  const renamed = await catalog.patch(other, { displayName: { en: 'Зээрд Уул' } });
  expect((await duplicates(one.id)).map(({ id }) => id)).toEqual([other.id]);
  await catalog.write('rpc.catalog.company.merge', { id: renamed.id, into: one.id });
  expect(await duplicates(one.id)).toEqual([]);
  const third = await catalog.create(company('Zeerd Uul JSC'));
  expect(found(third)?.map(({ id }) => id)).toEqual([one.id]);
  await catalog.bus.call(testContext(), 'rpc.catalog.company.remove', { id: third.id, v: 1 });
  expect(await duplicates(one.id)).toEqual([]);
  expect(await refusal(duplicates(third.id))).toMatchObject({ code: 'NOT_FOUND', reason: 'company.not-found' });
});

test('what an answer to a creation says can be sent back', async () => {
  await catalog.create(company('Echo Delta'));
  const made = await catalog.create(company('Echo Delta'));
  expect(found(made)).toHaveLength(1);
  const again = await catalog.write('rpc.catalog.company.change', { id: made.id, v: 1, mode: 'replace', body: made });
  expect(again.body.v).toBe(1);
});
