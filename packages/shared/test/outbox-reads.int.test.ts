import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SortKey, SortValues } from '../src/contracts/index.ts';
import { AppError, typeIds } from '../src/kernel/index.ts';
import type { Stored } from '../src/outbox/index.ts';
import { testContext } from '../src/testing/index.ts';
import { openRig, type Rig, type StoreRig, type ThingState } from './outbox-rig.ts';

let rig: Rig;
let things: StoreRig;
const ctx = () => testContext();
const newId = () => typeIds.next('company');

beforeAll(async () => {
  rig = await openRig();
  things = rig.makeStore();
  await things.store.ensureIndexes();
});
afterAll(() => rig.close());

type Row = { rank?: number | null; score?: number; nested?: { deep?: string }; isDeleted: boolean };
const anyRow: fc.Arbitrary<Row> = fc.record(
  {
    rank: fc.constantFrom(null, -1, 0, 2, 10),
    score: fc.constantFrom(0.5, 1, 1.5),
    nested: fc.record({ deep: fc.constantFrom('', 'B', 'a', 'Я') }, { requiredKeys: [] }),
    isDeleted: fc.constantFrom(false, false, false, true),
  },
  { requiredKeys: ['isDeleted'] },
);
const anySort: fc.Arbitrary<SortKey[]> = fc
  .uniqueArray(fc.constantFrom('rank', 'score', 'nested.deep'), { maxLength: 3 })
  .chain((paths) => fc.tuple(...paths.map((path) => fc.boolean().map((isDescending) => ({ path, isDescending })))));

/** MongoDB's order: nothing, then numbers, then text by its bytes. */
function compareValues(a: string | number | null | undefined, b: string | number | null | undefined): number {
  const rankOf = (value: unknown) => (value === null || value === undefined ? 0 : typeof value === 'number' ? 1 : 2);
  if (rankOf(a) !== rankOf(b)) return rankOf(a) - rankOf(b);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return Buffer.compare(Buffer.from(String(a ?? '')), Buffer.from(String(b ?? '')));
}
const sortValueOf = ({ id, state }: { id: string; state: ThingState }, path: string) => {
  const values: Record<string, string | number | null | undefined> = {
    _id: id,
    rank: state.rank,
    score: state.score,
    'nested.deep': state.nested?.deep as string | undefined,
  };
  return values[path];
};
function sortInMemory(rows: { id: string; state: ThingState }[], sort: SortKey[]) {
  const keys = [...sort, { path: '_id', isDescending: sort.at(-1)?.isDescending ?? false }];
  return rows.toSorted((a, b) => {
    for (const { path, isDescending } of keys) {
      const order = compareValues(sortValueOf(a, path), sortValueOf(b, path));
      if (order !== 0) return isDescending ? -order : order;
    }
    return 0;
  });
}

async function readAll(options: {
  filter: Record<string, unknown>;
  sort: SortKey[];
  limit: number;
}): Promise<Stored<ThingState>[]> {
  const items: Stored<ThingState>[] = [];
  let after: SortValues | undefined;
  do {
    const page = await things.store.page(ctx(), { ...options, ...(after ? { after } : {}) });
    expect(page.items.length).toBeLessThanOrEqual(options.limit);
    items.push(...page.items);
    after = page.next;
  } while (after);
  return items;
}

