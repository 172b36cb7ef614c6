import { expect, test } from 'vitest';
import { distanceKm, readPlace } from './place.ts';

test('a point, a radius and a box become what the engine is asked', () => {
  expect(readPlace({})).toEqual({ filters: [] });
  expect(readPlace({ near: '47.9,106.9' })).toEqual({ near: { lat: 47.9, lon: 106.9 }, filters: [] });
  expect(readPlace({ near: '47.9,-106.9', radius: '500m', bbox: '170,-10.5,-170,10' }).filters).toEqual([
    {
      name: 'near',
      query: { geo_distance: { distance: '500m', location: { lat: 47.9, lon: -106.9 }, ignore_unmapped: true } },
    },
    {
      name: 'bbox',
      query: {
        geo_bounding_box: {
          location: { top_left: { lat: 10, lon: 170 }, bottom_right: { lat: -10.5, lon: -170 } },
          ignore_unmapped: true,
        },
      },
    },
  ]);
});

test.each([
  [{ near: '91,0' }, '/near', 'is not on the earth', 'lat,lon in degrees'],
  [{ near: '0,181' }, '/near', 'is not on the earth', 'lat,lon in degrees'],
  [{ radius: '5km' }, '/near', 'is missing beside radius', 'lat,lon'],
  [{ sort: 'distance' as const }, '/near', 'is missing beside the order by distance', 'lat,lon'],
  [{ near: '0,0', radius: '0km' }, '/radius', 'is nothing', 'more than 0'],
  [{ bbox: '0,-91,1,1' }, '/bbox', 'is not on the earth', 'minLon,minLat,maxLon,maxLat in degrees'],
  [{ bbox: '0,2,1,1' }, '/bbox', 'has its south above its north', 'minLon,minLat,maxLon,maxLat in degrees'],
])('%j is refused at its place', (asked, pointer, message, expected) => {
  expect(() => readPlace(asked)).toThrow(
    expect.objectContaining({
      reason: 'search.place-invalid',
      details: { errors: [{ pointer, message, expected }] },
    }),
  );
});

test('the distance is that to the nearest place, over the pole and the date line too', () => {
  const ulaanbaatar = { lat: 47.9185, lon: 106.9177 };
  const darkhan = { lat: 49.4867, lon: 105.9228 };
  expect(distanceKm(ulaanbaatar, [darkhan, { lat: 0, lon: 0 }])).toBeCloseTo(189.1, 0);
  expect(distanceKm(ulaanbaatar, [ulaanbaatar])).toBe(0);
  expect(distanceKm({ lat: 0, lon: 179.5 }, [{ lat: 0, lon: -179.5 }])).toBeCloseTo(111.195, 2);
  expect(distanceKm({ lat: 90, lon: 0 }, [{ lat: -90, lon: 90 }])).toBeCloseTo(20015.115, 2);
  expect(distanceKm(ulaanbaatar, [])).toBeUndefined();
});
