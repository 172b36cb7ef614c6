import {
  articleKinds,
  eventKinds,
  legalForms,
  mongolianRegions,
  offeringKinds,
  searchKinds,
  supplierTypes,
  verificationLevels,
} from '@ortoo/shared/contracts';
import { expect, test } from 'vitest';
import { labelOf } from './facet-labels.ts';

test.each([
  ['kind', searchKinds],
  ['region', mongolianRegions],
  ['legalForm', legalForms],
  ['supplierType', supplierTypes],
  ['verification', verificationLevels],
  ['offeringKind', offeringKinds],
  ['articleKind', articleKinds],
  ['eventKind', eventKinds],
] as const)('every value of %s has a name in Mongolian and in English', (facet, values) => {
  for (const value of values) {
    expect(labelOf(facet, value, 'mn'), value).toMatch(/^[\p{Script=Cyrillic} ,-]+$/u);
    expect(labelOf(facet, value, 'en'), value).toMatch(/^[\p{Script=Latin} ,-]+$/u);
    expect(labelOf(facet, value, 'en'), value).not.toBe(value);
  }
});

test.each([
  ['language', 'en', 'mn', 'англи'],
  ['language', 'mn', 'en', 'Mongolian'],
  ['language', 'ko', 'ko', '한국어'],
  ['region', 'MN-1', 'ko', 'Ulaanbaatar'],
  ['region', 'KR-11', 'mn', 'KR-11'],
  ['source', 'www.news.example', 'mn', 'www.news.example'],
  ['published', '2026-11', 'en', 'November 2026'],
  ['price', 'MNT:1000-10000', 'en', '1,000 – 10,000 MNT'],
  ['price', 'USD:1000000000-', 'en', '≥ 1,000,000,000 USD'],
] as const)('the value of %s %s is called in %s', (facet, value, lang, label) => {
  expect(labelOf(facet, value, lang)).toBe(label);
});
