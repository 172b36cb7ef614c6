import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Neighbours } from './neighbours.ts';
import { openSearch, search } from './running-search.ts';
import { article, category, company, idOf } from './states.ts';

let neighbours: Neighbours;
let close: (() => Promise<void>) | undefined;
const gobi = idOf('company', 1);
const story = idOf('article', 1);

beforeAll(async () => {
  ({ neighbours, close } = await openSearch(({ store }) => {
    store('category', 'construction', { state: category({ mn: 'Барилга', en: 'Construction' }) });
    store('company', gobi, {
      state: company(
        { mn: 'Говь Цемент ХХК', en: 'Gobi Cement LLC' },
        {
          registrationNumber: '5123456',
          categories: { primary: 'construction' },
          summary: { en: 'Ready-mix for roads & bridges.' },
        },
      ),
    });
    store('article', story, {
      state: article('A partner in Mongolia', {
        plainText: `<script>alert("quarry")</script>\n${'Filler. '.repeat(100)}The quarry at Zamyn-Uud reopened.`,
      }),
    });
    store('article', idOf('article', 2), {
      state: article('Quarry in short', { plainText: 'SECRET quarry text', rights: { excerptOnly: true } }),
    });
    store('article', idOf('article', 3), {
      visible: false,
      state: article('A draft in review', { status: 'in_review' }),
    });
  }));
});
afterAll(() => close?.());

const shownFor = async (q: string, lang: 'mn' | 'en' = 'mn') => {
  const { items } = await search(neighbours, q, { highlight: true, lang });
  return (id: string) => items.find((item) => item.id === id)?.highlight;
};

test('the status of a hit is shown to who looks after its kind, and never to the public', async () => {
  const statusesFor = async (seer: { view: 'public' | 'staff'; staffOf?: ('company' | 'article')[] }) =>
    Object.fromEntries(
      (await search(neighbours, undefined, seer)).items.map(({ id, kind, status }) => [
        id,
        kind === 'category' ? kind : status,
      ]),
    );
  const draft = idOf('article', 3);
  const [companies, articles] = [{ [gobi]: 'published' }, { [story]: 'published', [idOf('article', 2)]: 'published' }];
  const none = Object.fromEntries(Object.keys({ ...companies, ...articles }).map((id) => [id, undefined]));
  const construction = { construction: 'category' };
  expect(await statusesFor({ view: 'public' })).toEqual({ ...construction, ...none });
  expect(await statusesFor({ view: 'public', staffOf: ['company'] })).toEqual({
    ...construction,
    ...none,
    ...companies,
  });
  const all = { ...construction, ...companies, ...articles, [draft]: 'in_review' };
  expect(await statusesFor({ view: 'staff' })).toEqual(all);
  expect(await statusesFor({ view: 'public', staffOf: ['article'] })).toEqual({ ...all, [gobi]: undefined });
});

test('what was typed is marked in what is shown, in another script too', async () => {
  expect((await shownFor('govi'))(gobi)).toEqual({ name: ['<em>Говь</em> Цемент ХХК'] });
  expect((await shownFor('говь road', 'en'))(gobi)).toEqual({
    name: ['<em>Gobi</em> Cement LLC'],
    summary: ['Ready-mix for <em>roads</em> &amp; bridges.'],
  });
});

test('parts of a body are marked and everything else in them is escaped', async () => {
  const { body = [] } = (await shownFor('quarry'))(story) ?? {};
  expect(body).toHaveLength(2);
  expect(body.join('\n')).toContain('&lt;script&gt;');
  expect(body.join('\n')).toContain('The <em>quarry</em> at Zamyn-Uud');
  expect(body.join('').replaceAll(/<\/?em>/g, '')).not.toMatch(/[<>]/);
});

test('a body that is not for readers is not shown in parts either, and nothing is marked unasked', async () => {
  const found = await search(neighbours, 'quarry', { highlight: true });
  expect(JSON.stringify(found)).not.toContain('SECRET');
  expect((await search(neighbours, 'quarry')).items[0]).not.toHaveProperty('highlight');
  const all = await search(neighbours, undefined, { highlight: true });
  expect(all.items[0]).not.toHaveProperty('highlight');
});

const matchedBy = async (q: string, id: string) => {
  const { items } = await search(neighbours, q, { explain: true });
  return items.find((item) => item.id === id)?.explain?.matched ?? [];
};

test('an explanation tells fields, forms and weights, and changes neither what is found nor its score', async () => {
  expect(await matchedBy('govi', gobi)).toContainEqual({ field: 'name', form: 'skeleton', boost: 0.75 });
  expect(await matchedBy('govi', gobi)).not.toContainEqual(expect.objectContaining({ form: 'words' }));
  expect(await matchedBy('5123456', gobi)).toContainEqual({ field: 'code', form: 'whole', boost: 100 });
  expect((await matchedBy('говь цемент', gobi))[0]).toEqual({ field: 'name', form: 'whole', boost: 60 });
  expect(await matchedBy('construction', gobi)).toContainEqual({ field: 'category', form: 'meant', boost: 4 });
  expect(await matchedBy('ready bridges', gobi)).toContainEqual({ field: 'summary', form: 'words', boost: 2 });
  expect(await matchedBy('ready bridges', gobi)).toContainEqual({ field: 'text', form: 'all-words', boost: 6 });
  for (const q of ['govi', 'quarry mongolia', 'construction', 'говь цемент']) {
    const plain = await search(neighbours, q);
    const told = await search(neighbours, q, { explain: true });
    expect(told.items.map(({ explain: _e, ...item }) => item)).toEqual(plain.items);
    expect(plain.items[0]).not.toHaveProperty('explain');
  }
});
