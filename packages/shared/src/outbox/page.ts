import { isRecord, type SortValues } from '../contracts/index.ts';
import { AppError, type Context } from '../kernel/index.ts';
import { type Stored, toStored } from './envelope.ts';
import { READ_PROJECTION, type StoreCore, statementMs } from './store-core.ts';

/** A MongoDB filter over the members of the state and the envelope. */
export type Filter = Record<string, unknown>;
/** One sort key: a dotted path that holds strings or numbers, or nothing. */
export type SortKey = { path: string; isDescending: boolean };
export type PageOptions = {
  filter: Filter;
  sort: SortKey[];
  limit: number;
  after?: SortValues | undefined;
  isTotalWanted?: boolean | undefined;
};
export type Page<T> = { items: Stored<T>[]; next?: SortValues; total?: number };

type SortValue = SortValues[number];

/** One page of the live documents in the order of the sort keys, then of the id; see `VersionedStore.page`. */
export async function readPage<T>(core: StoreCore<T>, ctx: Context, options: PageOptions): Promise<Page<T>> {
  const { limit, after, isTotalWanted = false } = options;
  const keys = withId(options.sort);
  const filter = { $and: [options.filter, { live: true }] };
  const ladder = after ? buildLadder(keys, after) : undefined;
  const [found, total] = await core.guard.read(() =>
    Promise.all([
      core.model
        .find({ $and: [...filter.$and, ...(ladder ? [ladder] : [])] } as never, READ_PROJECTION)
        .sort(keys.map(({ path, isDescending }) => [path, isDescending ? -1 : 1] as [string, 1 | -1]))
        .limit(limit + 1)
        .maxTimeMS(statementMs(ctx, core.clock))
        .lean(),
      isTotalWanted ? core.model.countDocuments(filter as never).maxTimeMS(statementMs(ctx, core.clock)) : undefined,
    ]),
  );
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map((document) => toStored<T>(document, core.bodyNames)),
    ...(found.length > limit && last ? { next: keys.map(({ path }) => valueAt(last, path)) } : {}),
    ...(total === undefined ? {} : { total }),
  };
}

/** The id goes the way of the last key, so that one index serves a sort and its reverse. */
function withId(sort: SortKey[]): SortKey[] {
  return [...sort, { path: '_id', isDescending: sort.at(-1)?.isDescending ?? false }];
}

/**
 * Builds the filter for what comes after the sort values of the last item seen: equal in the first keys and beyond in
 * the next, for each key in turn. A missing value and null are one and sort before everything else (MongoDB's order);
 * a comparison never matches them, so they are named where they lie beyond.
 */
function buildLadder(keys: SortKey[], after: SortValues): Filter {
  if (after.length !== keys.length) {
    throw AppError.invalid('request.invalid', {
      pointer: '/after',
      message: 'does not belong to this sort order',
      expected: `${keys.length} values`,
    });
  }
  const rungs = keys.flatMap(({ path, isDescending }, index) => {
    const beyond = buildBeyond(path, after[index] ?? null, isDescending);
    const equal = keys.slice(0, index).map((key, place) => ({ [key.path]: after[place] ?? null }));
    return beyond ? [{ $and: [...equal, beyond] }] : [];
  });
  return { $or: rungs };
}

/** What lies beyond a value in one key; undefined when nothing can. */
function buildBeyond(path: string, value: SortValue, isDescending: boolean): Filter | undefined {
  if (value === null) return isDescending ? undefined : { [path]: { $ne: null } };
  if (!isDescending) return { [path]: { $gt: value } };
  return path === '_id' ? { _id: { $lt: value } } : { $or: [{ [path]: { $lt: value } }, { [path]: null }] };
}

function valueAt(document: object, path: string): SortValue {
  const value =
    path.split('.').reduce<unknown>((node, name) => (isRecord(node) ? node[name] : undefined), document) ?? null;
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  throw new TypeError(`A list cannot be sorted by ${path}: it holds neither text nor numbers.`);
}
