import type { SearchReply } from '@ortoo/shared/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Neighbours } from './neighbours.ts';
import { idsFor, openSearch, search } from './running-search.ts';
import { article, category, company, idOf } from './states.ts';

let neighbours: Neighbours;
let close: (() => Promise<void>) | undefined;

const cement = idOf('company', 1);
const falcon = idOf('company', 2);
const draft = idOf('company', 3);
const year = idOf('company', 4);
const news = idOf('article', 1);
const trades = Array.from({ length: 12 }, (_, n) => idOf('company', 20 + n));

beforeAll(async () => {
  ({ neighbours, close } = await openSearch(({ store }) => {
    store('category', 'construction', { state: category({ mn: 'Барилга', en: 'Construction' }) });
    const building = { categories: { primary: 'construction' } };
    store('company', cement, { state: company({ mn: 'Хөтөлцемент шохой ХХК' }, building) });
    store('company', falcon, { state: company({ mn: 'Улаанчулуут булаг ХХК' }) });
    store('company', draft, {
      visible: false,
      state: company({ mn: 'Нуугдмал ноорог' }, { status: 'draft' }),
    });
    store('company', year, { state: company({ en: 'Builder 2000' }) });
    store('article', news, {
      state: article('Quarterly exports', { plainText: 'Cashmere processing grew.' }),
    });
    trades.forEach((id, n) => {
      store('company', id, { state: company({ mn: `Алтай ${'абвгдежзиклм'[n]?.repeat(6)}` }) });
    });
    store('company', idOf('company', 40), { state: company({ mn: 'Алтай худалдаа' }, building) });
  }));
});

afterAll(() => close?.());

const few = { reason: 'few-hits', by: ['typo'] };

describe('a name with a typo is found first, and it is said', () => {
  test.each([
    ['Хөтөлцемнет шохой', cement, 'Хөтөлцемент шохой'],
    ['шохой Хөтөлцмент', cement, 'Хөтөлцемент шохой'],
    ['hutultsment shohoi', cement, 'Хөтөлцемент шохой'],
    ['Улаанчулутбулга', falcon, 'Улаанчулуут булаг'],
    ['улааншулуут ХХК', falcon, 'Улаанчулуут булаг'],
    ['ulaanchuluut bulga', falcon, 'Улаанчулуут булаг'],
  ])('%s', async (q, id, meant) => {
    const { items, relaxed, didYouMean } = await search(neighbours, q);
    expect({ first: items[0]?.id, relaxed, didYouMean }).toEqual({ first: id, relaxed: few, didYouMean: meant });
    expect((await idsFor(neighbours, didYouMean ?? ''))[0]).toBe(id);
  });

  test('also where a word of the query alone has many hits', async () => {
    const { items, relaxed, total } = await search(neighbours, 'Алтай худалдга');
    expect(items[0]?.id).toBe(idOf('company', 40));
    expect(relaxed).toEqual(few);
    expect(total.value).toBe(13);
  });

  test('a word of a text too', async () => {
    const { items, relaxed, didYouMean } = await search(neighbours, 'cashmeer procesing', { explain: true });
    expect(items.map(({ id }) => id)).toEqual([news]);
    expect([relaxed, didYouMean]).toEqual([few, null]);
    expect(items[0]?.explain?.matched).toContainEqual({ field: 'text', form: 'fuzzy', boost: 0.5 });
  });
});

describe('nothing is relaxed', () => {
  test.each([
    ['where there are enough hits', 'Алтай', {}],
    ['of a number', 'Builder 2001', {}],
    ['of a code', '5123457', {}],
    ['of few letters', 'абя', {}],
    ['of nothing', '', {}],
    ['in another order', 'Хөтөлцемнет шохой', { sort: 'name' as const }],
  ])('%s', async (_when, q, request) => {
    expect(await search(neighbours, q, request)).toMatchObject({ relaxed: null, didYouMean: null });
  });

  test('of a number: what is called by another one is no hit by its typo', async () => {
    expect((await search(neighbours, '2001')).items).toEqual([]);
  });
});

test('a typo leads nobody to what is hidden from them, and staff to all', async () => {
  expect(await search(neighbours, 'Нуугдмол норог')).toMatchObject({ items: [], relaxed: null, didYouMean: null });
  expect(await search(neighbours, 'Нуугдмол норог', { staffOf: ['article'] })).toMatchObject({
    items: [],
    didYouMean: null,
  });
  const seen = await search(neighbours, 'Нуугдмол норог', { view: 'staff' });
  expect(seen).toMatchObject({ items: [{ id: draft }], didYouMean: 'Нуугдмал ноорог' });
});

test('filters hold, and what they leave out is not offered', async () => {
  const q = 'Хөтөлцемнет шохой';
  expect(await search(neighbours, q, { kinds: ['article'] })).toMatchObject({
    items: [],
    relaxed: null,
    didYouMean: null,
  });
  const within = await search(neighbours, q, { category: ['construction'], facets: ['category', 'kind'] });
  expect(within).toMatchObject({
    items: [{ id: cement }],
    total: { value: 1, relation: 'eq' },
    kinds: { company: 1 },
    facets: { category: [{ value: 'construction', count: 1 }], kind: [{ value: 'company', count: 1 }] },
  });
});

test('pages of a relaxed answer follow each other without a gap or a repeat, as many as its total', async () => {
  const q = 'Алтай худалдга';
  const whole = await search(neighbours, q);
  const seen: string[] = [];
  let after: SearchReply['next'] = null;
  do {
    const page: SearchReply = await search(neighbours, q, { limit: 4, ...(after ? { after } : {}) });
    expect(page).toMatchObject({ relaxed: few, total: whole.total, kinds: whole.kinds });
    seen.push(...page.items.map(({ id }) => id));
    after = page.next;
  } while (after);
  expect(seen).toEqual(whole.items.map(({ id }) => id));
  expect(seen).toHaveLength(whole.total.value);
});

test('a place that names what is hidden, as it was or as staff saw it, shows and counts it to nobody', async () => {
  const q = 'Алтай худалдга';
  const { next, total } = await search(neighbours, q, { limit: 4 });
  if (!next?.relaxed) throw new Error('there is no next page');
  const after = { ...next, sort: [1_000_000_000, 1, ''], relaxed: { ...next.relaxed, texts: [draft] } };
  const pages = await Promise.all(
    [{}, { staffOf: ['article' as const] }].map((seer) => search(neighbours, q, { after, ...seer })),
  );
  for (const page of pages) expect([page.items.some(({ id }) => id === draft), page.total]).toEqual([false, total]);
  expect((await search(neighbours, q, { after, view: 'staff' })).items.map(({ id }) => id)).toContain(draft);
});

test('what holds all that was typed stays on top, and an explanation tells what is only like it', async () => {
  const { items, didYouMean } = await search(neighbours, 'Алтай жжжжжжж', { explain: true });
  const forms = (place: number) => items[place]?.explain?.matched.map(({ form }) => form);
  expect(items[0]?.id).toBe(trades[6]);
  expect(forms(0)).not.toContain('trigram');
  expect(didYouMean).toBeNull();
  const wrong = await search(neighbours, 'Алтай худалдга', { explain: true });
  expect(wrong.items[0]?.explain?.matched).toContainEqual({ field: 'name', form: 'trigram', boost: 1 });
});
