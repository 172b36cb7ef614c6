import type { SearchRequest } from '@ortoo/shared/contracts';
import { AppError, type Fault } from '@ortoo/shared/kernel';
import type { FilterClause } from './filter-clauses.ts';
import { type Box, type TilePlan, tileFaults } from './tiles.ts';

export type GeoPoint = { lat: number; lon: number };
type Asked = Pick<SearchRequest, 'near' | 'radius' | 'bbox' | 'sort' | 'tiles'>;

/** The mean radius that the engine's distances are made with. Source: Lucene, SloppyMath; IUGG. */
const EARTH_RADIUS_KM = 6371.0087714;

/**
 * Where to look: the point to measure from, and what has to lie around it or in a box. A box whose west is east of its
 * east spans the date line. Throws VALIDATION_FAILED `search.place-invalid` with every fault at its parameter.
 */
export function readPlace(asked: Asked): { near?: GeoPoint; tiles?: TilePlan; filters: FilterClause[] } {
  const box = boxOf(asked);
  const wrongBox = boxFaults(asked);
  const faults = [...nearFaults(asked), ...(wrongBox.length > 0 ? wrongBox : tileFaults(asked.tiles, box))];
  if (faults.length > 0) throw AppError.invalid('search.place-invalid', faults);
  const [lat = 0, lon = 0] = numbersOf(asked.near);
  const near = { lat, lon };
  const { radius } = asked;
  const around: FilterClause[] = radius
    ? [{ name: 'near', query: { geo_distance: { distance: radius, location: near, ignore_unmapped: true } } }]
    : [];
  return {
    ...(asked.near === undefined ? {} : { near }),
    ...(asked.tiles === undefined || !box ? {} : { tiles: { zoom: asked.tiles, box } }),
    filters: [...around, ...boxClause(box)],
  };
}

function boxOf({ bbox }: Asked): Box | undefined {
  const [west = 0, south = 0, east = 0, north = 0] = numbersOf(bbox);
  return bbox === undefined ? undefined : { west, south, east, north };
}

function boxClause(box: Box | undefined): FilterClause[] {
  if (!box) return [];
  const { west, south, east, north } = box;
  const location = { top_left: { lat: north, lon: west }, bottom_right: { lat: south, lon: east } };
  return [{ name: 'bbox', query: { geo_bounding_box: { location, ignore_unmapped: true } } }];
}

function nearFaults({ near, radius, sort }: Asked): Fault[] {
  if (near === undefined) {
    const wanted = radius === undefined ? sort === 'distance' && 'the order by distance' : 'radius';
    return wanted ? [{ pointer: '/near', message: `is missing beside ${wanted}`, expected: 'lat,lon' }] : [];
  }
  const [lat = 0, lon = 0] = numbersOf(near);
  const isOnEarth = Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
  const faults = isOnEarth
    ? []
    : [{ pointer: '/near', message: 'is not on the earth', expected: 'lat,lon in degrees' }];
  const isEmpty = radius !== undefined && Number.parseFloat(radius) === 0;
  return isEmpty ? [...faults, { pointer: '/radius', message: 'is nothing', expected: 'more than 0' }] : faults;
}

function boxFaults({ bbox }: Asked): Fault[] {
  if (bbox === undefined) return [];
  const [west = 0, south = 0, east = 0, north = 0] = numbersOf(bbox);
  const expected = 'minLon,minLat,maxLon,maxLat in degrees';
  if ([south, north].some((lat) => Math.abs(lat) > 90) || [west, east].some((lon) => Math.abs(lon) > 180))
    return [{ pointer: '/bbox', message: 'is not on the earth', expected }];
  return south > north ? [{ pointer: '/bbox', message: 'has its south above its north', expected }] : [];
}

function numbersOf(text: string | undefined): number[] {
  return text === undefined ? [] : text.split(',').map(Number);
}

/** Kilometres to the nearest of some places, to the metre; undefined when there is none. Source: haversine formula. */
export function distanceKm(from: GeoPoint, places: GeoPoint[] = []): number | undefined {
  if (places.length === 0) return undefined;
  return Math.round(Math.min(...places.map((place) => haversineKm(from, place))) * 1000) / 1000;
}

function haversineKm(one: GeoPoint, other: GeoPoint): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (degrees: number) => Math.sin(rad(degrees) / 2) ** 2;
  const h = half(other.lat - one.lat) + Math.cos(rad(one.lat)) * Math.cos(rad(other.lat)) * half(other.lon - one.lon);
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}
