import { type SearchFacet, searchFacets } from '@ortoo/shared/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Neighbours } from './neighbours.ts';
import {
  createRandom,
  type Fact,
  families,
  passes,
  randomFilters,
  randomSeer,
  storeRandomPortal,
} from './random-portal.ts';
import { idsFor, openSearch, search } from './running-search.ts';

let neighbours: Neighbours;
let close: (() => Promise<void>) | undefined;
let facts: Fact[];

const SEED = 20261124;
const FILTERS = 200;

beforeAll(async () => {
  ({ neighbours, close } = await openSearch((owners) => {
    facts = storeRandomPortal(owners, { seed: SEED, count: 300 });
  }));
});
afterAll(() => close?.());

const countBy = (found: Fact[], valuesOf: (fact: Fact) => string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const value of found.flatMap((fact) => [...new Set(valuesOf(fact))])) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

test('200 random filters find what is found by looking at each document, for whoever asks', async () => {
  const random = createRandom(SEED);
  let found = 0;
  for (let round = 0; round < FILTERS; round += 1) {
    const filters = randomFilters(random);
    const seer = randomSeer(random);
    const expected = facts.filter((fact) => passes(fact, filters, seer));
    const reply = await search(neighbours, undefined, { ...filters, ...seer, limit: 100 });
    const what = JSON.stringify([filters, seer]);
    expect(reply.total.value, what).toBe(expected.length);
    expect(reply.kinds, what).toEqual(countBy(expected, ({ kind }) => [kind]));
    const known = new Set(expected.map(({ id }) => id));
    expect(new Set(reply.items.map(({ id }) => id)).isSubsetOf(known), what).toBe(true);
    expect(reply.items, what).toHaveLength(Math.min(100, expected.length));
    found += expected.length;
  }
  expect(found).toBeGreaterThan(FILTERS * 5);
});

const facetValues: Record<SearchFacet, (fact: Fact) => string[]> = {
  kind: ({ kind }) => [kind],
  category: ({ values }) =>
    Object.entries(families).flatMap(([parent, codes]) => [
      ...(codes.some((code) => values.category?.includes(code)) ? [parent] : []),
      ...codes.filter((code) => values.category?.includes(code)),
    ]),
  published: ({ values }) => values.month ?? [],
  price: ({ price }) => (price ? [`${price.currency}:${stepOf(price.min)}`] : []),
  region: ({ values }) => values.region ?? [],
  language: ({ values }) => values.language ?? [],
  legalForm: ({ values }) => values.legalForm ?? [],
  supplierType: ({ values }) => values.supplierType ?? [],
  verification: ({ values }) => values.verification ?? [],
  offeringKind: ({ values }) => values.offeringKind ?? [],
  articleKind: ({ values }) => values.articleKind ?? [],
  eventKind: ({ values }) => values.eventKind ?? [],
  source: ({ values }) => values.source ?? [],
};
function stepOf(min: number): string {
  if (min < 1000) return '0-1000';
  const from = 10 ** (String(min).length - 1);
  return `${from}-${from * 10}`;
}

test('the facets of 200 random filters are equal to brute force, each counted with all filters but its own', async () => {
  const random = createRandom(SEED + 1);
  for (let round = 0; round < FILTERS; round += 1) {
    const filters = randomFilters(random);
    const seer = randomSeer(random);
    const kinds = random.next() < 0.3 ? { kinds: [random.pick(['company', 'offering', 'article'] as const)] } : {};
    const asked =
      random.next() < 0.5 ? [...searchFacets] : [...new Set([random.pick(searchFacets), random.pick(searchFacets)])];
    const reply = await search(neighbours, undefined, { ...filters, ...seer, ...kinds, facets: asked, limit: 1 });
    const what = JSON.stringify([filters, seer, kinds]);
    const isOfKinds = (fact: Fact) => !kinds.kinds || kinds.kinds.some((kind) => kind === fact.kind);
    const hits = facts.filter((fact) => passes(fact, filters, seer) && isOfKinds(fact));
    expect(reply.total.value, what).toBe(hits.length);
    const expected = asked.map((facet): [string, Record<string, number>] => {
      const counted = facts.filter(
        (fact) => passes(fact, filters, seer, facet) && (facet === 'kind' || isOfKinds(fact)),
      );
      return [facet, countBy(counted, facetValues[facet])];
    });
    const found = Object.entries(reply.facets ?? {}).map(([facet, values]): [string, Record<string, number>] => [
      facet,
      Object.fromEntries(values.map(({ value, count }) => [value, count])),
    ]);
    expect(Object.fromEntries(found), what).toEqual(Object.fromEntries(expected));
  }
});

test('a facet is in a fixed order with names in the language asked for, and a query counts only what it finds', async () => {
  const { facets = {} } = await search(neighbours, 'говь', { facets: ['category', 'published', 'region'], lang: 'mn' });
  const { items } = await search(neighbours, 'говь', { limit: 100 });
  const isFound = ({ id }: Fact) => items.some((item) => item.id === id);
  expect(facets.region).toContainEqual({ value: 'MN-1', label: 'Улаанбаатар', count: expect.any(Number) });
  expect(facets.category?.find(({ value }) => value === 'coal')?.label).toBe('Kind coal');
  const counts = (facets.category ?? []).map(({ count }) => count);
  expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  const months = (facets.published ?? []).map(({ value }) => value);
  expect(months).toEqual(months.toSorted().toReversed());
  expect(items.length).toBeLessThan(100);
  const regions = Object.fromEntries((facets.region ?? []).map(({ value, count }) => [value, count]));
  expect(regions).toEqual(countBy(facts.filter(isFound), facetValues.region));
});

test('documents are found by their ids, and a filter that a kind lacks matches none of that kind', async () => {
  const [one, other] = facts.filter(({ isVisible, kind }) => isVisible && kind === 'offering').map(({ id }) => id);
  expect((await idsFor(neighbours, undefined, { ids: [one!, other!, 'nobody'] })).toSorted()).toEqual([one, other]);
  expect((await search(neighbours, undefined, { region: ['MN-1'] })).kinds).not.toHaveProperty('article');
  expect((await search(neighbours, undefined, { status: ['published'] })).kinds).not.toHaveProperty('category');
});

test('a filter narrows a query without changing the order of what is left', async () => {
  const whole = await idsFor(neighbours, 'говь steel', { limit: 100, kinds: ['company'] });
  const some = await idsFor(neighbours, 'говь steel', { limit: 100, kinds: ['company'], legalForm: ['llc', 'jsc'] });
  expect(some.length).toBeGreaterThan(3);
  expect(some).toEqual(whole.filter((id) => some.includes(id)));
  expect(some.length).toBeLessThan(whole.length);
});

test.each([
  [{ priceMin: '5' }, '/currency'],
  [{ priceMin: '5', priceMax: '4', currency: 'MNT' }, '/priceMax'],
  [{ publishedFrom: '2016-12-31T23:59:60Z' }, '/publishedFrom'],
])('the filters %j are refused at their place', async (filters, pointer) => {
  await expect(search(neighbours, undefined, filters)).rejects.toMatchObject({
    code: 'VALIDATION_FAILED',
    reason: 'search.filter-invalid',
    details: { errors: [{ pointer }] },
  });
});
