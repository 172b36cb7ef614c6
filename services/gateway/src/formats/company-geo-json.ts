import { type Company, pickText } from '@ortoo/shared/contracts';
import { addressOf } from './addresses.ts';
import { jsonFormat, known } from './format.ts';

type Location = NonNullable<Company['locations']>[number];

/** Companies as GeoJSON. Source: RFC 7946; a position is longitude, then latitude. */
export const companyGeoJson = jsonFormat<Company>({
  mediaType: 'application/geo+json',
  item: featureOf,
  list: ({ items }, origin) => ({
    type: 'FeatureCollection',
    features: items.map((company) => featureOf(company, origin)),
  }),
});

/** A company with several places has several points, in the order of `properties.locations`; one without has none. */
function featureOf(company: Company, origin: string): object {
  const { id, slug, display, categories, locations = [] } = company;
  const placed = locations.filter(({ geo }) => geo !== undefined);
  return {
    type: 'Feature',
    id,
    geometry: geometryOf(placed),
    properties: known({
      kind: 'company',
      name: display.name,
      summary: display.summary,
      slug,
      url: addressOf(origin, 'companies', id),
      category: categories.primary,
      locations: placed.map((location) => placeOf(company, location)),
    }),
  };
}

function geometryOf(placed: Location[]): object | null {
  const positions = placed.flatMap(({ geo }) => (geo ? [[geo.lon, geo.lat]] : []));
  if (positions.length === 0) return null;
  return positions.length === 1
    ? { type: 'Point', coordinates: positions[0] }
    : { type: 'MultiPoint', coordinates: positions };
}

function placeOf({ display }: Company, { kind, address }: Location): object {
  const { freeform, country, region, district, street, building, postcode } = address;
  const text = freeform && pickText(freeform, display.lang)?.text;
  return known({ kind, country, region, district, street, building, postcode, freeform: text });
}
