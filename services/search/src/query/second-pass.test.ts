import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INDEX_VERSION } from '../index/definition.ts';
import type { SearchPlan } from './build-query.ts';
import { readQuery } from './read-query.ts';
import { nearnessOf, rankNames } from './relaxed-names.ts';
import { buildNearNames, buildNearTexts, buildNearWords, isRelaxable } from './relaxed-query.ts';
import { chooseHits } from './second-pass.ts';
import { sortKeysOf } from './sorting.ts';
import { textFieldsOf } from './text-fields.ts';

const word = fc.string({ unit: fc.constantFrom('а', 'б', 'ө', 'x', 'k', 'h'), minLength: 1, maxLength: 8 });
const words = fc.array(word, { minLength: 1, maxLength: 5 });
const plan = (q: string, overrides: Partial<SearchPlan> = {}): SearchPlan => ({
  query: readQuery(q),
  intent: [],
  view: 'public',
  texts: textFieldsOf(INDEX_VERSION),
  limit: 20,
  sort: sortKeysOf(readQuery(q)),
  isByRelevance: true,
  ...overrides,
});

test('the nearest name is first, whatever the order of its words, and what is far is left out', () => {
  const candidates = [
    { id: 'far', names: ['Цагаан уул'] },
    { id: 'longer', names: ['Говь Цемент Трейд Групп'] },
    { id: 'near', names: ['Дархан', 'Цемент Говь'] },
  ];
  expect(rankNames(['говь', 'цемнт'], candidates).map(({ id, name }) => [id, name])).toEqual([
    ['near', 'Цемент Говь'],
    ['longer', 'Говь Цемент Трейд Групп'],
  ]);
});

test('nearness is 1 for the same words in any order, and from 0 to 1 for all others', () => {
  fc.assert(
    fc.property(words, words, (typed, name) => {
      expect(nearnessOf(typed, typed.toReversed())).toBe(1);
      const nearness = nearnessOf(typed, name);
      expect(nearness >= 0 && nearness <= 1).toBe(true);
    }),
  );
});

test('the longest text that is looked at is held against the longest names in little time', () => {
  const typed = 'абвгдежзик'.repeat(8);
  const names = Array.from({ length: 200 }, (_, n) => `${typed.slice(n % 20)}${'ө'.repeat(30)}`);
  const candidates = Array.from({ length: 200 }, (_, n) => ({ id: `company_${n}`, names }));
  const startedMs = performance.now();
  expect(rankNames([typed], candidates)).toHaveLength(50);
  expect(performance.now() - startedMs).toBeLessThan(3_000);
});

test('a name with another number is never near', () => {
  expect(nearnessOf(['builder', '2001'], ['builder', '2000'])).toBe(0);
  expect(nearnessOf(['buildr', '2000'], ['builder', '2000'])).toBeGreaterThan(0.8);
});

test('the place of the next page fits into a cursor of an address, however long the ids are', () => {
  const ids = (from: string, count: number) =>
    Array.from({ length: count }, (_, n) => from + String(n).padStart(79, '0'));
  const near = ids('n', 50).map((id) => ({ id, name: 'Говь Цемент', nearness: 0.9 }));
  const found = chooseHits({ complete: ids('c', 1), partly: ids('p', 1), near, texts: ids('t', 10) });
  const next = {
    index: 'x'.repeat(80),
    sort: [100_123.456_789, 0.123_456_789, 'i'.repeat(80)],
    relaxed: found?.relaxed,
  };
  const signatureLength = 23;
  expect(Buffer.from(JSON.stringify(next)).toString('base64url').length + signatureLength).toBeLessThanOrEqual(4096);
});

test('what holds all that was typed comes first and every id has one place', () => {
  const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'));
  const nearOf = (found: string[]) => found.map((id) => ({ id, name: 'Говь Цемент', nearness: 0.9 }));
  fc.assert(
    fc.property(ids, fc.option(ids), ids, ids, (complete, partly, names, texts) => {
      const found = chooseHits({ complete, partly, near: nearOf(names), texts });
      if (!found) return;
      const order = Object.values(found.relaxed).flat();
      expect(order.slice(0, complete.length)).toEqual(complete);
      expect(new Set(order).size).toBe(order.length);
      expect(found.didYouMean === null).toBe(complete.length > 0 || names.length === 0);
    }),
  );
});

describe('a typo is looked for', () => {
  test.each([
    ['in a few words with letters', plan('говь цемнт'), true],
    ['not in fewer letters than four', plan('гов'), false],
    ['not in a number', plan('2001'), false],
    ['not beside a code', plan('говь 5123456'), false],
    ['not in long texts', plan('one two three four five six seven eight nine ten eleven twelve thirteen'), false],
    ['in eighty letters', plan('ы'.repeat(80)), true],
    ['not in more', plan('ы'.repeat(81)), false],
    ['not in a following page', plan('говь цемнт', { after: [1] }), false],
    ['not in another order', plan('говь цемнт', { isByRelevance: false }), false],
  ])('%s', (_where, asked, expected) => {
    expect(isRelaxable(asked)).toBe(expected);
  });
});

test('whatever is typed, a second look is of what the caller may see, bounded, and lets no number differ', () => {
  const queries = fc.string({ unit: 'grapheme', maxLength: 200 });
  fc.assert(
    fc.property(queries, fc.constantFrom('public' as const, 'staff' as const), (q, view) => {
      const asked = plan(q, { view, kinds: ['company'] });
      for (const body of [buildNearNames(asked), buildNearTexts(asked), buildNearWords(asked)]) {
        const text = JSON.stringify(body.query);
        expect(text).toContain('{"term":{"live":true}}');
        expect(text).toContain('{"terms":{"kind":["company"]}}');
        expect(text.includes('{"term":{"visible":true}}')).toBe(view === 'public');
        expect(body.size).toBeLessThanOrEqual(200);
      }
    }),
  );
  for (const build of [buildNearTexts, buildNearWords])
    expect(JSON.stringify(build(plan('mp3 x2')))).not.toContain('fuzziness');
});
