import type { SearchRequest } from '@ortoo/shared/contracts';
import { AppError } from '@ortoo/shared/kernel';
import { sortOf } from './build-query.ts';
import type { TypedQuery } from './read-query.ts';

type After = NonNullable<SearchRequest['after']>;

/**
 * The sort values of a cursor, when it was made by this index for this way of sorting. Throws VALIDATION_FAILED:
 * positions in an index that has been replaced mean nothing in the new one.
 */
export function readAfter(after: After | undefined, query: TypedQuery, index: string): After['sort'] | undefined {
  if (!after) return undefined;
  if (after.index !== index) {
    const message = 'the index has been rebuilt since this page was made; start again from the first page';
    throw AppError.invalid('search.cursor-expired', {
      pointer: '/cursor', // the name by which callers know it
      message,
      expected: 'a cursor of the current index',
    });
  }
  const wanted = sortOf(query).map(([field]) => (field === 'id' ? 'string' : 'number'));
  const isFitting =
    after.sort.length === wanted.length && after.sort.every((value, place) => typeof value === wanted[place]);
  if (isFitting) return after.sort;
  throw AppError.invalid('search.cursor-invalid', {
    pointer: '/cursor',
    message: 'does not belong to this query',
    expected: 'the cursor of `page.next`, with the same query',
  });
}
