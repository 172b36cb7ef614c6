import { openTestNamespace, type TestNamespace, testContext } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Neighbours, openNeighbours } from './neighbours.ts';
import { type RunningSearch, startSearch } from './running-search.ts';
import { article, category, company, idOf } from './states.ts';

let space: TestNamespace;
let neighbours: Neighbours;
let running: RunningSearch;
const gobi = idOf('company', 1);
const later = idOf('company', 2);

beforeAll(async () => {
  space = await openTestNamespace();
  neighbours = await openNeighbours(space);
  neighbours.store('category', 'construction', { state: category({ mn: 'Барилга', en: 'Construction' }) });
  neighbours.store('company', gobi, {
    state: company({ mn: 'Говь Цемент ХХК' }, { summary: { mn: 'Хөлөг' } }),
  });
  neighbours.store('company', later, { state: company({ mn: 'Шинэ Говь', en: 'New Gobi' }) });
  neighbours.store('company', idOf('company', 3), { state: company({ mn: 'Хөтөч Замнал' }) });
  neighbours.store('company', idOf('company', 4), {
    visible: false,
    state: company({ mn: 'Говь Нууц' }, { status: 'draft' }),
  });
  neighbours.store('article', idOf('article', 1), { state: article('Govi bridge opens') });
  for (let n = 10; n < 40; n += 1)
    neighbours.store('company', idOf('company', n), { state: company({ mn: `Олон ${n}` }) });
  running = await startSearch(space);
  await running.becomesReady();
});

afterAll(async () => {
  await running?.stop();
  await neighbours?.close();
  await space?.dispose();
});

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
