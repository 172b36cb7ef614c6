import { testContext } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Neighbours } from './neighbours.ts';
import { openSearch } from './running-search.ts';
import { article, category, company, idOf } from './states.ts';

let neighbours: Neighbours;
let close: (() => Promise<void>) | undefined;
const gobi = idOf('company', 1);
const later = idOf('company', 2);

beforeAll(async () => {
  ({ neighbours, close } = await openSearch(({ store }) => {
    store('category', 'construction', { state: category({ mn: 'Барилга', en: 'Construction' }) });
    store('company', gobi, {
      state: company({ mn: 'Говь Цемент ХХК' }, { summary: { mn: 'Хөлөг' } }),
    });
    store('company', later, { state: company({ mn: 'Шинэ Говь', en: 'New Gobi' }) });
    store('company', idOf('company', 3), { state: company({ mn: 'Хөтөч Замнал' }) });
    store('company', idOf('company', 4), {
      visible: false,
      state: company({ mn: 'Говь Нууц' }, { status: 'draft' }),
    });
    store('article', idOf('article', 1), { state: article('Govi bridge opens') });
    for (let n = 10; n < 40; n += 1) store('company', idOf('company', n), { state: company({ mn: `Олон ${n}` }) });
  }));
});
afterAll(() => close?.());

const suggest = async (q: string, request: { limit?: number; kinds?: ('company' | 'article')[] } = {}) =>
  (await neighbours.bus.call(testContext(), 'rpc.search.suggest', { q, limit: 8, lang: 'mn', ...request })).items;

test.each([
  ['gob', [0, 4]],
  ['gov', [0, 4]],
  ['го', [0, 4]],
  ['ГОВЬ', [0, 4]],
  ['gobi ts', [0, 11]],
  ['говь цем', [0, 11]],
  ['tsement', [5, 11]],
])('Говь Цемент ХХК is suggested for %s', async (q, match) => {
  expect(await suggest(q, { kinds: ['company'] })).toContainEqual({
    text: 'Говь Цемент ХХК',
    kind: 'company',
    id: gobi,
    match,
  });
});

test('a name that begins as typed comes before one with a later word, and no draft is among them', async () => {
  const items = await suggest('gob');
  expect(items.map(({ text }) => text)).toEqual(['Говь Цемент ХХК', 'Govi bridge opens', 'Шинэ Говь']);
  expect((await suggest('gob', { kinds: ['article'] })).map(({ kind }) => kind)).toEqual(['article']);
  expect((await suggest('barilg'))[0]).toMatchObject({ kind: 'category', id: 'construction', match: [0, 7] });
  expect((await suggest('hut zam'))[0]?.text).toBe('Хөтөч Замнал');
  expect(await suggest('хөлөг')).toEqual([]);
  expect(await suggest('олон')).toHaveLength(8);
});

test.each(['', ' ', '?!', '🏗️', '+(a OR b) [', '\uD800', '\u200D', 'שלום', 'а'.repeat(200), 'б '.repeat(100)])(
  'a hostile beginning (%j) is answered',
  async (q) => {
    expect((await suggest(q)).length).toBeLessThanOrEqual(8);
  },
);
