import { expect, test } from 'vitest';
import { priceFaults } from './offering-price.rules.ts';

const price = { amount: '185000', currency: 'MNT', per: 't' };
const priceRange = { min: '9.50', max: '10', currency: 'USD' };

test.each([
  [{ price }],
  [{ priceRange }],
  [{ onRequest: true as const }],
  [{ priceRange: { ...priceRange, max: '9.5' } }],
])('%j says a price', (offering) => {
  expect(priceFaults(offering)).toEqual([]);
});

const one = 'exactly one of price, priceRange, onRequest';
test.each([
  [{}, [['/price', 'is missing', one, 'offering.price-missing']]],
  [{ price, priceRange }, [['/priceRange', 'stands beside price', one, 'offering.price-ambiguous']]],
  [
    { priceRange, onRequest: true as const },
    [['/onRequest', 'stands beside priceRange', one, 'offering.price-ambiguous']],
  ],
  [
    { price, priceRange, onRequest: true as const },
    [
      ['/priceRange', 'stands beside price', one, 'offering.price-ambiguous'],
      ['/onRequest', 'stands beside price', one, 'offering.price-ambiguous'],
    ],
  ],
  [
    { price: { ...price, currency: 'XQQ' } },
    [['/price/currency', 'there is no currency XQQ', 'a currency of ISO 4217', 'offering.currency-unknown']],
  ],
  [
    { priceRange: { min: '10', max: '9.99', currency: 'XQQ' } },
    [
      ['/priceRange/currency', 'there is no currency XQQ', 'a currency of ISO 4217', 'offering.currency-unknown'],
      ['/priceRange/max', 'is less than the minimum', 'at least 10', 'offering.price-range-descending'],
    ],
  ],
])('%j is refused at its place', (offering, expected) => {
  const faults = priceFaults(offering);
  expect(faults.map((fault) => [fault.pointer, fault.message, fault.expected, fault.reason])).toEqual(expected);
});
