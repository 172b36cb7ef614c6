import { expect, test } from 'vitest';
import { findOpenapiDrift } from './openapi-drift.ts';

const company = { get: { summary: 'Reads a company.', parameters: [{ name: 'id' }] }, delete: { summary: 'Ends it.' } };
const textOf = (paths: object) => `${JSON.stringify({ openapi: '3.1.0', paths }, null, 2)}\n`;
const committed = textOf({ '/companies/{id}': company });

test('the openapi drift gate passes on the document that the API describes', () => {
  expect(findOpenapiDrift(committed, textOf({ '/companies/{id}': structuredClone(company) }))).toEqual([]);
});

test.each([
  [
    'an operation that is not committed',
    { '/companies/{id}': { ...company, put: {} } },
    '/paths/~1companies~1{id}/put is there and not committed',
  ],
  [
    'an operation that is gone',
    { '/companies/{id}': { get: company.get } },
    '/paths/~1companies~1{id}/delete is committed and not there',
  ],
  [
    'another parameter',
    { '/companies/{id}': { ...company, get: { ...company.get, parameters: [{ name: 'slug' }] } } },
    '/paths/~1companies~1{id}/get/parameters/0/name differs',
  ],
])('the openapi drift gate names %s', (_what, paths, named) => {
  expect(findOpenapiDrift(committed, textOf(paths))).toEqual([named]);
});

test('the openapi drift gate names a document that was formatted by something else', () => {
  expect(findOpenapiDrift(JSON.stringify(JSON.parse(committed)), committed)).toEqual([
    '/ says the same in other bytes',
  ]);
});
