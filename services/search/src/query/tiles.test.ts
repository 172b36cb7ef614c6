import { expect, test } from 'vitest';
import { readPlace } from './place.ts';
import { countTiles, readTiles } from './tiles.ts';

const world = { west: -180, south: -90, east: 180, north: 90 };

test.each([
  ['the world', 0, world, 1],
  ['the world', 4, world, 256],
  ['one place', 20, { west: 106.9, south: 47.9, east: 106.9, north: 47.9 }, 1],
  ['both sides of the date line', 4, { west: 170, south: 1, east: -170, north: 2 }, 2],
  ['all around, beginning and ending in one tile', 2, { west: 10, south: 1, east: 5, north: 2 }, 4],
])('%s at zoom %i', (_title, zoom, box, count) => {
  expect(countTiles({ zoom, box })).toBe(count);
});

test.each([
  [{ tiles: 3 }, '/bbox', 'is missing beside tiles', 'minLon,minLat,maxLon,maxLat in degrees'],
  [{ tiles: 20, bbox: '-180,-90,180,90' }, '/tiles', 'has more than 1000 tiles in the box', 'a zoom of at most 4'],
  [{ tiles: 20, bbox: '170,-10,-170,10' }, '/tiles', 'has more than 1000 tiles in the box', 'a zoom of at most 9'],
])('%j is refused at its place', (asked, pointer, message, expected) => {
  expect(() => readPlace(asked)).toThrow(
    expect.objectContaining({ reason: 'search.place-invalid', details: { errors: [{ pointer, message, expected }] } }),
  );
});

test('a tile has its middle', () => {
  expect(readTiles({ buckets: [{ key: '1/1/0', doc_count: 3 }] })).toEqual([
    { tile: '1/1/0', count: 3, center: { lat: 66.51326, lon: 90 } },
  ]);
  expect(readTiles(undefined)).toEqual([]);
});
