import type { SearchReply } from '@ortoo/shared/contracts';
import type { Fault } from '@ortoo/shared/kernel';
import type { Aggregation, AggregationRequest } from '../index/engine-documents.ts';

/** Tiles of an answer at most, whatever is found. */
const TILES_MAX = 1_000;

/** In degrees; a west that is east of the east spans the date line. */
export type Box = { west: number; south: number; east: number; north: number };
export type TilePlan = { zoom: number; box: Box };

/** In which column and row of the 2^zoom a place lies; what is nearer to a pole than the map counts in its last row. Source: Web Mercator. */
export function tileOf({ lat, lon }: { lat: number; lon: number }, zoom: number): { x: number; y: number } {
  const size = 2 ** zoom;
  const sin = Math.sin((lat * Math.PI) / 180);
  const within = (part: number) => Math.min(size - 1, Math.max(0, Math.floor(part * size)));
  return { x: within((lon + 180) / 360), y: within(0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) };
}

/** How many tiles a box touches. */
export function countTiles({ zoom, box: { west, south, east, north } }: TilePlan): number {
  const first = tileOf({ lat: north, lon: west }, zoom);
  const last = tileOf({ lat: south, lon: east }, zoom);
  const columns = last.x - first.x + 1;
  const across = west > east ? Math.min(2 ** zoom, columns + 2 ** zoom) : columns;
  return across * (last.y - first.y + 1);
}

/** What is wrong with the zoom: no box, or a box that may hold too many tiles. */
export function tileFaults(zoom: number | undefined, box: Box | undefined): Fault[] {
  if (zoom === undefined) return [];
  if (!box)
    return [
      { pointer: '/bbox', message: 'is missing beside tiles', expected: 'minLon,minLat,maxLon,maxLat in degrees' },
    ];
  let fitting = zoom;
  while (countTiles({ zoom: fitting, box }) > TILES_MAX) fitting -= 1;
  if (fitting === zoom) return [];
  const message = `has more than ${TILES_MAX} tiles in the box`;
  return [{ pointer: '/tiles', message, expected: `a zoom of at most ${fitting}` }];
}

/** Each document counts once in every tile of the box that it has a place in. */
export function buildTiles({ zoom, box: { west, south, east, north } }: TilePlan): AggregationRequest {
  const bounds = { top_left: { lat: north, lon: west }, bottom_right: { lat: south, lon: east } };
  return { geotile_grid: { field: 'location', precision: zoom, size: TILES_MAX, bounds } };
}

/** The tiles that hold something, the fullest first. */
export function readTiles(found: Aggregation | undefined): NonNullable<SearchReply['tiles']> {
  const buckets = Array.isArray(found?.buckets) ? found.buckets : [];
  return buckets.map(({ key, doc_count: count }) => ({ tile: String(key), count, center: middleOf(String(key)) }));
}

function middleOf(tile: string): { lat: number; lon: number } {
  const [zoom = 0, x = 0, y = 0] = tile.split('/').map(Number);
  const down = Math.PI * (1 - (2 * (y + 0.5)) / 2 ** zoom);
  const degrees = (value: number) => Math.round(value * 1e6) / 1e6;
  return {
    lat: degrees((Math.atan(Math.sinh(down)) * 180) / Math.PI),
    lon: degrees(((x + 0.5) / 2 ** zoom) * 360 - 180),
  };
}
