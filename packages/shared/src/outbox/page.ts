import { isRecord, type SortKey, type SortValues } from '../contracts/index.ts';
import { AppError, type Context } from '../kernel/index.ts';
import { type Stored, toStored } from './envelope.ts';
import { READ_PROJECTION, type StoreCore, statementMs } from './store-core.ts';

/** A MongoDB filter over the members of the state and the envelope. */
export type Filter = Record<string, unknown>;
export type PageOptions = {
  filter: Filter;
  /** Paths that hold strings or numbers, or nothing. */
  sort: SortKey[];
  limit: number;
  after?: SortValues | undefined;
  isTotalWanted?: boolean | undefined;
};
export type Page<T> = { items: Stored<T>[]; next?: SortValues; total?: number };

type SortValue = SortValues[number];

/**
 * The states of a page stay under this. A view repeats at most the name and the summary of its state, so that a page of
 * views has less than twice as much and fits into one reply.
 */
const PAGE_BYTES_MAX = 480 * 1024;

/**
 * One page of the live documents in the order of the sort keys, then of the id; see `VersionedStore.page`. It ends at
 * `limit`, or before the document that would take it over 480 KB; one that is larger by itself is a page of its own.
 */
export async function readPage<T>(core: StoreCore<T>, ctx: Context, options: PageOptions): Promise<Page<T>> {
  const { limit, after, isTotalWanted = false } = options;
  const keys = withId(options.sort);
  const filter = { $and: [options.filter, { live: true }] };
  const ladder = after ? buildLadder(keys, after) : undefined;
  const [page, total] = await core.guard.read(() =>
    Promise.all([
      readItems(core, ctx, { filter: { $and: [...filter.$and, ...(ladder ? [ladder] : [])] }, keys, limit }),
      isTotalWanted ? core.model.countDocuments(filter as never).maxTimeMS(statementMs(ctx, core.clock)) : undefined,
    ]),
  );
  return { ...page, ...(total === undefined ? {} : { total }) };
}

async function readItems<T>(
  core: StoreCore<T>,
  ctx: Context,
  { filter, keys, limit }: { filter: Filter; keys: SortKey[]; limit: number },
): Promise<Page<T>> {
  const cursor = core.model
    .find(filter as never, READ_PROJECTION)
    .sort(keys.map(({ path, isDescending }) => [path, isDescending ? -1 : 1] as [string, 1 | -1]))
    .limit(limit + 1)
    .maxTimeMS(statementMs(ctx, core.clock))
    .lean()
    .cursor({ batchSize: limit + 1 });
  const items: Stored<T>[] = [];
  let last: object = {};
  let bytes = 0;
  try {
    for await (const document of cursor) {
      const item = toStored<T>(document, core.bodyNames);
      bytes += Buffer.byteLength(JSON.stringify(item.state));
      const isFull = items.length >= limit || bytes > PAGE_BYTES_MAX;
      if (isFull && items.length > 0) return { items, next: keys.map(({ path }) => valueAt(last, path)) };
      items.push(item);
      last = document;
    }
    return { items };
  } finally {
    await cursor.close();
  }
}

/** The id goes the way of the last key, so that one index serves a sort and its reverse. */
function withId(sort: SortKey[]): SortKey[] {
  if (sort.at(-1)?.path === '_id') return sort;
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
      pointer: '/cursor', // the name by which callers know it
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
