import { eventually, refusal, testContext } from '@ortoo/shared/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCatalog, type Shown, type TestCatalog } from './support/catalog.ts';

let catalog: TestCatalog;
beforeAll(async () => {
  catalog = await openCatalog({ isNewsStarted: true });
});
afterAll(() => catalog.close());

const get = async (ref: string) => (await catalog.read('rpc.catalog.category.get', { ref })).body;
const make = async (id: string, parent: string, more: object = {}, requestKey?: string) => {
  const input = { id, parent, name: { en: id }, ...more };
  const request = { id, input, ...(requestKey ? { requestKey } : {}) };
  return (await catalog.write('rpc.catalog.category.create', request)).body;
};
const remove = ({ id, v }: { id: string; v: number }, more: object = {}) =>
  catalog.bus.call(testContext(), 'rpc.catalog.category.remove', { id, v, ...more });
const codesListed = async (limit: number) => {
  const codes: string[] = [];
  for (let after: object | undefined = {}; after; ) {
    const page: { body: Shown[]; meta: { next?: string } } = await catalog.read<Shown[]>('rpc.catalog.category.list', {
      filter: {},
      limit,
      ...after,
    });
    codes.push(...page.body.map(({ id }) => id));
    after = page.meta.next === undefined ? undefined : { after: JSON.parse(page.meta.next) };
  }
  return codes;
};

describe('a sub-category', () => {
  test('is made under its code, read, renamed and renumbered; what only the store needs is not shown', async () => {
    const made = await make('coal', 'mining-services', { synonyms: { mn: ['нүүрс'] } });
    expect(made).toMatchObject({ id: 'coal', kind: 'category', v: 1, parent: 'mining-services', ordinal: 100 });
    expect(Object.keys(made).sort()).toEqual(
      ['createdAt', 'display', 'id', 'kind', 'name', 'ordinal', 'parent', 'synonyms', 'updatedAt', 'v'].sort(),
    );
    const body = { name: { mn: 'Нүүрс' }, ordinal: 3 };
    await catalog.write('rpc.catalog.category.change', { id: 'coal', v: 1, mode: 'merge', body });
    expect(await get('coal')).toMatchObject({ v: 2, name: { en: 'coal', mn: 'Нүүрс' }, ordinal: 3 });
  });

  test('comes after its parent, by ordinal and then code, in pages of any size', async () => {
    const tops = (await codesListed(100)).filter((code) => code !== 'coal');
    await make('zinc', 'mining-services', { ordinal: 2 });
    await make('gold', 'mining-services', { ordinal: 3 });
    await make('silage', tops[0] ?? '');
    const wanted = tops.flatMap((code, place) => {
      if (code === 'mining-services') return [code, 'zinc', 'coal', 'gold'];
      return place === 0 ? [code, 'silage'] : [code];
    });
    for (const limit of [100, 7, 1]) expect(await codesListed(limit)).toEqual(wanted);
  });

  test('belongs to a top category, and its code to nobody else', async () => {
    for (const parent of ['coal', 'nowhere']) {
      const { code, details } = await refusal(make('lignite', parent));
      expect([code, details?.errors?.map(({ pointer }) => pointer)]).toEqual(['VALIDATION_FAILED', ['/parent']]);
    }
    for (const taken of ['coal', 'food'])
      expect(await refusal(make(taken, 'food'))).toMatchObject({ code: 'CONFLICT', reason: 'category.exists' });
    expect(await refusal(get('lignite'))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await get('food')).toMatchObject({ parent: null });
  });

  test('is made once by a request that is repeated', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => make('copper', 'mining-services', {}, 'key-copper')));
    expect(answers.map(({ v }) => v)).toEqual([1, 1, 1]);
  });

  test('that was deleted is revived under its code at the next version, under another parent too', async () => {
    await make('iron', 'mining-services', { description: { en: 'Ore.' } });
    expect(await remove({ id: 'iron', v: 1 }, { requestKey: 'key-iron' })).toEqual({ id: 'iron', v: 2 });
    expect(await remove({ id: 'iron', v: 1 }, { requestKey: 'key-iron' })).toEqual({ id: 'iron', v: 2 });
    expect(await refusal(get('iron'))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await codesListed(100)).not.toContain('iron');
    const again = await make('iron', 'construction');
    expect(again).toMatchObject({ id: 'iron', v: 3, parent: 'construction' });
    expect(again).not.toHaveProperty('description');
    expect(await get('iron')).toEqual(again);
  });

  test('has its deletion and its second life on the stream', async () => {
    const seen: string[] = [];
    await catalog.bus.listen({
      subjects: [catalog.space.names.changesOf('catalog', 'category')],
      onChange: ({ data }) => void (data.id === 'nickel' && seen.push(`${data.v} ${data.live}`)),
      log: catalog.space.log,
    });
    await make('nickel', 'mining-services');
    await eventually(() => seen.includes('1 true'));
    await remove({ id: 'nickel', v: 1 });
    await eventually(() => seen.includes('2 false'));
    await make('nickel', 'mining-services');
    await eventually(() => seen.includes('3 true'));
  });
});

