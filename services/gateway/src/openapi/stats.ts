import { closed, Instant, searchKinds } from '@ortoo/shared/contracts';
import { Type } from 'typebox';

const documentKinds = searchKinds.filter((kind) => kind !== 'category').join('|');
/** Pages of a search end here. */
const POSITION_MAX = 10_000;

/** The body of a click. */
export const SearchClick = Type.Object(
  {
    queryId: Type.String({
      pattern: '^query_[0-7][0-9a-hjkmnp-tv-z]{25}$',
      description: 'As the search answered it.',
      examples: ['query_01h455vb4pex5vsknk084sn02q'],
    }),
    id: Type.String({
      pattern: `^(?:(?:${documentKinds})_[0-7][0-9a-hjkmnp-tv-z]{25}|[a-z0-9]+(?:-[a-z0-9]+)*)$`,
      maxLength: 80,
      description: 'What was opened: the id of a document, or the code of a category.',
      examples: ['company_01h455vb4pex5vsknk084sn02q'],
    }),
    position: Type.Integer({
      minimum: 1,
      maximum: POSITION_MAX,
      description: 'Its place among the hits, from 1 on, the pages before counted.',
    }),
  },
  { ...closed, $id: 'SearchClick' },
);

const Count = Type.Integer({ minimum: 0 });
const SearchStats = Type.Object(
  {
    since: Instant,
    until: Instant,
    queries: Type.Integer({ description: 'Searches that were answered, each once whatever pages were read.' }),
    zeroHits: Type.Integer({ description: 'Those of them that found nothing.' }),
    top: Type.Array(
      Type.Object({
        query: Type.String({ description: 'In lower case; e-mail addresses and long numbers are masked.' }),
        count: Count,
        clicks: Type.Integer({ description: 'What was opened, each document once a search.' }),
        clickRate: Type.Number({ description: 'The share of its searches after which something was opened, 0 to 1.' }),
        meanPosition: Type.Union([Type.Number(), Type.Null()], {
          description: 'The mean place of what was opened, from 1 on.',
        }),
      }),
      { description: 'The most frequent queries, without those for everything.' },
    ),
    zeroHit: Type.Array(Type.Object({ query: Type.String(), count: Count }), {
      description: 'The most frequent ones of those that found nothing.',
    }),
    latencyMs: Type.Union([Type.Object({ p50: Type.Integer(), p95: Type.Integer() }), Type.Null()], {
      description: 'From question to answer, in milliseconds, of searches that waited for no write.',
    }),
  },
  { description: 'What was searched.' },
);

/** Figures for dashboards. */
export const Stats = Type.Object(
  {
    search: Type.Union([SearchStats, Type.Null()], {
      description: 'What was searched; null where no query log is kept, and while it cannot be asked.',
    }),
  },
  { $id: 'Stats' },
);
