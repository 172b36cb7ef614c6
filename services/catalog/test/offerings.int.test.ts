import { typeIds } from '@ortoo/shared/kernel';
import { refusal, testContext } from '@ortoo/shared/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCatalog, type Shown, type TestCatalog } from './support/catalog.ts';

let catalog: TestCatalog;
let gobi: Shown;
let hidden: Shown;
beforeAll(async () => {
  catalog = await openCatalog();
  gobi = await catalog.create(company('Gobi', { status: 'published' }));
  hidden = await catalog.create(company('Hidden'));
});
afterAll(() => catalog.close());

const company = (en: string, more: object = {}) => ({
  displayName: { en },
  categories: { primary: 'construction' },
  ...more,
});
const offering = (en: string, more: object = {}) => ({
  offeringKind: 'product',
  companyId: gobi.id,
  name: { en },
  categories: { primary: 'construction' },
  onRequest: true,
  ...more,
});
const create = async (en: string, more: object = {}) => {
  const request = { id: typeIds.next('offering'), input: offering(en, more) };
  return (await catalog.write('rpc.catalog.offering.create', request)).body;
};
const patch = async ({ id, v }: Shown, body: object) =>
  (await catalog.write('rpc.catalog.offering.change', { id, v, mode: 'merge', body })).body;
const publish = ({ id }: Shown) => catalog.write('rpc.catalog.offering.move', { id, move: 'publish' });
const list = (request: object) =>
  catalog.read<Shown[]>('rpc.catalog.offering.list', { filter: {}, limit: 20, view: 'public', ...request });
const namesOf = (items: Shown[]) => items.map(({ display }) => (display as { name: string }).name);
const removeCompany = ({ id, v }: Shown) => catalog.bus.call(testContext(), 'rpc.catalog.company.remove', { id, v });

describe('an offering and its company', () => {
  test('it shows what its company is called, and to staff whether that is seen', async () => {
    const made = await create('Cement', { status: 'published' });
    expect(made).toMatchObject({ companyName: { en: 'Gobi' }, companyVisible: true });
    const { body } = await catalog.read('rpc.catalog.offering.get', { ref: 'cement', view: 'public' });
    expect(body).toMatchObject({ id: made.id, companyName: { en: 'Gobi' } });
    for (const member of ['companyVisible', 'companyV', 'createdBy']) expect(body).not.toHaveProperty(member);
  });

  test('a company that does not exist is refused at its place, together with what else is wrong', async () => {
    const companyId = typeIds.next('company');
    const error = await refusal(create('Orphan', { companyId, gtin: '00000001' }));
    expect(error.details?.errors).toEqual([
      expect.objectContaining({ pointer: '/gtin' }),
      { pointer: '/companyId', message: `there is no company ${companyId}`, expected: 'the id of a company' },
    ]);
    expect((await list({ filter: { companyId: [companyId] }, view: 'staff' })).body).toEqual([]);
  });

  test('it is not published, by create, move or change of company, while its company is not', async () => {
    const refused = { code: 'CONFLICT', reason: 'offering.company-not-published' };
    expect(await refusal(create('Early', { companyId: hidden.id, status: 'published' }))).toMatchObject(refused);
    const draft = await create('Draft', { companyId: hidden.id });
    expect(await refusal(publish(draft))).toMatchObject(refused);
    const shown = await create('Shown', { status: 'published' });
    expect(await refusal(patch(shown, { companyId: hidden.id }))).toMatchObject(refused);
    const { body } = await catalog.read('rpc.catalog.offering.get', { ref: draft.id });
    expect([body.status, body.v]).toEqual(['draft', 1]);
  });

  test('it goes to another company with the name of that one', async () => {
    const other = await catalog.create(company('Other', { status: 'published' }));
    const made = await create('Moving', { status: 'published' });
    expect(await patch(made, { companyId: other.id })).toMatchObject({ companyName: { en: 'Other' }, v: 2 });
  });

  test('a company with offerings is not deleted, whatever their status, and says how many there are', async () => {
    const owner = await catalog.create(company('Owner', { status: 'published' }));
    const [first, second] = [
      await create('One', { companyId: owner.id }),
      await create('Two', { companyId: owner.id }),
    ];
    expect(await refusal(removeCompany(owner))).toMatchObject({
      code: 'CONFLICT',
      reason: 'company.has-offerings',
      details: { uses: { offerings: 2 } },
    });
    expect(await refusal(removeCompany({ ...owner, v: 9 }))).toMatchObject({ code: 'VERSION_MISMATCH' });
    for (const { id, v } of [first, second])
      await catalog.bus.call(testContext(), 'rpc.catalog.offering.remove', { id, v });
    expect(await removeCompany(owner)).toMatchObject({ v: 2 });
  });
});

