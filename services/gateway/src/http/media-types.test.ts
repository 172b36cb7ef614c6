import { expect, test } from 'vitest';
import { chooseMediaType } from './media-types.ts';

const offered = ['application/json', 'application/ld+json', 'application/geo+json'];

test.each([
  [undefined, 'application/json'],
  ['', undefined],
  ['*/*', 'application/json'],
  ['application/*', 'application/json'],
  ['application/json', 'application/json'],
  ['application/json; charset=utf-8', 'application/json'],
  ['application/ld+json', 'application/ld+json'],
  ['Application/LD+JSON', 'application/ld+json'],
  ['application/ld+json; profile="http://www.w3.org/ns/json-ld#compacted, x"; q=0.9', 'application/ld+json'],
  ['application/ld+json, application/json;q=0.5', 'application/ld+json'],
  ['application/ld+json;q=0.5, application/json', 'application/json'],
  ['text/html, application/ld+json;q=0.9, */*;q=0.1', 'application/ld+json'],
  ['application/json;q=0, */*', 'application/ld+json'],
  ['application/json;q=0, application/ld+json;v=1;q=0, */*', 'application/geo+json'],
  ['text/html', undefined],
  ['application/xml, text/csv', undefined],
  ['application/json;q=0', undefined],
])('Accept: %s is answered with %s', (accept, chosen) => {
  expect(chooseMediaType(accept, offered)).toBe(chosen);
});

test('a header made to take long takes no time', () => {
  const startedMs = performance.now();
  chooseMediaType(`a/b${';x="'.repeat(4_000)}`, offered);
  chooseMediaType(`a/b${'; '.repeat(8_000)}`, offered);
  expect(performance.now() - startedMs).toBeLessThan(500);
});
