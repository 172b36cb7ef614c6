import { type Static, Type } from 'typebox';
import { CategoryCode, DayOrInstant, IdOf, Instant, LocaleTag, Status } from '../atoms.ts';
import { legalForms, supplierTypes, verificationLevels } from '../catalog/company.ts';
import { availabilities, offeringKinds } from '../catalog/offering.ts';
import { Amount, Currency } from '../money.ts';
import { articleKinds } from '../news/article.ts';
import { eventKinds } from '../news/event.ts';

const anyOf = <S extends Parameters<typeof Type.Array>[0]>(item: S) =>
  Type.Optional(Type.Array(item, { minItems: 1, maxItems: 50 }));
const Name = Type.String({ minLength: 1, maxLength: 200 });

/**
 * What a search may be narrowed by; repeated means any of, several mean all of. A filter that a kind lacks matches none
 * of that kind. Times are half-open: from is in, to is out. Prices overlap the range that is asked for.
 */
export const searchFilters = {
  category: anyOf(CategoryCode),
  region: anyOf(Name),
  district: anyOf(Name),
  legalForm: anyOf(Type.Enum([...legalForms])),
  supplierType: anyOf(Type.Enum([...supplierTypes])),
  verification: anyOf(Type.Enum([...verificationLevels])),
  language: anyOf(LocaleTag),
  source: anyOf(Name),
  articleKind: anyOf(Type.Enum([...articleKinds])),
  eventKind: anyOf(Type.Enum([...eventKinds])),
  offeringKind: anyOf(Type.Enum([...offeringKinds])),
  availability: anyOf(Type.Enum([...availabilities])),
  companyId: anyOf(IdOf('company')),
  ids: Type.Optional(Type.Array(Name, { minItems: 1, maxItems: 100 })),
  status: anyOf(Status),
  publishedFrom: Type.Optional(Instant),
  publishedTo: Type.Optional(Instant),
  from: Type.Optional(DayOrInstant('Only events that take place from this day or instant on.')),
  to: Type.Optional(DayOrInstant('Only events that take place before this day or instant.')),
  priceMin: Type.Optional({ ...Amount, description: 'The least price; needs `currency`.' }),
  priceMax: Type.Optional({ ...Amount, description: 'The highest price; needs `currency`.' }),
  currency: Type.Optional({ ...Currency, description: 'Only what has a price in this currency (ISO 4217).' }),
};
/** What the hits of a search can be counted by. */
export const searchFacets = [
  'category',
  'kind',
  'region',
  'language',
  'legalForm',
  'supplierType',
  'verification',
  'offeringKind',
  'articleKind',
  'eventKind',
  'source',
  'published',
  'price',
] as const;
export type SearchFacet = (typeof searchFacets)[number];

/** One value of a facet; filtering by the value finds as many. */
export const FacetValue = Type.Object({
  value: Type.String({ examples: ['construction', '2026-11', 'MNT:1000-10000'] }),
  label: Type.String({ description: 'What it is called in the language asked for.' }),
  count: Type.Integer(),
});
export type FacetValue = Static<typeof FacetValue>;

/** The orders of hits; by distance needs `near`, by start is the event that begins next. What lacks the value that decides comes last. */
export const searchSorts = [
  'relevance',
  'newest',
  'distance',
  'start',
  ...(['publishedAt', 'updatedAt', 'name'] as const).flatMap((name) => [name, `-${name}`] as const),
] as const;
export type SearchSort = (typeof searchSorts)[number];

/** Where to look. */
export const searchPlaces = {
  near: Type.Optional(
    Type.String({
      pattern: '^-?\\d{1,2}(?:\\.\\d{1,15})?, ?-?\\d{1,3}(?:\\.\\d{1,15})?$',
      description: '`lat,lon`: every hit with a place then has `distanceKm`.',
      examples: ['47.9,106.9'],
    }),
  ),
  radius: Type.Optional(
    Type.String({
      pattern: '^\\d{1,6}(?:\\.\\d{1,3})?k?m$',
      description: 'How far from `near`, in km or m; without it nothing is too far.',
      examples: ['50km', '500m'],
    }),
  ),
  bbox: Type.Optional(
    Type.String({
      pattern: '^(?:-?\\d{1,3}(?:\\.\\d{1,15})?, ?){3}-?\\d{1,3}(?:\\.\\d{1,15})?$',
      description: '`minLon,minLat,maxLon,maxLat`, in the order of GeoJSON.',
      examples: ['106.5,47.7,107.3,48.1'],
    }),
  ),
};

const SearchFilters = Type.Object(searchFilters);
export type SearchFilters = Static<typeof SearchFilters>;
