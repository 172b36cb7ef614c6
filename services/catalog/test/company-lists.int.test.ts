import { refusal, testContext } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCatalog, type Shown, type TestCatalog } from './support/catalog.ts';

let catalog: TestCatalog;
const ids: Record<string, string> = {};

const seeds: [string, object][] = [
  ['Altai', { categories: { primary: 'food' }, legalForm: 'llc', registrationNumber: '1000001' }],
  [
    'Bayan',
    { categories: { primary: 'construction', secondary: ['food'] }, supplierTypes: ['importer', 'distributor'] },
  ],
  [
    'Chono',
    {
      locations: [
        { kind: 'hq', address: { region: 'MN-1', district: 'Bayangol' } },
        { kind: 'site', address: { region: 'MN-053', district: 'Khanbogd' } },
      ],
    },
  ],
  ['Darkhan', { externalIds: [{ system: 'erp', value: 'x:1' }], summary: { en: 'Steel.' } }],
];

beforeAll(async () => {
  catalog = await openCatalog();
  for (const [en, members] of seeds) {
    const made = await catalog.create({
      displayName: { en },
      categories: { primary: 'travel' },
      status: 'published',
      ...members,
    });
    ids[en] = made.id;
  }
  ids.Draft = (await catalog.create({ displayName: { en: 'Draft' }, categories: { primary: 'food' } })).id;
});
afterAll(() => catalog.close());

type ListRequest = Record<string, unknown>;
const list = (request: ListRequest = {}) =>
  catalog.read<Shown[]>('rpc.catalog.company.list', { filter: {}, limit: 20, view: 'public', ...request });
const namesOf = (items: Shown[]) => items.map(({ display }) => (display as { name: string }).name);

test.each([
  [{ category: ['food'] }, ['Altai', 'Bayan']],
  [{ category: ['food', 'travel'] }, ['Altai', 'Bayan', 'Chono', 'Darkhan']],
  [{ region: ['MN-053'] }, ['Chono']],
  [{ region: ['MN-053'], district: ['Khanbogd'] }, ['Chono']],
  [{ region: ['MN-053'], district: ['Bayangol'] }, []],
  [{ legalForm: ['llc', 'jsc'] }, ['Altai']],
  [{ supplierType: ['importer'] }, ['Bayan']],
  [{ registrationNumber: ['1000001'] }, ['Altai']],
  [{ externalId: ['erp:x:1'] }, ['Darkhan']],
  [{ updatedSince: '2000-01-01T00:00:00.000Z' }, ['Altai', 'Bayan', 'Chono', 'Darkhan']],
  [{ updatedSince: '2999-01-01T00:00:00.000Z' }, []],
  [{ status: ['published', 'draft'] }, ['Altai', 'Bayan', 'Chono', 'Darkhan']],
])('the filter %j finds %j', async (filter, expected) => {
  const { body, meta } = await list({ filter, sort: ['name'], isTotalWanted: true });
  expect(namesOf(body)).toEqual(expected);
  expect(meta.total).toBe(String(expected.length));
});

test('ids that are not visible are left out for the public only', async () => {
  const filter = { ids: [ids.Draft, ids.Chono] };
  expect(namesOf((await list({ filter })).body)).toEqual(['Chono']);
  expect((await list({ filter, view: 'staff' })).body).toHaveLength(2);
});

test('the newest publication comes first by default, and drafts come last for staff', async () => {
  expect(namesOf((await list()).body)).toEqual(['Darkhan', 'Chono', 'Bayan', 'Altai']);
  expect(namesOf((await list({ view: 'staff' })).body).at(-1)).toBe('Draft');
});

test.each([
  [['name'], 'public'],
  [['-name'], 'public'],
  [['-quality', 'name'], 'public'],
  [['createdAt'], 'staff'],
  [['-updatedAt'], 'staff'],
  [['publishedAt'], 'staff'],
  [['-publishedAt'], 'staff'],
])('pages by %j (%s) hold every company once, in the order of the whole list', async (sort, view) => {
  const whole = await list({ sort, view });
  const paged: Shown[] = [];
  for (let after: unknown, isMore = true; isMore; ) {
    const { body, meta } = await list({ sort, view, limit: 2, ...(after ? { after } : {}) });
    expect(body.length).toBeLessThanOrEqual(2);
    paged.push(...body);
    after = meta.next && JSON.parse(meta.next);
    isMore = after !== undefined;
  }
  expect(paged).toEqual(whole.body);
  expect(whole.meta).not.toHaveProperty('total');
});

test('an unknown filter or sort is refused at its place', async () => {
  expect((await refusal(list({ filter: { colour: ['red'] } }))).details?.errors?.[0]?.pointer).toBe('/filter/colour');
  expect((await refusal(list({ sort: ['size'] }))).details?.errors?.[0]?.pointer).toBe('/sort/0');
});

test('an export holds everything, drafts and tombstones too', async () => {
  const gone = await catalog.create({ displayName: { en: 'Gone' }, categories: { primary: 'food' } });
  await catalog.bus.call(testContext(), 'rpc.catalog.company.remove', { id: gone.id, v: 1 });
  const { body } = await catalog.bus.callBytes(testContext(), 'rpc.catalog.company.export', { limit: 500 });
  const items = JSON.parse(Buffer.from(body).toString()) as { id: string; live: boolean; v: number; state?: object }[];
  expect(items.map(({ id }) => id)).toEqual([...Object.values(ids), gone.id].sort());
  expect(items.find(({ id }) => id === gone.id)).toMatchObject({ live: false, v: 2 });
  expect(items.find(({ id }) => id === ids.Draft)).toMatchObject({
    live: true,
    visible: false,
    state: { slug: 'draft' },
  });
});
