import { type Static, Type } from 'typebox';
import { closed, Instant, LocaleTag, Status } from '../atoms.ts';
import { FacetValue, searchFacets, searchFilters, searchPlaces, searchSorts } from './filters.ts';

/** Kinds that search answers so far. */
export const searchKinds = ['company', 'offering', 'article', 'event', 'category'] as const;
export type SearchKind = (typeof searchKinds)[number];

export const QUERY_LENGTH_MAX = 200;
export const TOKENS_MAX = 5;

/** A freshness token, `<id>:<v>`, as a write answers it in `Ortoo-Version`. */
export const FreshnessToken = Type.String({
  pattern: '^[a-z0-9][a-z0-9_-]{0,79}:[1-9]\\d{0,9}$',
  examples: ['company_01h455vb4pex5vsknk084sn02q:7'],
});

const Ids = Type.Array(Type.String({ maxLength: 200 }), { maxItems: 50 });

/** A search. An absent or empty `q` means everything, newest first. */
export const SearchRequest = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: QUERY_LENGTH_MAX })),
    kinds: Type.Optional(Type.Array(Type.Enum([...searchKinds]), { minItems: 1, maxItems: searchKinds.length })),
    ...searchFilters,
    ...searchPlaces,
    sort: Type.Optional(
      Type.Enum([...searchSorts], {
        description:
          'The order, `relevance` if something is asked for and `newest` if not; `distance` needs `near`; `start` is ' +
          'the event that begins next.',
      }),
    ),
    highlight: Type.Optional(Type.Boolean({ description: 'Whether to show where in its texts a hit was found.' })),
    explain: Type.Optional(Type.Boolean({ description: 'Whether to tell what of a hit matched.' })),
    facets: Type.Optional(
      Type.Array(Type.Enum([...searchFacets]), {
        minItems: 1,
        maxItems: searchFacets.length,
        description:
          'What to count the hits by. Each counts with all filters but its own: at most 100 values, the most frequent ' +
          'first, of months (UTC) the newest.',
      }),
    ),
    tiles: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 20,
        description: 'The zoom of map tiles to count the hits by; needs `bbox`, which may hold 1,000 of them.',
      }),
    ),
    limit: Type.Integer({ minimum: 1, maximum: 100 }),
    after: Type.Optional(
      Type.Object({
        index: Type.String(),
        sort: Type.Array(Type.Union([Type.String(), Type.Number(), Type.Null()]), { maxItems: 6 }),
        relaxed: Type.Optional(
          Type.Object(
            { complete: Ids, sure: Ids, partly: Ids, unsure: Ids, texts: Ids },
            { description: 'What a second look added to the first page.' },
          ),
        ),
        nowMs: Type.Optional(
          Type.Integer({
            description: 'In the order of starts, the moment of the first page, from which on they count.',
          }),
        ),
      }),
    ),
    waitFor: Type.Optional(Type.Array(FreshnessToken, { minItems: 1, maxItems: TOKENS_MAX })),
    lang: LocaleTag,
    view: Type.Enum(['public', 'staff']),
    staffOf: Type.Optional(
      Type.Array(Type.Enum([...searchKinds]), {
        maxItems: searchKinds.length,
        description: 'In the public view, the kinds of which the caller sees what is hidden too.',
      }),
    ),
  },
  closed,
);
export type SearchRequest = Static<typeof SearchRequest>;

export const SearchHit = Type.Object({
  id: Type.String(),
  kind: Type.Enum([...searchKinds]),
  score: Type.Union([Type.Number(), Type.Null()]),
  display: Type.Object({ lang: LocaleTag, name: Type.String(), summary: Type.Optional(Type.String()) }),
  highlight: Type.Optional(
    Type.Object(
      {
        name: Type.Optional(Type.Array(Type.String())),
        summary: Type.Optional(Type.Array(Type.String())),
        body: Type.Optional(Type.Array(Type.String())),
      },
      { description: 'HTML: what was found in `<em>`, everything else escaped. Only with `highlight=true`.' },
    ),
  ),
  distanceKm: Type.Optional(Type.Number({ description: 'From `near` to the nearest place of the hit.' })),
  url: Type.String(),
  status: Type.Optional({ ...Status, description: 'Only for who may write the kind.' }),
  publishedAt: Type.Optional(Instant),
  explain: Type.Optional(
    Type.Object(
      { matched: Type.Array(Type.Object({ field: Type.String(), form: Type.String(), boost: Type.Number() })) },
      { description: 'Which fields matched, in which form of what was typed. Only with `explain=true`.' },
    ),
  ),
});
export type SearchHit = Static<typeof SearchHit>;

/** A tile of the map (Web Mercator) with how many hits have a place in it. */
const MapTile = Type.Object({
  tile: Type.String({ description: '`zoom/x/y`', examples: ['6/51/22'] }),
  count: Type.Integer(),
  center: Type.Object({ lat: Type.Number(), lon: Type.Number() }, { description: 'The middle of the tile.' }),
});

/** The page's `next` is made by the gateway from `next` here. */
export const SearchReply = Type.Object({
  items: Type.Array(SearchHit),
  next: Type.Union([SearchRequest.properties.after, Type.Null()]),
  total: Type.Object({ value: Type.Integer(), relation: Type.Enum(['eq', 'gte']) }),
  kinds: Type.Record(Type.String(), Type.Integer()),
  facets: Type.Optional(
    Type.Record(Type.String(), Type.Array(FacetValue), { description: 'Only when `facets` are asked for.' }),
  ),
  tiles: Type.Optional(
    Type.Array(MapTile, { maxItems: 1_000, description: 'The fullest first. Only when `tiles` are asked for.' }),
  ),
  relaxed: Type.Union(
    [
      Type.Object({
        reason: Type.Enum(['few-hits']),
        by: Type.Array(Type.Enum(['typo']), { description: 'What was let pass.' }),
      }),
      Type.Null(),
    ],
    { description: 'Why hits that hold something like what was typed were added; null when none were.' },
  ),
  didYouMean: Type.Union([Type.String(), Type.Null()], {
    description: 'A name that may have been meant; searching it with the same filters has hits.',
  }),
  consistent: Type.Boolean({ description: 'Whether every version of waitFor was searched.' }),
  index: Type.Object({ lagMs: Type.Integer(), version: Type.Integer() }),
  tookMs: Type.Integer(),
});
export type SearchReply = Static<typeof SearchReply>;

/** Figures of the index, for health and dashboards. */
export const SearchState = Type.Object({
  name: Type.String(),
  version: Type.Integer(),
  dictionary: Type.Optional(
    Type.String({ description: 'The Hunspell dictionary that its Mongolian texts were analysed with, if one was.' }),
  ),
  documents: Type.Integer(),
  lagMs: Type.Integer(),
  pendingChanges: Type.Integer(),
});
export type SearchState = Static<typeof SearchState>;
