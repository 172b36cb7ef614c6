import { expect, test } from 'vitest';
import { parseSort } from './sorting.ts';

const paths = { name: 'slug', publishedAt: 'publishedAt' };

test('an order is read by its public names, a dash turns one around', () => {
  expect(parseSort(['-publishedAt', 'name'], paths)).toEqual([
    { path: 'publishedAt', isDescending: true },
    { path: 'slug', isDescending: false },
  ]);
});

test.each([
  [['name', '-name'], '/sort/1'],
  [['-publishedAt', 'name', '-publishedAt'], '/sort/2'],
])('%j names one twice and is refused', (sort, pointer) => {
  expect(() => parseSort(sort, paths)).toThrow(
    expect.objectContaining({ code: 'VALIDATION_FAILED', details: { errors: [expect.objectContaining({ pointer })] } }),
  );
});
