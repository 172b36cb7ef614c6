import type { ArticleState, LocaleTag, SearchReply } from '@ortoo/shared/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Neighbours } from './neighbours.ts';
import { openSearch, search } from './running-search.ts';
import { article, category, idOf } from './states.ts';

/** The same news in each language, told with its own words; and with what each is asked for. */
const twins: Record<'mn' | 'en' | 'ru', { headlines: string[]; all: string }> = {
  mn: { headlines: ['Цементийн үйлдвэр нээгдэв', 'Цемент хилээр гарав', 'Цементийн үнэ буурав'], all: 'цемент' },
  en: { headlines: ['Cement plant opens', 'Cement crosses the border', 'Cement gets cheaper'], all: 'cement' },
  ru: { headlines: ['Открыт завод цемента', 'Цементом через границу', 'Цементы дешевеют'], all: 'цементу' },
};
const shared: Partial<ArticleState>[] = [
  { articleKind: 'news', categories: ['construction', 'energy'] },
  { articleKind: 'news', categories: ['trade'] },
  { articleKind: 'analysis', categories: ['construction', 'trade'] },
];
const languages = Object.keys(twins) as (keyof typeof twins)[];

let neighbours: Neighbours;
let close: (() => Promise<void>) | undefined;

beforeAll(async () => {
  ({ neighbours, close } = await openSearch(({ store }) => {
    for (const code of ['construction', 'energy', 'trade']) store('category', code, { state: category({ en: code }) });
    languages.forEach((language, at) => {
      twins[language].headlines.forEach((headline, place) => {
        const state = article(headline, { language, ...shared[place] });
        store('article', idOf('article', at * 10 + place), { state });
      });
    });
  }));
});

afterAll(() => close?.());

async function countsOf(
  language: LocaleTag,
  more: { q?: string; category?: string[] },
): Promise<SearchReply['facets']> {
  const { q, ...filters } = more;
  const facets = ['category', 'articleKind'] as const;
  const reply = await search(neighbours, q, {
    kinds: ['article'],
    language: [language],
    facets: [...facets],
    ...filters,
  });
  expect(reply.total.value).toBeGreaterThan(0);
  return reply.facets;
}

test('the same news is counted alike in every language, with nothing typed, by a filter and by a word of its own', async () => {
  for (const category of [undefined, ['construction'], ['energy', 'trade']]) {
    const filter = category ? { category } : {};
    const [first, ...others] = await Promise.all(languages.map((language) => countsOf(language, filter)));
    expect(first).toBeDefined();
    for (const other of others) expect(other).toEqual(first);
    const typed = await Promise.all(
      languages.map((language) => countsOf(language, { ...filter, q: twins[language].all })),
    );
    for (const counts of typed) expect(counts).toEqual(first);
  }
});