describe('a deletion', () => {
  test('of a top category is refused', async () => {
    expect(await refusal(remove(await get('road')))).toMatchObject({ code: 'CONFLICT', reason: 'category.fixed' });
    expect(await get('road')).toMatchObject({ id: 'road' });
  });

  test('of a sub-category that companies are in is refused with their number, drafts counted', async () => {
    await make('peat', 'mining-services');
    const company = (secondary: string[]) =>
      catalog.create({ displayName: { en: 'Peat LLC' }, categories: { primary: 'road', secondary } });
    const [draft, other] = [await company(['peat']), await company(['peat', 'coal'])];
    expect(await refusal(remove({ id: 'peat', v: 1 }))).toMatchObject({
      code: 'CONFLICT',
      reason: 'category.in-use',
      details: { uses: { companies: 2 } },
    });
    expect(await refusal(remove({ id: 'peat', v: 9 }))).toMatchObject({ code: 'VERSION_MISMATCH' });
    await catalog.patch(draft, { categories: { secondary: null } });
    await catalog.patch(other, { categories: { secondary: ['coal'] } });
    expect(await remove({ id: 'peat', v: 1 })).toEqual({ id: 'peat', v: 2 });
  });

  test('of what is at another version, or is not there, is refused', async () => {
    expect(await refusal(remove({ id: 'zinc', v: 9 }))).toMatchObject({ code: 'VERSION_MISMATCH' });
    expect(await refusal(remove({ id: 'nowhere', v: 1 }))).toMatchObject({ code: 'NOT_FOUND' });
  });
});

test('a list of companies by a category takes in its sub-categories, each company once', async () => {
  const companies: string[] = [];
  for (const categories of [
    { primary: 'information-technology' },
    { primary: 'web-shops' },
    { primary: 'food', secondary: ['web-shops', 'information-technology'] },
  ]) {
    if (companies.length === 0) await make('web-shops', 'information-technology');
    companies.push((await catalog.create({ displayName: { en: 'Shop' }, categories, status: 'published' })).id);
  }
  const listed = async (category: string[]) => {
    const request = { filter: { category }, limit: 100, sort: ['createdAt'], isTotalWanted: true };
    const { body, meta } = await catalog.read<Shown[]>('rpc.catalog.company.list', request);
    return [meta.total, body.map(({ id }) => companies.indexOf(id))];
  };
  expect(await listed(['information-technology'])).toEqual(['3', [0, 1, 2]]);
  expect(await listed(['web-shops'])).toEqual(['2', [1, 2]]);
  expect(await listed(['web-shops', 'food'])).toEqual(['2', [1, 2]]);
});
