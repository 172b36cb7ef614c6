import fc from 'fast-check';
import { expect, test } from 'vitest';
import { INDEX_VERSION } from '../index/definition.ts';
import { buildSearch, type SearchPlan } from './build-query.ts';
import { readAfter } from './cursor.ts';
import { readQuery } from './read-query.ts';
import { sortKeysOf } from './sorting.ts';
import { textFieldsOf } from './text-fields.ts';

const keysOf = (q: string) => sortKeysOf(readQuery(q));
const plan = (q: string | undefined, overrides: Partial<SearchPlan> = {}): SearchPlan => ({
  query: readQuery(q),
  intent: [],
  view: 'public',
  texts: textFieldsOf(INDEX_VERSION),
  limit: 20,
  sort: keysOf(q ?? ''),
  ...overrides,
});

test('one word asks this', () => {
  expect(
    buildSearch(
      plan('Говь', {
        intent: [{ code: 'travel', codes: ['travel', 'hotels'], weight: 1, isNamed: true }],
        kinds: ['company'],
        filters: [{ name: 'category', query: { terms: { categories: ['travel'] } } }],
      }),
    ),
  ).toMatchSnapshot();
});

test('two words add rewards for both and for their order', () => {
  expect(buildSearch(plan('gobi "cement"', { after: [1, 0.5, 'x'] })).query).toMatchSnapshot();
});

test('an index of an earlier release, which answers until this one is filled, is asked by the fields that it has', () => {
  const asked = (version: number) =>
    JSON.stringify(buildSearch(plan('gobi cement', { texts: textFieldsOf(version) })).query);
  expect(asked(10)).not.toContain('text.en');
  for (const field of ['title.en', 'summary.en', 'body.en']) expect(asked(10)).toContain(field);
  expect(asked(INDEX_VERSION)).toContain('text.en');
});

test('nothing typed asks for everything, the newest first', () => {
  expect(buildSearch(plan(undefined))).toMatchSnapshot();
  expect(buildSearch(plan('  '))).toEqual(buildSearch(plan(undefined)));
});

test('the public view never asks without visibility, and every view asks for what is live', () => {
  const queries = fc.string({ unit: 'grapheme', maxLength: 200 });
  fc.assert(
    fc.property(queries, fc.constantFrom('public' as const, 'staff' as const), (q, view) => {
      const text = JSON.stringify(buildSearch(plan(q, { view })));
      const isNothing = text.includes('match_none');
      expect(isNothing || text.includes('{"term":{"live":true}}')).toBe(true);
      expect(isNothing || text.includes('{"term":{"visible":true}}') === (view === 'public')).toBe(true);
      expect(text.isWellFormed()).toBe(true);
      expect(text.length).toBeLessThan(60_000);
    }),
  );
});

test('a number is looked up as a code as it stands and as bare digits', () => {
  expect(readQuery('+976 7012-3456').codes).toEqual(['+976 7012-3456', '97670123456', '70123456', '7012-3456']);
  expect(readQuery('registry:5123456').codes).toEqual(['registry:5123456']);
  expect(readQuery('top 10').codes).toEqual(['top 10']);
});

test('a cursor belongs to one index and one way of sorting', () => {
  const relevance = { index: 'portal-1', sort: [1.5, 0.2, 'company_1'] };
  expect(readAfter(relevance, keysOf('gobi'), 'portal-1')).toEqual(relevance.sort);
  expect(() => readAfter(relevance, keysOf('gobi'), 'portal-2')).toThrow(/rebuilt/);
  expect(() => readAfter(relevance, keysOf(''), 'portal-1')).toThrow(/does not belong/);
  expect(() => readAfter({ ...relevance, sort: ['x', 1, 2] }, keysOf('gobi'), 'portal-1')).toThrow(/does not belong/);
});
