import { expect, test } from 'vitest';
import { fullCompany } from '../../test/support/full-documents.ts';
import { companyGeoJson } from './company-geo-json.ts';

const ORIGIN = 'https://api.example.mn';
const write = (document: object) => JSON.parse(companyGeoJson.item(document as Record<string, unknown>, ORIGIN));
const [seat, branch, warehouse] = fullCompany.locations ?? [];

test.each([
  ['no place', undefined, null],
  ['a place without coordinates', [warehouse], null],
  ['one place', [seat], { type: 'Point', coordinates: [107.2, 43.2] }],
  ['one place with coordinates', [warehouse, seat], { type: 'Point', coordinates: [107.2, 43.2] }],
  [
    'several places',
    [seat, warehouse, branch],
    {
      type: 'MultiPoint',
      coordinates: [
        [107.2, 43.2],
        [106.9, 47.9],
      ],
    },
  ],
])('a company with %s has the geometry of those, longitude first', (_what, locations, geometry) => {
  expect(write({ ...fullCompany, locations })).toMatchObject({ type: 'Feature', id: fullCompany.id, geometry });
});

test('a feature says of each of its points which place it is, in their order', () => {
  const { properties } = write(fullCompany);
  expect(properties).toMatchObject({
    kind: 'company',
    name: 'Gobi Cement LLC',
    url: `${ORIGIN}/v1/companies/${fullCompany.id}`,
    category: 'construction',
    locations: [
      { kind: 'hq', region: 'MN-053', freeform: 'Gate 2' },
      { kind: 'branch', region: 'MN-1' },
    ],
  });
  expect(JSON.stringify(properties)).not.toContain('Dorj');
});

test('a list is a FeatureCollection', () => {
  const page = { items: [fullCompany] as Record<string, unknown>[], url: ORIGIN };
  expect(JSON.parse(companyGeoJson.list(page, ORIGIN))).toMatchObject({
    type: 'FeatureCollection',
    features: [{ type: 'Feature', id: fullCompany.id }],
  });
});
