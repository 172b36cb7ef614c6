import type { Presentation, Status } from '../contracts/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { Filter } from './page.ts';

/** What the lists of all kinds are filtered by. */
export type CommonFilter = {
  ids?: string[] | undefined;
  externalId?: string[] | undefined;
  updatedSince?: Instant | undefined;
  status?: Status[] | undefined;
};

/** The condition that a member has one of the values; none when no value was asked for. */
export function anyOf(path: string, values: readonly string[] | undefined): Filter[] {
  return values ? [{ [path]: { $in: values } }] : [];
}

/** The condition that a document holds one of the unique keys. */
export function anyKeyOf(prefix: string, values: readonly string[] | undefined): Filter[] {
  return anyOf(
    'keys',
    values?.map((value) => `${prefix}:${value}`),
  );
}

/**
 * Builds the filter of a list: what every kind understands, and the kind's own conditions. The public sees what is
 * visible, whatever status it asks for.
 */
export function buildListFilter(filter: CommonFilter, view: Presentation['view'], own: Filter[]): Filter {
  const conditions = [
    { visible: view === 'public' ? true : { $in: visibilities(filter.status) } },
    ...anyOf('_id', filter.ids),
    ...anyKeyOf('ext', filter.externalId),
    ...anyOf('status', filter.status),
    ...(filter.updatedSince ? [{ updatedAt: { $gte: filter.updatedSince } }] : []),
    ...own,
  ];
  return { $and: conditions };
}

/** Both are named where both are asked for, so that the indexes of the public's lists have the order of staff's too. */
function visibilities(statuses: Status[] = ['published']): boolean[] {
  return statuses.includes('published') ? [true, false] : [false];
}