describe('a list', () => {
  it('read page by page is the whole list in order, whatever is missing, equal, or sorted downwards', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRow, { maxLength: 25 }),
        anySort,
        fc.integer({ min: 1, max: 7 }),
        async (rows, sort, limit) => {
          run += 1;
          const tag = `run-${run}`;
          const documents = rows.map(({ isDeleted, ...state }) => ({
            id: newId(),
            isDeleted,
            state: { ...state, name: 'n', tags: [tag] } as ThingState,
          }));
          const raw = documents.map(({ id, isDeleted, state }) => ({
            _id: id as never,
            v: 1,
            live: !isDeleted,
            visible: true,
            changedAt: '2026-01-01T00:00:00.000Z',
            check: 0,
            pending: [],
            requests: [],
            ...state,
          }));
          if (raw.length > 0)
            await rig.mongo.connection.db?.collection('things').insertMany(raw, { writeConcern: { w: 1 } });
          const expected = sortInMemory(
            documents.filter(({ isDeleted }) => !isDeleted),
            sort,
          );
          const read = await readAll({ filter: { tags: tag }, sort, limit });
          expect(read.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('counts all that match only when asked', async () => {
    for (let n = 0; n < 5; n += 1)
      await things.store.create(ctx(), { id: newId(), state: { name: 'counted', tags: ['total'] } });
    const ask = { filter: { tags: 'total' }, sort: [], limit: 2 };
    expect((await things.store.page(ctx(), ask)).total).toBeUndefined();
    expect(await things.store.page(ctx(), { ...ask, isTotalWanted: true })).toMatchObject({
      total: 5,
      items: [{}, {}],
      next: [expect.any(String)],
    });
  });

  it('ends a page before it is too large for one reply, and goes on from there', async () => {
    const { store } = rig.makeStore({ collection: 'listed_large' });
    await store.ensureIndexes();
    const rows = [200, 200, 200, 700, 1].map((kilobytes, rank) => ({ kilobytes, rank, id: newId() }));
    for (const { id, kilobytes, rank } of rows)
      await store.create(ctx(), { id, state: { name: 'x'.repeat(kilobytes * 1024), rank } });
    const pages: string[][] = [];
    let after: SortValues | undefined;
    do {
      const page = await store.page(ctx(), {
        filter: {},
        sort: [{ path: 'rank', isDescending: false }],
        limit: 100,
        ...(after ? { after } : {}),
      });
      pages.push(page.items.map(({ id }) => id));
      after = page.next;
    } while (after);
    const [a, b, c, d, e] = rows.map(({ id }) => id);
    expect(pages).toEqual([[a, b], [c], [d], [e]]);
  });

  it('refuses sort values of another order, and a filter on a member that does not exist', async () => {
    const wrong = things.store.page(ctx(), {
      filter: {},
      sort: [{ path: 'rank', isDescending: false }],
      limit: 1,
      after: ['x'],
    });
    await expect(wrong).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      details: { errors: [{ pointer: '/cursor' }] },
    });
    await expect(things.store.page(ctx(), { filter: { nmae: 'x' }, sort: [], limit: 1 })).rejects.toThrow(/nmae/);
  });
});

describe('documents by id', () => {
  it('come in the order asked, without what is missing or deleted', async () => {
    const [a, b, c] = [newId(), newId(), newId()];
    for (const id of [a, b, c]) await things.store.create(ctx(), { id, state: { name: id } });
    await things.store.remove(ctx(), { id: b, v: 1 });
    expect((await things.store.getMany(ctx(), [c, b, newId(), a])).map(({ id }) => id)).toEqual([c, a]);
  });
});

describe('an export', () => {
  it('gives every document once by id, tombstones included, in pages under 256 KB', async () => {
    const { store } = rig.makeStore({ collection: 'exported' });
    await store.ensureIndexes();
    const ids = Array.from({ length: 40 }, newId).toSorted();
    for (const id of ids) await store.create(ctx(), { id, state: { name: 'x'.repeat(20_000), isPublished: true } });
    const deleted = ids[7] ?? '';
    await store.remove(ctx(), { id: deleted, v: 1 });
    const pages = [];
    let after: string | undefined;
    do {
      const page = await store.exportPage(ctx(), { limit: 30, ...(after ? { after } : {}) });
      pages.push(page.items);
      after = page.next;
    } while (after);
    expect(pages.flat().map(({ id }) => id)).toEqual(ids);
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThanOrEqual(256 * 1024);
    expect(pages.flat().find(({ id }) => id === deleted)).toMatchObject({
      kind: 'company',
      v: 2,
      live: false,
      visible: false,
      changes: [],
      check: expect.any(Number),
    });
    expect(pages.flat().find(({ id }) => id === deleted)?.state).toBeUndefined();
    expect(pages.flat()[0]).toMatchObject({ v: 1, live: true, visible: true, state: { isPublished: true } });
  });

  it('of named ids gives those, and one larger than a page by itself', async () => {
    const { store } = rig.makeStore({ collection: 'exported_large' });
    const [small, large, other] = [newId(), newId(), newId()];
    await store.create(ctx(), { id: small, state: { name: 'a' } });
    await store.create(ctx(), { id: large, state: { name: 'x'.repeat(710 * 1024) } });
    await store.create(ctx(), { id: other, state: { name: 'c' } });
    const first = await store.exportPage(ctx(), { limit: 10, ids: [small, large] });
    expect(first).toMatchObject({ items: [{ id: small }], next: small });
    const second = await store.exportPage(ctx(), { limit: 10, ids: [small, large], after: small });
    expect(second.items.map(({ id, state }) => [id, String(state?.name).length])).toEqual([[large, 710 * 1024]]);
    expect(second.next).toBeUndefined();
  });
});

describe('a store', () => {
  it('that cannot have its unique index does not start', async () => {
    const { store } = rig.makeStore({ collection: 'contradicted' });
    const rows = ['a', 'b'].map((id) => ({ _id: id as never, keys: ['slug:same'] }));
    await rig.mongo.connection.db?.collection('contradicted').insertMany(rows);
    await expect(store.ensureIndexes()).rejects.toThrow(/contradicted/);
  });

  it('answers an error of its kind, not of the driver, for what is missing', async () => {
    const failure = await things.store.get(ctx(), newId()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AppError);
    expect(failure).toMatchObject({ code: 'NOT_FOUND', reason: 'company.not-found' });
  });
});
