import { expect, test } from 'vitest';
import { readAfter } from './cursor.ts';
import { readQuery } from './read-query.ts';
import { sortKeysOf } from './sorting.ts';

const everything = sortKeysOf(readQuery(''));

test('a cursor of the index gives its sort values', () => {
  const sort = [1_700_000_000_000, 'company_1'];
  expect(readAfter({ index: 'one', sort }, everything, 'one')).toEqual(sort);
  expect(readAfter(undefined, everything, 'one')).toBeUndefined();
});

test.each([
  ['of an index that was replaced', { index: 'zero', sort: [1, 'company_1'] }, 'search.cursor-expired'],
  ['of another order', { index: 'one', sort: ['company_1'] }, 'search.cursor-invalid'],
])('a cursor %s is refused under the name that callers know', (_what, after, reason) => {
  expect(() => readAfter(after, everything, 'one')).toThrow(
    expect.objectContaining({ reason, details: { errors: [expect.objectContaining({ pointer: '/cursor' })] } }),
  );
});
