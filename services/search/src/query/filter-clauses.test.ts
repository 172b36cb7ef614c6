import type { SearchFilters } from '@ortoo/shared/contracts';
import { expect, test } from 'vitest';
import { buildFilters } from './filter-clauses.ts';

const family = (codes: string[]) => codes.flatMap((code) => [code, `${code}-sub`]);

test.each<[SearchFilters, object[]]>([
  [{ category: ['mining'] }, [{ terms: { categories: ['mining', 'mining-sub'] } }]],
  [{ region: ['MN-1', 'MN-053'] }, [{ terms: { region: ['MN-1', 'MN-053'] } }]],
  [{ district: ['Khanbogd'] }, [{ terms: { district: ['Khanbogd'] } }]],
  [{ legalForm: ['llc'] }, [{ terms: { legalForm: ['llc'] } }]],
  [{ supplierType: ['importer'] }, [{ terms: { supplierTypes: ['importer'] } }]],
  [{ verification: ['none'] }, [{ terms: { verification: ['none'] } }]],
  [{ language: ['mn'] }, [{ terms: { language: ['mn'] } }]],
  [{ source: ['WWW.News.Example'] }, [{ terms: { source: ['www.news.example'] } }]],
  [{ articleKind: ['news'] }, [{ terms: { articleKind: ['news'] } }]],
  [{ eventKind: ['expo'] }, [{ terms: { eventKind: ['expo'] } }]],
  [{ to: '2026-10-07' }, [{ range: { starts: { lt: '2026-10-06T16:00:00.000Z' } } }]],
  [
    { from: '2026-10-07', to: '2026-10-08T00:00:00Z' },
    [
      {
        bool: {
          should: [
            { range: { starts: { gte: '2026-10-06T16:00:00.000Z', lt: '2026-10-08T00:00:00.000Z' } } },
            { range: { occurrences: { gt: '2026-10-06T16:00:00.000Z', lt: '2026-10-08T00:00:00.000Z' } } },
          ],
          minimum_should_match: 1,
        },
      },
    ],
  ],
  [{ offeringKind: ['service'] }, [{ terms: { offeringKind: ['service'] } }]],
  [{ availability: ['in_stock'] }, [{ terms: { availability: ['in_stock'] } }]],
  [{ companyId: ['company_1'] }, [{ terms: { companyId: ['company_1'] } }]],
  [{ ids: ['a', 'b'] }, [{ terms: { id: ['a', 'b'] } }]],
  [{ status: ['draft'] }, [{ terms: { status: ['draft'] } }]],
  [{ publishedFrom: '2026-01-01T08:00:00+08:00' }, [{ range: { publishedAt: { gte: '2026-01-01T00:00:00.000Z' } } }]],
  [{ publishedTo: '2026-01-01T00:00:00Z' }, [{ range: { publishedAt: { lt: '2026-01-01T00:00:00.000Z' } } }]],
  [{ currency: 'MNT' }, [{ bool: { filter: [{ term: { 'price.currency': 'MNT' } }] } }]],
  [
    { currency: 'MNT', priceMin: '10.50', priceMax: '20' },
    [
      {
        bool: {
          filter: [
            { term: { 'price.currency': 'MNT' } },
            { range: { 'price.max': { gte: 10.5 } } },
            { range: { 'price.min': { lte: 20 } } },
          ],
        },
      },
    ],
  ],
  [{ legalForm: ['llc'], region: ['MN-1'] }, [{ terms: { region: ['MN-1'] } }, { terms: { legalForm: ['llc'] } }]],
  [{}, []],
])('the filters %j ask this of a document', (filters, expected) => {
  expect(buildFilters(filters, family).map(({ query }) => query)).toEqual(expected);
});

test.each<[SearchFilters, object[]]>([
  [
    { priceMin: '10' },
    [{ pointer: '/currency', message: 'is missing beside a price', expected: 'a currency (ISO 4217)' }],
  ],
  [
    { priceMin: '10', priceMax: '9.99', currency: 'MNT' },
    [{ pointer: '/priceMax', message: 'is below priceMin', expected: 'at least 10' }],
  ],
  [
    { publishedFrom: '2016-12-31T23:59:60Z', publishedTo: '9999-12-31T23:59:59-12:00', priceMax: '1' },
    [
      { pointer: '/publishedFrom', message: 'is no instant that can be compared', expected: 'RFC 3339' },
      { pointer: '/publishedTo', message: 'is no instant that can be compared', expected: 'RFC 3339' },
      { pointer: '/currency', message: 'is missing beside a price', expected: 'a currency (ISO 4217)' },
    ],
  ],
])('the filters %j are refused, each fault at its place', (filters, errors) => {
  expect(() => buildFilters(filters, family)).toThrow(
    expect.objectContaining({ reason: 'search.filter-invalid', details: { errors } }),
  );
});
