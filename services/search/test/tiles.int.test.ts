import { searchFacets } from '@ortoo/shared/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tileOf } from '../src/query/tiles.ts';
import type { Neighbours } from './neighbours.ts';
import { createRandom, type Fact, passes, randomFilters, randomSeer, storeRandomPortal } from './random-portal.ts';
import { openSearch, search } from './running-search.ts';

let neighbours: Neighbours;
let close: (() => Promise<void>) | undefined;
let facts: Fact[];

beforeAll(async () => {
  ({ neighbours, close } = await openSearch((owners) => {
    facts = storeRandomPortal(owners, { seed: 31, count: 300 });
  }));
});
afterAll(() => close?.());

type Box = [west: number, south: number, east: number, north: number];
const isIn = ([west, south, east, north]: Box, { lat, lon }: { lat: number; lon: number }) =>
  lat >= south && lat <= north && (west <= east ? lon >= west && lon <= east : lon >= west || lon <= east);

/** How many have a place in each tile, of those with a place in the box; only tiles that the box touches. */
function countByHand(found: Fact[], box: Box, zoom: number): Record<string, number> {
  const [west, south, east, north] = box;
  const first = tileOf({ lat: north, lon: west }, zoom);
  const last = tileOf({ lat: south, lon: east }, zoom);
  const isAcross = ({ x }: { x: number }) => (west <= east ? x >= first.x && x <= last.x : x >= first.x || x <= last.x);
  const counts: Record<string, number> = {};
  for (const { places } of found.filter((fact) => fact.places.some((place) => isIn(box, place)))) {
    const tiles = places
      .map((place) => tileOf(place, zoom))
      .filter((tile) => isAcross(tile) && tile.y >= first.y && tile.y <= last.y);
    for (const key of new Set(tiles.map(({ x, y }) => `${zoom}/${x}/${y}`))) counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

test('tiles of 100 random boxes count what is counted by looking at each document, for whoever asks', async () => {
  const random = createRandom(32);
  let counted = 0;
  for (let round = 0; round < 100; round += 1) {
    const filters = round % 2 ? {} : randomFilters(random);
    const seer = randomSeer(random);
    const zoom = Math.floor(random.next() * 7);
    const [west, east] = [95 + random.next() * 12, round % 5 ? 108 + random.next() * 12 : -170];
    const box: Box = [west, 30 + random.next() * 17, east, 48 + random.next() * 10];
    const asked = { ...filters, ...seer, bbox: box.join(','), tiles: zoom, facets: [...searchFacets], limit: 1 };
    const { tiles = [] } = await search(neighbours, undefined, asked);
    const expected = countByHand(
      facts.filter((fact) => passes(fact, filters, seer)),
      box,
      zoom,
    );
    expect(Object.fromEntries(tiles.map(({ tile, count }) => [tile, count])), JSON.stringify(asked)).toEqual(expected);
    counted += tiles.length;
  }
  expect(counted).toBeGreaterThan(50);
});

test('kinds narrow the tiles, and what is hidden from the public is in none', async () => {
  const asked = { bbox: '-180,-90,180,90', tiles: 0, limit: 1 };
  const withPlace = facts.filter(({ places }) => places.length > 0);
  const visible = withPlace.filter(({ isVisible }) => isVisible);
  const countOf = async (more: object) =>
    (await search(neighbours, undefined, { ...asked, ...more })).tiles?.[0]?.count;
  expect(await countOf({ kinds: ['company'] })).toBe(visible.filter(({ kind }) => kind === 'company').length);
  expect(await countOf({})).toBe(visible.length);
  expect(await countOf({ view: 'staff' })).toBeGreaterThan(visible.length);
});
