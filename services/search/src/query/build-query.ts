import { localeTags, type SearchKind } from '@ortoo/shared/contracts';
import type { Query, SearchBody } from '../index/engine-documents.ts';
import type { MeantCategory } from './category-intent.ts';
import { buildAggregations, type FacetPlan, splitFilters } from './facets.ts';
import type { TypedQuery } from './read-query.ts';

export type SearchPlan = FacetPlan & {
  query: TypedQuery;
  intent: MeantCategory[];
  view: 'public' | 'staff';
  /** In the public view, the kinds of which the caller sees what is hidden too. */
  staffOf?: SearchKind[];
  limit: number;
  /** Sort values of the last hit that was seen. */
  after?: (string | number | null)[];
};

/** Totals are exact up to here. */
const TOTAL_EXACT_MAX = 10_000;

/** Weights of the clauses. A whole code or name comes before all text; a category's members after its words. */
const BOOST = {
  code: 50,
  wholeName: 30,
  namePhrase: 4,
  titlePhrase: 3,
  textPhrase: 1,
  allTerms: 1.5,
  skeleton: 1.5,
  companySkeleton: 0.5,
  prefix: 0.8,
  intent: 2,
  namedCategory: 8,
};
/** How much a word's second-best field adds to its best one. */
const TIE = 0.1;

const textFields = localeTags.flatMap((tag) => [`title.${tag}^2`, `summary.${tag}`, `body.${tag}`]);
const phraseFields = [
  `name_all^${BOOST.namePhrase}`,
  'companyName',
  ...localeTags.flatMap((tag) => [
    `title.${tag}^${BOOST.titlePhrase}`,
    `summary.${tag}^${BOOST.textPhrase}`,
    `body.${tag}^${BOOST.textPhrase}`,
  ]),
];

/** The request to the engine: pure, so that the same question is always asked in the same words. One hit more than the limit tells whether there is a next page. */
export function buildSearch(plan: SearchPlan): SearchBody {
  const { query, limit, after } = plan;
  const { afterwards } = splitFilters(plan);
  return {
    query: buildQuery(plan),
    ...(afterwards.length > 0 ? { post_filter: { bool: { filter: afterwards.map((one) => one.query) } } } : {}),
    aggs: buildAggregations(plan),
    sort: sortOf(query).map(([field, order]) => ({ [field]: { order } })),
    ...(after ? { search_after: after } : {}),
    size: limit + 1,
    track_total_hits: TOTAL_EXACT_MAX,
    _source: ['kind', 'display', 'publishedAt'],
  };
}

/** The sort keys in order, the id last, so that no two hits tie: by relevance, or the newest first when nothing was typed. */
export function sortOf({ isEmpty }: TypedQuery): [field: string, order: 'asc' | 'desc'][] {
  if (isEmpty)
    return [
      ['newestAt', 'desc'],
      ['id', 'asc'],
    ];
  return [
    ['_score', 'desc'],
    ['quality', 'desc'],
    ['id', 'asc'],
  ];
}

function buildQuery(plan: SearchPlan): Query {
  const { query, intent } = plan;
  const filter: Query[] = [{ term: { live: true } }, ...seenClause(plan), ...splitFilters(plan).inQuery];
  if (query.isEmpty) return { bool: { filter } };
  if (query.words.length === 0) return { match_none: {} };
  const meant = intent.filter(({ weight }) => weight >= 0.5);
  const matching = [...textClauses(query), ...nameClauses(query), ...meant.map(memberClause)];
  const rest = intent.filter(({ weight }) => weight < 0.5).map(memberClause);
  return { bool: { filter, must: [{ bool: { should: matching, minimum_should_match: 1 } }], should: rest } };
}

/** What the caller may see: what is published, and what is hidden of the kinds that it looks after. */
function seenClause({ view, staffOf = [] }: SearchPlan): Query[] {
  if (view === 'staff') return [];
  if (staffOf.length === 0) return [{ term: { visible: true } }];
  return [{ bool: { should: [{ term: { visible: true } }, { terms: { kind: staffOf } }], minimum_should_match: 1 } }];
}

/** Each word in its best field of any language; then rewards for all words and for their order. Never a gate. */
function textClauses({ words, text }: TypedQuery): Query[] {
  const perWord = words.map(
    (word): Query => ({
      multi_match: {
        query: word,
        type: 'best_fields',
        tie_breaker: TIE,
        fields: ['name_all^2', 'companyName', ...textFields],
      },
    }),
  );
  if (words.length === 1) return perWord;
  const allTerms = localeTags.map(
    (tag): Query => ({
      combined_fields: {
        query: text,
        operator: 'and',
        fields: [`title.${tag}^2`, `summary.${tag}`, `body.${tag}`],
        boost: BOOST.allTerms,
      },
    }),
  );
  return [
    ...perWord,
    ...allTerms,
    { multi_match: { query: text, type: 'phrase', slop: 1, tie_breaker: TIE, fields: phraseFields } },
  ];
}

/** Names however they are typed: whole, by their phonetic key in either script, by the beginnings of their words. */
function nameClauses({ text, name, codes }: TypedQuery): Query[] {
  return [
    { constant_score: { filter: { terms: { codes } }, boost: BOOST.code } },
    { constant_score: { filter: { term: { 'name_all.keyword': name } }, boost: BOOST.wholeName } },
    { match: { 'name_all.skeleton': { query: text, operator: 'and', boost: BOOST.skeleton } } },
    { match: { 'companyName.skeleton': { query: text, operator: 'and', boost: BOOST.companySkeleton } } },
    { match: { 'name_all.prefix': { query: text, operator: 'and', boost: BOOST.prefix } } },
  ];
}

/** The category, which comes first where the query is its name, and what belongs to it. */
function memberClause({ code, codes, weight, isNamed }: MeantCategory): Query {
  const itself = { filter: { term: { id: code } }, boost: (isNamed ? BOOST.namedCategory : BOOST.intent) * weight };
  const members = { filter: { terms: { categories: codes } }, boost: BOOST.intent * weight };
  return { dis_max: { queries: [{ constant_score: itself }, { constant_score: members }] } };
}
