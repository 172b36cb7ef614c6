import { type SearchReply, searchSorts, sortNameOf } from '@ortoo/shared/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { distanceKm } from '../src/query/place.ts';
import type { Neighbours } from './neighbours.ts';
import { type Fact, storeRandomPortal } from './random-portal.ts';
import { idsFor, openSearch, search } from './running-search.ts';

let neighbours: Neighbours;
let close: (() => Promise<void>) | undefined;
let facts: Fact[];
const near = { lat: 47.9, lon: 106.9 };
const nearText = `${near.lat},${near.lon}`;

beforeAll(async () => {
  ({ neighbours, close } = await openSearch((owners) => {
    facts = storeRandomPortal(owners, { seed: 7, count: 150 });
  }));
});
afterAll(() => close?.());

type Keys = (string | number)[];
const published = ({ publishedAt }: Fact, missing: string) => publishedAt ?? missing;
/** The keys by which each order puts documents, the smallest first; the id is added. */
const keysOf: Record<string, (fact: Fact) => Keys> = {
  publishedAt: (fact) => [published(fact, '~'), -fact.quality],
  updatedAt: ({ updatedAt, quality }) => [updatedAt, -quality],
  name: ({ name, quality }) => [sortNameOf(name), -quality],
  start: ({ nextStart, quality }) => [nextStart ?? '~', -quality],
  distance: ({ places, quality }) => [distanceKm(near, places) ?? Number.POSITIVE_INFINITY, -quality],
};
function compare(one: Keys, other: Keys): number {
  const place = one.findIndex((key, index) => key !== other[index]);
  if (place < 0) return 0;
  return (one[place] as string) < (other[place] as string) ? -1 : 1;
}
/** Turned around, the first key falls, and what lacks it still comes last. */
function inOrder(sort: string): string[] {
  const name = sort.replace('-', '');
  const isFalling = sort.startsWith('-');
  const keys = (fact: Fact) => [...(keysOf[name]?.(fact) ?? []), fact.id];
  return facts
    .filter(({ isVisible }) => isVisible)
    .toSorted((a, b) => {
      const [one, other] = [keys(a), keys(b)];
      const isMissing = one[0] === '~' || other[0] === '~';
      if (one[0] === other[0] || !isFalling || isMissing) return compare(one, other);
      return compare([one[0] ?? ''], [other[0] ?? '']) * -1;
    })
    .map(({ id }) => id);
}

async function pagesOf(q: string | undefined, request: Parameters<typeof search>[2]): Promise<string[]> {
  const seen: string[] = [];
  let after: SearchReply['next'] = null;
  do {
    const page: SearchReply = await search(neighbours, q, { ...request, limit: 17, ...(after ? { after } : {}) });
    seen.push(...page.items.map(({ id }) => id));
    after = page.next;
  } while (after);
  return seen;
}

test.each(searchSorts)('pages by %s follow each other without a gap or a repeat', async (sort) => {
  for (const q of [undefined, 'говь steel']) {
    const all = await search(neighbours, q, { sort, near: nearText, limit: 100 });
    const seen = await pagesOf(q, { sort, near: nearText });
    expect(seen).toHaveLength(all.total.value);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.slice(0, 100)).toEqual(all.items.map(({ id }) => id));
    expect(seen.length).toBeGreaterThan(17);
  }
});

test.each(searchSorts.filter((sort) => sort.replace('-', '') in keysOf))(
  'the order by %s is that of the values, what has none comes last',
  async (sort) => {
    expect(await pagesOf(undefined, { sort, near: nearText })).toEqual(inOrder(sort));
  },
);

test('what lies within a radius is found with its distance, and nothing else', async () => {
  for (const [radius, km] of [
    ['900km', 900],
    ['450.5km', 450.5],
    ['300000m', 300],
  ] as const) {
    const { items, total } = await search(neighbours, undefined, { near: nearText, radius, limit: 100 });
    const expected = facts.filter(({ isVisible, places }) => isVisible && (distanceKm(near, places) ?? 1e9) <= km);
    expect(items.map(({ id }) => id).toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
    expect(total.value).toBe(expected.length);
    for (const { id, distanceKm: away } of items)
      expect(away).toBe(distanceKm(near, facts.find((fact) => fact.id === id)?.places));
    expect(expected.length).toBeGreaterThan(0);
  }
});

test('what lies in a box is found, over the date line too', async () => {
  const inBox = facts.filter(({ isVisible, places }) =>
    places.some(({ lat, lon }) => isVisible && lon >= 100 && lon <= 110 && lat >= 45 && lat <= 49),
  );
  expect((await idsFor(neighbours, undefined, { bbox: '100,45,110,49', limit: 100 })).toSorted()).toEqual(
    inBox.map(({ id }) => id).toSorted(),
  );
  expect(inBox.length).toBeGreaterThan(2);
  const around = await search(neighbours, undefined, { bbox: '100,45,-100,49', limit: 100 });
  expect(around.total.value).toBeGreaterThan(inBox.length);
  expect(around.items[0]).not.toHaveProperty('distanceKm');
});

test('what begins next comes first, and pages go on from the moment of the first', async () => {
  const first = await search(neighbours, undefined, { sort: 'start', kinds: ['event'], limit: 2 });
  expect(first.next).toMatchObject({ nowMs: expect.any(Number) });
  const begun = { ...first.next!, nowMs: Date.parse('2120-01-01T00:00:00Z') };
  const later = await search(neighbours, undefined, { sort: 'start', kinds: ['event'], limit: 2, after: begun });
  expect(later.next).toMatchObject({ nowMs: begun.nowMs });
  expect(later.next?.sort[0]).toBeGreaterThan(Date.parse('2150-01-01T00:00:00Z'));
});

test('near alone narrows nothing, and a cursor of another order is refused', async () => {
  const all = await search(neighbours, undefined, {});
  expect((await search(neighbours, undefined, { near: nearText })).total).toEqual(all.total);
  const { next } = await search(neighbours, undefined, { sort: 'name', limit: 5 });
  await expect(search(neighbours, undefined, { sort: 'updatedAt', after: next! })).rejects.toMatchObject({
    reason: 'search.cursor-invalid',
  });
});

test.each([
  [{ radius: '5km' }, '/near'],
  [{ sort: 'distance' as const }, '/near'],
  [{ near: '91,0' }, '/near'],
  [{ bbox: '0,2,1,1' }, '/bbox'],
])('%j is refused at its place', async (request, pointer) => {
  await expect(search(neighbours, undefined, request)).rejects.toMatchObject({
    reason: 'search.place-invalid',
    details: { errors: [{ pointer }] },
  });
});
