import { AppError } from '../kernel/errors.ts';

/** One key of an order: the path of a member and its direction. */
export type SortKey = { path: string; isDescending: boolean };

/**
 * Reads `['-publishedAt', 'name']` by a table from public names to paths; names are checked by the call's schema. Throws
 * VALIDATION_FAILED for a name that comes again, whichever way: it decides nothing, and positions would be ambiguous.
 */
export function parseSort(sort: readonly string[], paths: Record<string, string>): SortKey[] {
  const names = sort.map((text) => text.replace(/^-/, ''));
  const again = names.findIndex((name, place) => names.indexOf(name) < place);
  if (again >= 0)
    throw AppError.invalid('request.sort-repeated', {
      pointer: `/sort/${again}`,
      message: `orders by ${names[again]} again`,
      expected: 'each name once',
    });
  return names.map((name, place) => ({ path: paths[name] ?? name, isDescending: sort[place] !== name }));
}
