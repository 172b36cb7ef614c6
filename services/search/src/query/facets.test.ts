import { searchFacets } from '@ortoo/shared/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildAggregations, readFacets, readKinds, splitFilters } from './facets.ts';

const filterOf = (name: string) => ({ name, query: { term: { own: name } } });
const clauses = fc.uniqueArray(
  fc.constantFrom<string[]>(...searchFacets.filter((name) => name !== 'kind'), 'ids', 'status'),
);

test('a plain search counts its kinds and nothing else', () => {
  expect(Object.keys(buildAggregations({}))).toEqual(['kinds']);
  expect(buildAggregations({ filters: [filterOf('region')] })).toEqual(buildAggregations({}));
});

test('every facet counts with all filters but its own, whatever is asked', () => {
  fc.assert(
    fc.property(clauses, fc.uniqueArray(fc.constantFrom(...searchFacets)), fc.boolean(), (names, facets, isNarrow) => {
      const kinds = isNarrow ? { kinds: ['company' as const] } : {};
      const plan = { filters: names.map(filterOf), facets, ...kinds };
      const { inQuery, afterwards } = splitFilters(plan);
      const all = new Set([...names, ...(isNarrow ? ['kind'] : [])]);
      const inside = new Set(names.filter((name) => inQuery.some((query) => query.term?.own === name)));
      expect([...inside, ...afterwards.map(({ name }) => name)].toSorted()).toEqual([...all].toSorted());
      const aggregations = buildAggregations(plan);
      for (const facet of facets) {
        const others = afterwards.filter(({ name }) => name !== facet).map(({ query }) => query);
        expect(aggregations[`facet_${facet}`]?.filter).toEqual({ bool: { filter: others } });
        expect(inside.has(facet)).toBe(false);
      }
    }),
  );
});

test('a category counts what is in its sub-categories once, and months come the newest first', () => {
  const families = new Map([
    ['mining', ['mining', 'coal']],
    ['travel', ['travel']],
  ]);
  const { facet_category: asked } = buildAggregations({ facets: ['category'], families });
  expect(asked?.aggs?.parents).toEqual({
    filters: { filters: { mining: { terms: { categories: ['mining', 'coal'] } } } },
  });
  const bucketsOf = (...counts: [string, number][]) => ({
    buckets: counts.map(([key, count]) => ({ key, doc_count: count })),
  });
  const answer = {
    kinds: { values: bucketsOf(['company', 5]) },
    facet_category: {
      values: bucketsOf(['coal', 4], ['mining', 2], ['travel', 4]),
      parents: { buckets: { mining: { doc_count: 5 }, empty: { doc_count: 0 } } },
    },
    facet_published: { values: { buckets: [{ key: 1, key_as_string: '2026-11', doc_count: 2 }] } },
    facet_price: {
      values: {
        buckets: [
          {
            key: 'MNT',
            doc_count: 3,
            steps: {
              buckets: [
                { key: '0', from: 0, to: 1000, doc_count: 0 },
                { key: '1', from: 1e9, doc_count: 3 },
              ],
            },
          },
        ],
      },
    },
  };
  expect(readKinds(answer)).toEqual({ company: 5 });
  expect(readFacets(answer, ['category', 'published', 'price', 'region', 'category'])).toEqual([
    [
      'category',
      [
        { value: 'mining', count: 5 },
        { value: 'coal', count: 4 },
        { value: 'travel', count: 4 },
      ],
    ],
    ['published', [{ value: '2026-11', count: 2 }]],
    ['price', [{ value: 'MNT:1000000000-', count: 3 }]],
    ['region', []],
  ]);
});