test('attributes are held against the schema of the first category, on create and on change', async () => {
  const properties = { grade: { type: 'number', minimum: 1 } };
  const { body: category } = await catalog.read('rpc.catalog.category.get', { ref: 'mining-equipment' });
  await catalog.write('rpc.catalog.category.change', {
    id: category.id,
    v: category.v,
    mode: 'merge',
    body: { attributeSchema: { type: 'object', properties, required: ['grade'], additionalProperties: false } },
  });
  const categories = { primary: 'mining-equipment' };
  const pointersOf = async (attempt: Promise<unknown>) =>
    (await refusal(attempt)).details?.errors?.map(({ pointer }) => pointer);
  expect(await pointersOf(create('Drill', { categories }))).toEqual(['/attributes/grade']);
  const made = await create('Drill', { categories, attributes: { grade: 7 } });
  expect(await pointersOf(patch(made, { attributes: { grade: 0 } }))).toEqual(['/attributes/grade']);
  const other = await create('Cement', { attributes: { anything: 'goes' } });
  expect(await pointersOf(patch(other, { categories }))).toEqual(['/attributes/grade', '/attributes/anything']);
  expect(await patch(made, { attributes: { grade: 8 } })).toMatchObject({ attributes: { grade: 8 } });
});

describe('lists', () => {
  let other: Shown;
  beforeAll(async () => {
    other = await catalog.create(company('Lister', { status: 'published' }));
    const own = { companyId: other.id, status: 'published' };
    await create('Anvil', { ...own, availability: 'in_stock' });
    await create('Bridge', { ...own, offeringKind: 'service', categories: { primary: 'food', secondary: ['travel'] } });
    await create('Crane', { ...own, availability: 'made_to_order', externalIds: [{ system: 'shop', value: '1' }] });
    await create('Draft', { companyId: other.id });
  });

  test.each([
    [{}, ['Anvil', 'Bridge', 'Crane']],
    [{ offeringKind: ['service'] }, ['Bridge']],
    [{ availability: ['in_stock', 'made_to_order'] }, ['Anvil', 'Crane']],
    [{ category: ['travel'] }, ['Bridge']],
    [{ externalId: ['shop:1'] }, ['Crane']],
    [{ updatedSince: '2999-01-01T00:00:00.000Z' }, []],
    [{ status: ['draft'] }, []],
  ])('of a company by the filter %j hold %j', async (filter, expected) => {
    const { body, meta } = await list({
      filter: { companyId: [other.id], ...filter },
      sort: ['name'],
      isTotalWanted: true,
    });
    expect(namesOf(body)).toEqual(expected);
    expect(meta.total).toBe(String(expected.length));
  });

  test('hold drafts for staff, and every offering once page by page', async () => {
    const filter = { companyId: [other.id] };
    for (const sort of [['name'], ['-createdAt'], ['updatedAt'], ['-publishedAt']]) {
      const whole = (await list({ filter, sort, view: 'staff' })).body;
      expect(whole).toHaveLength(4);
      const first = await list({ filter, sort, view: 'staff', limit: 3 });
      const after = JSON.parse(first.meta.next ?? '');
      const rest = await list({ filter, sort, view: 'staff', limit: 3, after });
      expect([...first.body, ...rest.body]).toEqual(whole);
    }
  });
});
