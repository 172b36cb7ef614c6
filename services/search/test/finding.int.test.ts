import { testContext } from '@ortoo/shared/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Neighbours } from './neighbours.ts';
import { idsFor, openSearch, search } from './running-search.ts';
import { article, category, company, idOf } from './states.ts';

let neighbours: Neighbours;
let close: (() => Promise<void>) | undefined;

const gobi = idOf('company', 1);
const builder = idOf('company', 2);
const miner = idOf('company', 3);
const draft = idOf('company', 4);
const seed = idOf('article', 1);

beforeAll(async () => {
  ({ neighbours, close } = await openSearch(({ store }) => {
    store('category', 'construction', {
      state: category(
        { mn: 'Барилга', en: 'Construction' },
        { synonyms: { mn: ['барилгын материал', 'цемент'], en: ['building materials'] } },
      ),
    });
    store('category', 'mining', { state: category({ mn: 'Уул уурхай', en: 'Mining' }) });
    store('category', 'coal', { state: category({ mn: 'Нүүрс', en: 'Coal' }, { parent: 'mining' }) });
    store('company', gobi, {
      state: company(
        { mn: 'Говь Цемент ХХК' },
        {
          registrationNumber: '5123456',
          categories: { primary: 'construction' },
          summary: { en: 'Ready-mix for roads.' },
        },
      ),
    });
    store('company', builder, {
      state: company(
        { mn: 'Номин Барилга ХХК', en: 'Nomin Construction LLC' },
        { categories: { primary: 'construction' } },
      ),
    });
    store('company', miner, {
      state: company({ mn: 'Уул уурхайн тоног төхөөрөмж' }, { categories: { primary: 'coal' } }),
    });
    store('company', draft, { visible: false, state: company({ en: 'Hidden Draft' }, { status: 'draft' }) });
    store('article', seed, {
      state: article('Why the Yoon administration sees a powerful partner in Mongolia', {
        plainText: 'FRIENDS WITH NORTH AND SOUTH',
        categories: ['construction'],
      }),
    });
  }));
});
afterAll(() => close?.());

describe('names in every script', () => {
  test.each([
    'Говь Цемент',
    'говь цемент ххк',
    'Gobi Tsement',
    'govi cement',
    'gowi tsement',
    '"Говь Цемент" ХХК',
    'Цемент говь',
    'GOVI',
    '5123456',
  ])('the company Говь Цемент is found first as %s', async (q) => {
    expect((await idsFor(neighbours, q))[0]).toBe(gobi);
  });

  test.each(['barilga', 'барилга', 'barilgyn material', 'construction', 'Барилгын'])(
    'a construction company is found as %s',
    async (q) => {
      expect(await idsFor(neighbours, q)).toContain(builder);
    },
  );

  test.each(['barilga', 'Барилга', 'construction'])('a category that is called %s comes first', async (q) => {
    expect((await idsFor(neighbours, q))[0]).toBe('construction');
  });

  test.each(['uul uurhai', 'uul uurkhay', 'уул уурхай', 'уурхай', 'уурхайгаас'])(
    'an inflected name is found as %s',
    async (q) => {
      expect(await idsFor(neighbours, q)).toContain(miner);
    },
  );

  test.each(['govi agro', 'agro tsement', 'nomin shokhoi'])('one word of %s is enough by its sound', async (q) => {
    expect([gobi, builder]).toContain((await idsFor(neighbours, q))[0]);
  });

  test.each([
    ['ready mix roads', 'ready roads mix'],
    ['yoon administration sees', 'sees yoon administration'],
  ])('%s weighs more than the same words as %s, which stand so nowhere', async (asWritten, mixed) => {
    const scoreOf = async (q: string) => (await search(neighbours, q, { explain: true })).items[0]?.score ?? 0;
    expect(await scoreOf(asWritten)).toBeGreaterThan(await scoreOf(mixed));
  });

  test.each(['mongolia', 'Mongolia’s partner', 'friends with north'])('the article is found as %s', async (q) => {
    expect((await idsFor(neighbours, q))[0]).toBe(seed);
  });
});

