import { openTestNamespace, type TestNamespace } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Neighbours, openNeighbours } from './neighbours.ts';
import { createRandom, type Fact, passes, randomFilters, randomSeer, storeRandomPortal } from './random-portal.ts';
import { idsFor, type RunningSearch, search, startSearch } from './running-search.ts';

let space: TestNamespace;
let neighbours: Neighbours;
let running: RunningSearch;
let facts: Fact[];

const SEED = 20261124;
const FILTERS = 200;

beforeAll(async () => {
  space = await openTestNamespace();
  neighbours = await openNeighbours(space);
  facts = storeRandomPortal(neighbours, { seed: SEED, count: 300 });
  running = await startSearch(space);
  await running.becomesReady();
});

afterAll(async () => {
  await running?.stop();
  await neighbours?.close();
  await space?.dispose();
});

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
