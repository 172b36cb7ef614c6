import { type SearchFacet, searchFacets } from '@ortoo/shared/contracts';
import { testContext } from '@ortoo/shared/testing';
import type { Setting } from './setting.ts';
import { type Times, timed, timesOf } from './times.ts';

/** Times of a search over everything, and over what one word finds, by how many facets are counted beside the kinds. */
export type FacetFigures = Record<'everything' | 'oneWord', Record<string, Times>>;

const ROUNDS = 25;
const WORD = 'барилга';
const some: SearchFacet[] = ['category', 'kind', 'region', 'language', 'legalForm', 'published'];
const asked: [string, SearchFacet[]][] = [
  ['0', []],
  ['1', ['category']],
  ['6', some],
  ['13', [...searchFacets]],
];

export async function measureFacets({ owners, say }: Setting): Promise<FacetFigures> {
  const measure = async (q: string | undefined): Promise<Record<string, Times>> => {
    const taken = new Map<string, number[]>();
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [count, facets] of round % 2 === 0 ? asked : asked.toReversed()) {
        const request = { limit: 20, lang: 'mn' as const, view: 'public' as const, ...(q ? { q } : {}) };
        const ms = await timed(() =>
          owners.bus.call(testContext(), 'rpc.search.query', { ...request, ...(facets.length > 0 ? { facets } : {}) }),
        );
        if (round > 0) taken.set(count, [...(taken.get(count) ?? []), ms]);
      }
    }
    return Object.fromEntries([...taken].map(([count, ms]) => [count, timesOf(ms)]));
  };
  say('counting facets of everything');
  const everything = await measure(undefined);
  say(`counting facets of ${WORD}`);
  return { everything, oneWord: await measure(WORD) };
}
