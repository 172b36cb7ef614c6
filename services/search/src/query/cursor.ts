import type { SearchRequest } from '@ortoo/shared/contracts';
import { AppError } from '@ortoo/shared/kernel';
import type { SortKey } from './sorting.ts';

type After = NonNullable<SearchRequest['after']>;

/**
 * The sort values of a cursor, when it was made by this index for this way of sorting. Throws VALIDATION_FAILED:
 * positions in an index that has been replaced mean nothing in the new one.
 */
export function readAfter(after: After | undefined, sort: SortKey[], index: string): After['sort'] | undefined {
  if (!after) return undefined;
  if (after.index !== index) {
    const message = 'the index has been rebuilt since this page was made; start again from the first page';
    throw AppError.invalid('search.cursor-expired', {
      pointer: '/cursor', // the name by which callers know it
      message,
      expected: 'a cursor of the current index',
    });
  }
  const isFitting =
    after.sort.length === sort.length && after.sort.every((value, place) => fits(value, sort[place]?.type));
  if (isFitting) return after.sort;
  throw AppError.invalid('search.cursor-invalid', {
    pointer: '/cursor',
    message: 'does not belong to this query',
    expected: 'the cursor of `page.next`, with the same query',
  });
}

/** What has no place is infinitely far, which JSON says in letters. */
function fits(value: string | number | null, type: SortKey['type'] | undefined): boolean {
  return typeof value === type || (type === 'number' && value === 'Infinity');
}
