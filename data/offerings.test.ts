import { attributeFaults, type CategoryEdit, createParser, OfferingInput } from '@ortoo/shared/contracts';
import { expect, test } from 'vitest';
import categories from './categories.json' with { type: 'json' };
import lists from './code-lists.json' with { type: 'json' };
import companies from './companies.json' with { type: 'json' };
import rows from './offerings.json' with { type: 'json' };

const offerings = rows as unknown as OfferingInput[];
const seeds = categories as unknown as (CategoryEdit & { id: string })[];
const schemas = new Map(seeds.map(({ id, attributeSchema }) => [id, attributeSchema]));
const statusOf = new Map(companies.map(({ externalIds, status }) => [externalIds[0]?.value, status]));
const labelOf = ({ externalIds }: OfferingInput) => externalIds?.[0]?.value;
const products = offerings.filter(({ offeringKind }) => offeringKind === 'product');

test('offerings are at least 150 of at least 60 companies in all categories, products and services', () => {
  expect(offerings.length).toBeGreaterThanOrEqual(150);
  expect(new Set(offerings.map(({ companyId }) => companyId)).size).toBeGreaterThanOrEqual(60);
  expect(new Set(offerings.map((offering) => offering.categories.primary))).toEqual(new Set(seeds.map(({ id }) => id)));
  expect(products.length).toBeGreaterThan(50);
  expect(offerings.length - products.length).toBeGreaterThan(50);
});

test('each is accepted by the contract once its company has an id', () => {
  const parse = createParser(OfferingInput);
  const companyId = 'company_01h455vb4pex5vsknk084sn02q';
  for (const offering of offerings) expect(() => parse({ ...offering, companyId }), labelOf(offering)).not.toThrow();
});

test('each names a sample company by its external id, a published one where it is published itself', () => {
  const wrong = offerings.filter(({ companyId, status }) => statusOf.get(companyId) !== status);
  expect(wrong.map(labelOf)).toEqual([]);
});

test('each is marked as a sample and found again by an id and a GTIN of its own', () => {
  expect(offerings.every(({ externalIds }) => externalIds?.[0]?.system === 'ortoo-sample')).toBe(true);
  expect(new Set(offerings.map(labelOf)).size).toBe(offerings.length);
  expect(new Set(products.map(({ gtin }) => gtin)).size).toBe(products.length);
});

test('GTINs are of the range left for own use and end with their check digit; HS codes lie in a chapter that there is', () => {
  for (const { gtin = '', hsCode = '' } of products) {
    expect(gtin).toMatch(/^2\d{12}$/);
    const sum = Array.from(gtin).reduce((all, digit, place) => all + Number(digit) * (place % 2 ? 3 : 1), 0);
    expect(sum % 10).toBe(0);
    expect(lists.hs.codes).toContain(hsCode.slice(0, 2));
  }
});

test('each has exactly one of price, range and on request, in three currencies', () => {
  for (const offering of offerings) {
    const { price, priceRange, onRequest } = offering;
    expect(
      [price, priceRange, onRequest].filter((one) => one !== undefined),
      labelOf(offering),
    ).toHaveLength(1);
  }
  const currencies = offerings.flatMap(({ price, priceRange }) => (price ?? priceRange)?.currency ?? []);
  expect(new Set(currencies)).toEqual(new Set(['MNT', 'USD', 'CNY']));
});

test('attributes are described by the category, and each category with a schema has an offering that uses it', () => {
  const used = new Set<string>();
  for (const { attributes, categories: placed } of offerings) {
    if (!attributes) continue;
    const schema = schemas.get(placed.primary);
    used.add(placed.primary);
    // The schemas take other attributes too; the samples shall not need that.
    expect(attributeFaults(schema && { ...schema, additionalProperties: false }, attributes)).toEqual([]);
  }
  expect([...used].sort()).toEqual(seeds.flatMap(({ id, attributeSchema }) => (attributeSchema ? id : [])).sort());
});

test('names are in Mongolian or English, some in more languages and some in one', () => {
  expect(offerings.every(({ name }) => name.mn || name.en)).toBe(true);
  for (const tag of ['ru', 'zh', 'ko'] as const) expect(offerings.some(({ name }) => name[tag])).toBe(true);
  expect(offerings.some(({ name }) => !name.en)).toBe(true);
  expect(offerings.some(({ name }) => !name.mn)).toBe(true);
});
