import { compareAmounts, type SearchFilters } from '@ortoo/shared/contracts';
import { AppError, type Fault, parseInstant } from '@ortoo/shared/kernel';
import type { Query } from '../index/engine-documents.ts';

/** What a filter asks of a document, under the name that callers know it by. */
export type FilterClause = { name: string; query: Query };

/** What a day is written in, and what it is behind UTC in Ulaanbaatar since 2017. */
const DAY_LENGTH = 10;
const HOME_OFFSET = '+08:00';

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
  eventKind: 'eventKind',
  offeringKind: 'offeringKind',
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
  return [...byValue, ...publishedClause(filters), ...takesPlaceClause(filters), ...priceClause(filters)];
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

/** An event is in a range that it has begun in, or has begun before and not ended by then; its dates are kept each. */
function takesPlaceClause({ from, to }: SearchFilters): FilterClause[] {
  if (from === undefined && to === undefined) return [];
  const end = to === undefined ? {} : { lt: instantOf(to) };
  const begun = { range: { starts: { ...(from === undefined ? {} : { gte: instantOf(from) }), ...end } } };
  if (from === undefined) return [{ name: 'takesPlace', query: begun }];
  const lasting = { range: { occurrences: { gt: instantOf(from), ...end } } };
  return [{ name: 'takesPlace', query: { bool: { should: [begun, lasting], minimum_should_match: 1 } } }];
}

/** A bare day begins in Ulaanbaatar. */
function instantOf(text: string): string | undefined {
  return parseInstant(text.length === DAY_LENGTH ? `${text}T00:00:00${HOME_OFFSET}` : text);
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

function timeFaults({ publishedFrom, publishedTo, from, to }: SearchFilters): Fault[] {
  return Object.entries({ publishedFrom, publishedTo, from, to }).flatMap(([name, text]) =>
    text === undefined || instantOf(text) !== undefined
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