describe('filters and counts', () => {
  test('a category filter takes in its sub-categories and answers only their members', async () => {
    expect(await idsFor(neighbours, undefined, { category: ['mining'] })).toEqual([miner]);
    expect(await idsFor(neighbours, undefined, { category: ['construction'], kinds: ['company'] })).toEqual([
      gobi,
      builder,
    ]);
  });

  test('what is published in each category is counted, once also where it is in two of a family', async () => {
    const counts = (waitFor?: string[]) =>
      neighbours.bus.call(testContext(), 'rpc.search.counts', waitFor ? { waitFor } : {});
    const none = { companies: 0, offerings: 0, articles: 0, events: 0 };
    expect(await counts()).toEqual({
      categories: {
        construction: { ...none, companies: 2, articles: 1 },
        mining: { ...none, companies: 1 },
        coal: { ...none, companies: 1 },
      },
      consistent: true,
    });
    const both = idOf('company', 5);
    const categories = { primary: 'mining', secondary: ['coal', 'construction'] };
    await neighbours.publish('company', both, { state: company({ en: 'Both' }, { categories }) });
    const after = await counts([`${both}:1`]);
    expect(after).toMatchObject({
      categories: { construction: { companies: 3 }, mining: { companies: 2 }, coal: { companies: 2 } },
      consistent: true,
    });
    await neighbours.publish('company', both, { v: 2, live: false });
    expect(await counts([`${both}:2`])).toMatchObject({
      categories: { mining: { companies: 1 }, coal: { companies: 1 } },
    });
    expect(await counts([`${both}:9`])).toMatchObject({ consistent: false });
  });

  test('a query that is the name of a category finds what is in its sub-categories', async () => {
    const coalOnly = idOf('company', 6);
    const state = company({ mn: 'Шивээ ХХК' }, { categories: { primary: 'coal' } });
    await neighbours.publish('company', coalOnly, { state });
    const found = await search(neighbours, 'mining', { waitFor: [`${coalOnly}:1`], kinds: ['company'] });
    expect(found.items.map(({ id }) => id)).toContain(coalOnly);
    await neighbours.publish('company', coalOnly, { v: 2, live: false });
    await search(neighbours, 'mining', { waitFor: [`${coalOnly}:2`] });
  });

  test('the count of each kind is the same whatever kinds are asked for', async () => {
    const all = await search(neighbours, undefined);
    const some = await search(neighbours, undefined, { kinds: ['article'] });
    expect(all.kinds).toEqual({ company: 3, article: 1, category: 3 });
    expect(some.kinds).toEqual(all.kinds);
    expect(some.items.map(({ kind }) => kind)).toEqual(['article']);
    expect(some.total).toEqual({ value: 1, relation: 'eq' });
  });

  test('a category that does not exist is refused at its place with the nearest one', async () => {
    await expect(search(neighbours, undefined, { category: ['coal', 'minin'] })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      reason: 'search.category-unknown',
      details: { errors: [{ pointer: '/category/1', message: expect.stringContaining('did you mean mining?') }] },
    });
  });

  test('a draft is found by nobody in the public view and by staff', async () => {
    expect(await idsFor(neighbours, 'hidden draft')).toEqual([]);
    expect(await idsFor(neighbours, draft)).toEqual([]);
    expect(await idsFor(neighbours, 'hidden draft', { view: 'staff' })).toEqual([draft]);
  });
});

test('a hit says what it is called in the language asked for, where it is, and since when', async () => {
  const { items } = await search(neighbours, 'nomin', { lang: 'en', kinds: ['company'] });
  expect(items).toEqual([
    {
      id: builder,
      kind: 'company',
      score: expect.any(Number),
      display: { lang: 'en', name: 'Nomin Construction LLC' },
      url: `/v1/companies/${builder}`,
      publishedAt: '2026-11-24T05:00:00.000Z',
    },
  ]);
});

test('pages follow each other without a gap or a repeat, and a cursor of another index is refused', async () => {
  for (const q of [undefined, 'construction']) {
    const whole = await idsFor(neighbours, q);
    const seen: string[] = [];
    let after = undefined as Awaited<ReturnType<typeof search>>['next'] | undefined;
    do {
      const page = await search(neighbours, q, { limit: 2, ...(after ? { after } : {}) });
      seen.push(...page.items.map(({ id }) => id));
      after = page.next;
    } while (after);
    expect(seen).toEqual(whole);
    expect(seen.length).toBeGreaterThan(2);
  }
  const other = { index: 'portal-99', sort: [1, 'x'] };
  await expect(search(neighbours, undefined, { after: other })).rejects.toMatchObject({
    code: 'VALIDATION_FAILED',
    reason: 'search.cursor-expired',
  });
});

test.each([
  ['Lucene operators', '+(foo OR bar) && -baz~2 "unbalanced [a TO *] field:x/'],
  ['emoji', '🏗️👷‍♀️'],
  ['right to left', 'شركة מגדל \u202Eabc'],
  ['joiners inside a word', 'бар\u200Dилга'],
  ['200 letters', 'а'.repeat(200)],
  ['100 words', 'б '.repeat(100)],
  ['one letter', 'б'],
  ['only punctuation', '?!…'],
  ['a lone surrogate and a null', 'a\uD800\u0000b'],
  ['nothing but a legal form', 'ХХК'],
])('a hostile query (%s) is answered', async (_name, q) => {
  const reply = await search(neighbours, q);
  expect(reply.items.length).toBeLessThanOrEqual(7);
});

test('punctuation alone means nothing, an empty query everything', async () => {
  expect((await search(neighbours, '?!…')).total.value).toBe(0);
  expect((await search(neighbours, '  ')).total.value).toBe(7);
});
