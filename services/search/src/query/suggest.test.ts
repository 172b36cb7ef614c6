import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readQuery } from './read-query.ts';
import { buildSuggest, readSuggestions } from './suggest.ts';

const hit = (id: string, name: Record<string, string>, names = Object.values(name)) => ({
  ...{ id, index: 'one', score: 1, sort: [], fragments: {}, matched: [] },
  source: { kind: 'company', display: { name }, name_all: names },
});
const suggested = (q: string, hits: ReturnType<typeof hit>[], limit = 10) =>
  readSuggestions({ hits }, readQuery(q), { limit, lang: 'mn' });

test.each([
  ['gob', { mn: 'Говь Цемент ХХК' }, 'Говь Цемент ХХК', [0, 4]],
  ['gobi tsem', { mn: 'Говь Цемент ХХК' }, 'Говь Цемент ХХК', [0, 11]],
  ['цем', { mn: '«Говь» Цемент', en: 'Gobi Cement' }, '«Говь» Цемент', [7, 13]],
  ['cem', { mn: 'Бетон', en: 'Cement' }, 'Cement', [0, 6]],
  ['tu', { mn: '🏗️ Түмэн' }, '🏗️ Түмэн', [4, 9]],
])('%s suggests %o as %s with what it begins', (q, name, text, match) => {
  expect(suggested(q, [hit('a', name)])).toEqual([{ text, match, kind: 'company', id: 'a' }]);
});

test('names that begin as typed come first, by another name where none is shown, and no more than asked for', () => {
  const hits = [
    hit('later', { mn: 'Шинэ Говь' }),
    hit('first', { mn: 'Говь' }),
    hit('alias', { mn: 'Алтай' }, ['Алтай', 'Govi Trade']),
    hit('none', { mn: 'Алтай' }),
  ];
  expect(suggested('говь', hits).map(({ id, text }) => [id, text])).toEqual([
    ['first', 'Говь'],
    ['alias', 'Govi Trade'],
    ['later', 'Шинэ Говь'],
    ['none', 'Алтай'],
  ]);
  expect(suggested('говь', hits, 2)).toHaveLength(2);
});

test('whatever is typed, only what the public sees is asked for, and the span lies in the text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      (q, name) => {
        const body = JSON.stringify(buildSuggest(readQuery(q), { q, limit: 10, lang: 'mn' }));
        expect(body).toContain('{"term":{"visible":true}}');
        expect(body.isWellFormed()).toBe(true);
        expect(body.length).toBeLessThan(20_000);
        const [
          {
            text,
            match: [start, end],
          } = { text: '', match: [0, 0] },
        ] = suggested(q, [hit('a', { mn: name })]);
        expect(start! <= end! && end! <= text.length).toBe(true);
      },
    ),
  );
});
