import { type ListRequest, parseSort } from '../contracts/index.ts';
import type { Context } from '../kernel/index.ts';
import { buildListFilter, type CommonFilter } from './list-filter.ts';
import type { Filter, Page } from './page.ts';
import type { VersionedStore } from './versioned-store.ts';

export type Listing<F> = {
  /** What each public sort name means. */
  sortPaths: Record<string, string>;
  /** The order when none is asked for. */
  usualSort: string[];
  /** The kind's own conditions, beside what every kind understands (`buildListFilter`). */
  conditionsOf(filter: F): Filter[];
};

/** A page of the documents of one kind; `more` are conditions that hang on other documents. */
export type Lister<T, F> = (ctx: Context, request: ListRequest<F>, more?: Filter[]) => Promise<Page<T>>;

/** Makes the list of one kind. */
export function createLister<T, F extends CommonFilter>(
  store: Pick<VersionedStore<T>, 'page'>,
  { sortPaths, usualSort, conditionsOf }: Listing<F>,
): Lister<T, F> {
  return (ctx, { filter, view, sort = usualSort, limit, after, isTotalWanted }, more = []) =>
    store.page(ctx, {
      filter: buildListFilter(filter, view, [...more, ...conditionsOf(filter)]),
      sort: parseSort(sort, sortPaths),
      limit,
      after,
      isTotalWanted,
    });
}
