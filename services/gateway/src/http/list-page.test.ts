import { expect, test } from 'vitest';
import { nextAddress } from './list-page.ts';

test.each([
  ['/v1/companies', '/v1/companies?cursor=C'],
  ['/v1/companies?limit=2', '/v1/companies?cursor=C&limit=2'],
  ['/v1/companies?cursor=B&limit=2', '/v1/companies?cursor=C&limit=2'],
  ['/v1/companies?waitFor=company_1:2&limit=2', '/v1/companies?cursor=C&limit=2'],
  ['/v1/articles?source=a?b&limit=2', '/v1/articles?cursor=C&source=a%3Fb&limit=2'],
])('after a page of %s comes %s', (url, next) => {
  expect(nextAddress(url, 'C')).toBe(next);
});
