import {
  CategoryCounts,
  closed,
  Instant,
  inquiryStates,
  SearchState,
  searchKinds,
  statuses,
} from '@ortoo/shared/contracts';
import { type TSchema, Type } from 'typebox';
import { countedKinds } from '../stats/portal-figures.client.ts';

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

const orNull = (schema: TSchema, description: string) => Type.Union([schema, Type.Null()], { description });
const each = <T extends TSchema>(names: readonly string[], schema: T) =>
  Object.fromEntries(names.map((name) => [name, schema]));

/** Figures for dashboards. */
export const Stats = Type.Object(
  {
    counts: orNull(
      Type.Object(each(countedKinds, Type.Object(each(statuses, Count)))),
      'By kind and status, as the index has them.',
    ),
    categories: orNull(
      Type.Record(Type.String(), CategoryCounts),
      'By code, what the public sees in each category and its sub-categories.',
    ),
    queues: Type.Object(
      {
        drafts: orNull(Count, 'Documents of all kinds that are drafts.'),
        inReview: orNull(Count, 'Those that were submitted and wait for an editor.'),
        scheduled: orNull(Count, 'Those that wait for their time.'),
        duplicates: orNull(Count, 'Articles that are taken for copies of others.'),
        inquiries: orNull(Type.Object(each(inquiryStates, Count)), 'By state.'),
      },
      { description: 'What waits for somebody.' },
    ),
    changed: orNull(
      Type.Object({ since: Instant, ...each(countedKinds, Count) }),
      'Documents that were written in the last 24 hours, by kind.',
    ),
    index: orNull(SearchState, 'What search answers from, and how far it is behind.'),
    search: Type.Union([SearchStats, Type.Null()], {
      description: 'What was searched; null where no query log is kept, and while it cannot be asked.',
    }),
  },
  { $id: 'Stats' },
);
