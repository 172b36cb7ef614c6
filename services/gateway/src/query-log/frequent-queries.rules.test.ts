import type { SearchHit, Suggestion } from '@ortoo/shared/contracts';
import { expect, test } from 'vitest';
import { findFrequent, isAnswered, mixSuggestions, toFrequentQuery } from './frequent-queries.rules.ts';

const known = ['говь цемент', 'cashmere export', '메카', 'gobi road'].flatMap((text) => toFrequentQuery(text) ?? []);

test.each([
  ['gob', ['говь цемент', 'gobi road'], [0, 4]],
  ['ГОВ', ['говь цемент', 'gobi road'], [0, 4]],
  ['tsem', ['говь цемент'], [5, 11]],
  ['tsem gov', ['говь цемент'], [0, 11]],
  ['export cash', ['cashmere export'], [0, 15]],
  ['gobi roads', [], undefined],
  ['', [], undefined],
  ['?!', [], undefined],
])('%j begins the words of %j', (typed, texts, match) => {
  const found = findFrequent(known, typed, 9);
  expect(found.map(({ text, id, kind }) => [text, id, kind])).toEqual(texts.map((text) => [text, text, 'query']));
  expect(found[0]?.match).toEqual(match);
});

test('no more are found than wanted, the most frequent first', () => {
  expect(findFrequent(known, 'go', 1).map(({ text }) => text)).toEqual(['говь цемент']);
});

test.each(['', 'ab', '12 34', 'x'.repeat(61), 'a b c d e f g'])('%j is nothing to suggest', (text) => {
  expect(toFrequentQuery(text)).toBeUndefined();
});

const hit = (...forms: string[]): SearchHit => ({
  ...{ id: 'a', kind: 'company', score: 1, url: '/', display: { lang: 'en', name: 'A' } },
  explain: { matched: forms.map((form) => ({ field: 'name', form, boost: 1 })) },
});

test.each([
  ['gobi cement', [], false],
  ['gobi cement', [hit('words', 'prefix')], false],
  ['gobi cement', [hit('words'), hit('whole')], false],
  ['gobi cement', [hit('words', 'all-words')], true],
  ['gobi cement', [hit('skeleton')], true],
  ['gobi', [hit('words')], true],
  ['gobi', [hit()], false],
])('%j with the hits %j is answered as a whole: %j, and never with a typo', (text, items, expected) => {
  expect(isAnswered(text, { items, relaxed: null })).toBe(expected);
  const relaxed = { reason: 'few-hits' as const, by: ['typo' as const] };
  expect(isAnswered(text, { items, relaxed })).toBe(false);
});

test('queries take the last places, a quarter at most, and none that is a name in the list', () => {
  const names = Array.from({ length: 8 }, (_one, n): Suggestion => {
    return { text: `Gobi ${n}`, kind: 'company', id: `c${n}`, match: [0, 4] };
  });
  const queries = findFrequent(
    ['gobi 1', 'gobi road', 'gobi rail', 'gobi sand'].flatMap((text) => toFrequentQuery(text) ?? []),
    'gobi',
    9,
  );
  const textsOf = (limit: number, shown = names) => mixSuggestions(shown, queries, limit).map(({ text }) => text);
  expect(textsOf(8)).toEqual([...names.slice(0, 6).map(({ text }) => text), 'gobi road', 'gobi rail']);
  expect(textsOf(3)).toEqual(['Gobi 0', 'Gobi 1', 'Gobi 2']);
  expect(textsOf(8, [])).toEqual(['gobi 1', 'gobi road']);
});
