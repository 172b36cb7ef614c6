import { compareAmounts, type SearchFilters } from '@ortoo/shared/contracts';
import { AppError, type Fault, parseInstant } from '@ortoo/shared/kernel';
import type { Query } from '../index/engine-documents.ts';

/** What a filter asks of a document, under the name that callers know it by. */
export type FilterClause = { name: string; query: Query };

/** The fields of an index document that filters of values look at. */
const fields = {
  category: 'categories',
  region: 'region',
  district: 'district',
  legalForm: 'legalForm',
  supplierType: 'supplierTypes',
  verification: 'verification',
  language: 'language',
  source: 'source',
  articleKind: 'articleKind',
  offeringKind: 'offeringKind',
  eventKind: 'eventKind',
  availability: 'availability',
  companyId: 'companyId',
  ids: 'id',
  status: 'status',
} as const satisfies Partial<Record<keyof SearchFilters, string>>;
type ValueFilter = keyof typeof fields;

/**
 * One clause per filter. `expand` adds the sub-categories of codes, and throws for a code that no category has. Throws
 * VALIDATION_FAILED `search.filter-invalid` for filters that contradict each other or cannot be compared.
 */
export function buildFilters(filters: SearchFilters, expand: (codes: string[]) => string[]): FilterClause[] {
  const faults = [...timeFaults(filters), ...priceFaults(filters)];
  if (faults.length > 0) throw AppError.invalid('search.filter-invalid', faults);
  const byValue = (Object.keys(fields) as ValueFilter[]).flatMap((name): FilterClause[] => {
    const values = filters[name];
    if (!values) return [];
    return [{ name, query: { terms: { [fields[name]]: spell(name, values, expand) } } }];
  });
  return [...byValue, ...publishedClause(filters), ...priceClause(filters)];
}

function spell(name: ValueFilter, values: string[], expand: (codes: string[]) => string[]): string[] {
  if (name === 'category') return expand(values);
  return name === 'source' ? values.map((domain) => domain.toLowerCase()) : values;
}

function publishedClause({ publishedFrom, publishedTo }: SearchFilters): FilterClause[] {
  if (publishedFrom === undefined && publishedTo === undefined) return [];
  const range = {
    ...(publishedFrom === undefined ? {} : { gte: parseInstant(publishedFrom) }),
    ...(publishedTo === undefined ? {} : { lt: parseInstant(publishedTo) }),
  };
  return [{ name: 'published', query: { range: { publishedAt: range } } }];
}

/** A price from the least to the highest overlaps what is asked for; its numbers are doubles, exact to 15 digits. */
function priceClause({ priceMin, priceMax, currency }: SearchFilters): FilterClause[] {
  if (currency === undefined) return [];
  const filter: Query[] = [
    { term: { 'price.currency': currency } },
    ...(priceMin === undefined ? [] : [{ range: { 'price.max': { gte: Number(priceMin) } } }]),
    ...(priceMax === undefined ? [] : [{ range: { 'price.min': { lte: Number(priceMax) } } }]),
  ];
  return [{ name: 'price', query: { bool: { filter } } }];
}

function timeFaults({ publishedFrom, publishedTo }: SearchFilters): Fault[] {
  return Object.entries({ publishedFrom, publishedTo }).flatMap(([name, text]) =>
    text === undefined || parseInstant(text) !== undefined
      ? []
      : [{ pointer: `/${name}`, message: 'is no instant that can be compared', expected: 'RFC 3339' }],
  );
}

function priceFaults({ priceMin, priceMax, currency }: SearchFilters): Fault[] {
  if (priceMin === undefined && priceMax === undefined) return [];
  if (currency === undefined)
    return [{ pointer: '/currency', message: 'is missing beside a price', expected: 'a currency (ISO 4217)' }];
  if (priceMin === undefined || priceMax === undefined || compareAmounts(priceMin, priceMax) <= 0) return [];
  return [{ pointer: '/priceMax', message: 'is below priceMin', expected: `at least ${priceMin}` }];
}
