import type { FacetValue, SearchFacet, SearchKind } from '@ortoo/shared/contracts';
import type { Aggregation, AggregationRequest, Query } from '../index/engine-documents.ts';
import type { FilterClause } from './filter-clauses.ts';
import { buildTiles, type TilePlan } from './tiles.ts';

/** Values of a facet at most: the most frequent, of months the newest. */
const FACET_VALUES_MAX = 100;
const CURRENCIES_MAX = 5;
/** Where ranges of prices begin, whatever the currency; each ends before the next one begins. */
const PRICE_STEPS = [0, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

export type FacetPlan = {
  facets?: SearchFacet[];
  kinds?: SearchKind[];
  filters?: FilterClause[];
  tiles?: TilePlan;
  /** Of the codes that have sub-categories, all that count for them. */
  families?: ReadonlyMap<string, string[]>;
};

/** The fields of facets whose values are counted as they are. */
const fields = {
  region: 'region',
  language: 'language',
  legalForm: 'legalForm',
  supplierType: 'supplierTypes',
  verification: 'verification',
  offeringKind: 'offeringKind',
  articleKind: 'articleKind',
  eventKind: 'eventKind',
  source: 'source',
} as const satisfies Partial<Record<SearchFacet, string>>;

/** Most first; equal counts in the order of the values, so that the answer is always the same. */
const byCount = { _count: 'desc', _key: 'asc' } as const;
const termsOf = (field: string, size = FACET_VALUES_MAX): AggregationRequest => ({
  terms: { field, size, order: [{ _count: byCount._count }, { _key: byCount._key }] },
});

/**
 * Filters that are asked about as facets leave the query: a facet counts with all filters but its own, so hits are
 * narrowed after everything is counted. The others stay where they make every count cheaper.
 */
export function splitFilters({ facets = [], filters = [], kinds }: FacetPlan): {
  inQuery: Query[];
  afterwards: FilterClause[];
} {
  const isFaceted = ({ name }: FilterClause) => facets.some((facet) => facet === name);
  const ofKinds = kinds ? [{ name: 'kind', query: { terms: { kind: kinds } } }] : [];
  return {
    inQuery: filters.filter((one) => !isFaceted(one)).map(({ query }) => query),
    afterwards: [...filters.filter(isFaceted), ...ofKinds],
  };
}

/** What is to be counted: always the kinds, and the facets and tiles that are asked for; tiles with all filters. */
export function buildAggregations(plan: FacetPlan): Record<string, AggregationRequest> {
  const { afterwards } = splitFilters(plan);
  const others = (own: string) => afterwards.filter(({ name }) => name !== own).map(({ query }) => query);
  const counted = (own: string, aggs: Record<string, AggregationRequest>): AggregationRequest => ({
    filter: { bool: { filter: others(own) } },
    aggs,
  });
  const named = (plan.facets ?? []).map((facet) => [`facet_${facet}`, counted(facet, valuesOf(facet, plan))] as const);
  const kinds = termsOf('kind', 10);
  const narrowed = others('kind').length > 0 ? counted('kind', { values: kinds }) : kinds;
  const tiles = plan.tiles ? { tiles: counted('tiles', { values: buildTiles(plan.tiles) }) } : {};
  return { kinds: narrowed, ...Object.fromEntries(named), ...tiles };
}

function valuesOf(facet: SearchFacet, { families = new Map<string, string[]>() }: FacetPlan) {
  switch (facet) {
    case 'kind':
      return { values: termsOf('kind', 10) };
    case 'category': {
      const parents = [...families].filter(([, codes]) => codes.length > 1);
      const filters = Object.fromEntries(
        parents.map(([code, codes]): [string, Query] => [code, { terms: { categories: codes } }]),
      );
      const values = { values: termsOf('categories', FACET_VALUES_MAX + parents.length) };
      return parents.length > 0 ? { ...values, parents: { filters: { filters } } } : values;
    }
    case 'published':
      return { values: { date_histogram: monthly } };
    case 'price':
      return { values: { ...termsOf('price.currency', CURRENCIES_MAX), aggs: { steps: { range: priceSteps } } } };
    default:
      return { values: termsOf(fields[facet]) };
  }
}

const monthly = {
  field: 'publishedAt',
  calendar_interval: 'month',
  format: 'yyyy-MM',
  min_doc_count: 1,
  order: { _key: 'desc' },
} as const;
const priceSteps = {
  field: 'price.min',
  ranges: PRICE_STEPS.map((from, place) => {
    const to = PRICE_STEPS[place + 1];
    return to === undefined ? { from } : { from, to };
  }),
};

type Counted = Omit<FacetValue, 'label'>;

/** How many there are of each kind. */
export function readKinds(answer: Record<string, Aggregation>): Record<string, number> {
  const { kinds } = answer;
  return Object.fromEntries(countsOf(kinds?.buckets ? kinds : kinds?.values).map(({ value, count }) => [value, count]));
}

/** The values of each facet that was asked for, without those that nothing has. */
export function readFacets(answer: Record<string, Aggregation>, facets: SearchFacet[]): [SearchFacet, Counted[]][] {
  return [...new Set(facets)].map((facet) => {
    const found = answer[`facet_${facet}`];
    return [facet, readValues(facet, found).slice(0, FACET_VALUES_MAX)];
  });
}

function readValues(facet: SearchFacet, found: Aggregation | undefined): Counted[] {
  if (facet === 'price') return pricesOf(found?.values);
  const counted = countsOf(found?.values);
  if (facet !== 'category') return counted;
  const parents = countsOf(found?.parents);
  const alone = counted.filter(({ value }) => !parents.some((parent) => parent.value === value));
  return [...parents, ...alone].toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

function countsOf(found: Aggregation | undefined): Counted[] {
  const { buckets = [] } = found ?? {};
  const listed = Array.isArray(buckets)
    ? buckets.map(({ key, key_as_string: text, doc_count: count }) => ({ value: text ?? String(key), count }))
    : Object.entries(buckets).map(([value, { doc_count: count }]) => ({ value, count }));
  return listed.filter(({ count }) => count > 0);
}

/** `MNT:1000-10000`: prices that begin at 1000 or more and below 10000; the last range has no end. */
function pricesOf(found: Aggregation | undefined): Counted[] {
  const currencies = Array.isArray(found?.buckets) ? found.buckets : [];
  return currencies.flatMap(({ key: currency, steps }) => {
    const ranges = Array.isArray(steps?.buckets) ? steps.buckets : [];
    return ranges
      .filter(({ doc_count: count }) => count > 0)
      .map(({ from, to, doc_count: count }) => ({ value: `${currency}:${from ?? 0}-${to ?? ''}`, count }));
  });
}
