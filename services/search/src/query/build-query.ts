import type { SearchKind } from '@ortoo/shared/contracts';
import type { Query, SearchBody } from '../index/engine-documents.ts';
import type { MeantCategory } from './category-intent.ts';
import { COMPLETE, explained, unexplained, WHOLE } from './explain.ts';
import { buildAggregations, type FacetPlan, splitFilters } from './facets.ts';
import type { GeoPoint } from './place.ts';
import { buildRankFactors } from './rank-factors.ts';
import type { TypedQuery } from './read-query.ts';
import type { SortKey } from './sorting.ts';
import { aboutClauses, synonymClauses } from './synonym-clauses.ts';
import { fieldIn, type TextFields } from './text-fields.ts';

/**
 * Ids in the order that a second look gave them: what holds all that was typed, names surely like it, what holds a part
 * (where that is little), names somewhat like it, texts with its words nearly.
 */
export type Relaxed = { complete: string[]; sure: string[]; partly: string[]; unsure: string[]; texts: string[] };

export type SearchPlan = FacetPlan & {
  query: TypedQuery;
  intent: MeantCategory[];
  view: 'public' | 'staff';
  /** Those of the index that is asked. */
  texts: TextFields;
  /** In the public view, the kinds of which the caller sees what is hidden too. */
  staffOf?: SearchKind[];
  limit: number;
  sort: SortKey[];
  isByRelevance?: boolean;
  relaxed?: Relaxed;
  /** In the order of starts, the moment from which on they count: that of the first page, so that pages follow each other. */
  nowMs?: number;
  near?: GeoPoint;
  isHighlighted?: boolean;
  isExplained?: boolean;
  /** Sort values of the last hit that was seen. */
  after?: (string | number | null)[];
};

/** Totals are exact up to here. */
const TOTAL_EXACT_MAX = 10_000;

/** Weights of the clauses. A whole code or name comes before all text; a category's members after its words. */
export const BOOST = {
  code: 100,
  wholeName: 60,
  /** The whole name, spelt otherwise. */
  foldedName: 50,
  sortedName: 36,
  /** Each two neighbours of a query that are neighbours in a text. */
  pair: 0.25,
  /** A word of a name by its sound. */
  skeleton: 0.75,
  companySkeleton: 0.5,
  /** A word of a text, and of a title once more. */
  text: 2,
  prefix: 0.8,
  intent: 4,
  namedCategory: 16,
  /** For all that was typed; more than all rank factors together. */
  complete: 6,
  /** Told of what a second look found, which is placed above every score of the other clauses, one step below the next. */
  relaxedName: 1,
  relaxedText: 0.5,
  above: 100_000,
  step: 100,
};
/** Of so many hits it is known whether they hold everything that was typed. */
const HITS_MIN = 10;
const FRAGMENTS_MAX = 2;
const FRAGMENT_LENGTH = 160;
/** How much a word's second-best field adds to its best one. */
const TIE = 0.5;

type Tell = typeof explained;

/** A name as it is written is a title too; by its sound it is found in either script. */
const wordFields = ({ ofWords }: TextFields) => [
  `name_all.skeleton^${BOOST.skeleton}`,
  'companyName',
  ...ofWords.map((field) => `${field}^${BOOST.text}`),
];

/** The request to the engine: pure, so that the same question is always asked in the same words. One hit more than the limit tells whether there is a next page. */
export function buildSearch(plan: SearchPlan): SearchBody {
  const { query, sort, limit, after } = plan;
  const { afterwards } = splitFilters(plan);
  return {
    query: buildQuery(plan),
    ...(afterwards.length > 0 ? { post_filter: { bool: { filter: afterwards.map((one) => one.query) } } } : {}),
    aggs: buildAggregations(plan),
    sort: sort.map(({ clause }) => clause),
    ...(after ? { search_after: after } : {}),
    size: plan.isByRelevance && !after ? Math.max(limit + 1, HITS_MIN) : limit + 1,
    track_total_hits: TOTAL_EXACT_MAX,
    _source: ['kind', 'display', 'publishedAt', 'status', ...(plan.near ? ['location'] : [])],
    ...(plan.isHighlighted ? { highlight: highlightOf(query) } : {}),
  };
}

/** Parts of the body with what was found in them; names and summaries are marked where they are shown. */
function highlightOf({ text }: TypedQuery): NonNullable<SearchBody['highlight']> {
  const fields = fieldIn('body');
  return {
    type: 'unified',
    encoder: 'html',
    pre_tags: ['<em>'],
    post_tags: ['</em>'],
    fragment_size: FRAGMENT_LENGTH,
    number_of_fragments: FRAGMENTS_MAX,
    highlight_query: { multi_match: { query: text, fields } },
    fields: Object.fromEntries(fields.map((field) => [field, {}])),
  };
}

/** All that narrows the hits: what the caller may see, and every filter, whether it is counted by or not. */
export function allFilters(plan: SearchPlan): Query[] {
  const { inQuery, afterwards } = splitFilters(plan);
  return [{ term: { live: true } }, ...seenClause(plan), ...inQuery, ...afterwards.map(({ query }) => query)];
}

/** What is searched for, and what the caller may see of it. */
export function buildQuery(plan: SearchPlan): Query {
  const { query, intent, relaxed, texts } = plan;
  const tell = plan.isExplained ? explained : unexplained;
  const filter: Query[] = [{ term: { live: true } }, ...seenClause(plan), ...splitFilters(plan).inQuery];
  if (query.isEmpty) return { bool: { filter } };
  if (query.words.length === 0) return { match_none: {} };
  const meant = intent.filter(({ weight }) => weight >= 0.5);
  const matching = [
    ...textClauses(query, texts, tell),
    ...nameClauses(query, tell),
    ...synonymClauses(query, texts, tell),
    ...intent.map((one) => (meant.includes(one) ? memberClause(one, tell) : likelyClause(one))),
    ...(plan.isExplained ? fieldClauses(query) : []),
  ];
  const rest = intent.filter(({ weight }) => weight < 0.5).map((one) => memberClause(one, tell));
  const typed: Query = { bool: { should: matching, minimum_should_match: 1 } };
  const must = relaxed ? relaxedClause(relaxed, typed, tell) : typed;
  return {
    bool: {
      filter,
      must: [must],
      should: [
        ...rest,
        ...aboutClauses(query),
        completeClause(query, texts, tell),
        { function_score: buildRankFactors() },
      ],
    },
  };
}

/** Each hit that a second look ordered by a weight of its own, above all that was found by a part of what was typed. */
function relaxedClause({ complete, sure, partly, unsure, texts }: Relaxed, typed: Query, tell: Tell): Query {
  const likeName = { field: 'name', form: 'trigram', boost: BOOST.relaxedName };
  const likeText = { field: 'text', form: 'fuzzy', boost: BOOST.relaxedText };
  const told = (ids: string[], matched?: typeof likeName) => ids.map((id) => ({ id, told: matched }));
  const matched = [
    ...told(complete),
    ...told(sure, likeName),
    ...told(partly),
    ...told(unsure, likeName),
    ...told(texts, likeText),
  ];
  const above = matched.map(({ id, told: form }, place): Query => {
    const boost = BOOST.above + BOOST.step * (matched.length - place);
    const clause: Query = { constant_score: { filter: { term: { id } }, boost } };
    return form ? tell(form, clause, id) : clause;
  });
  return { dis_max: { queries: [typed, ...above] } };
}

/** A little for what holds all that was typed, in one language or in a name; by its name the answer tells which hits do. */
function completeClause({ text }: TypedQuery, { whole }: TextFields, tell: Tell): Query {
  const told = { field: 'text', form: 'all-words', boost: BOOST.complete };
  const all = { query: text, operator: 'and' as const };
  const should: Query[] = [
    ...whole.map((field) => tell(told, { match: { [field]: all } }, field)),
    { match: { 'name_all.skeleton': all } },
    { match: { 'name_all.prefix': all } },
    { match: { 'companyName.skeleton': all } },
  ];
  return { constant_score: { filter: { bool: { should } }, boost: BOOST.complete, _name: COMPLETE } };
}

/** What the caller may see: what is published, and what is hidden of the kinds that it looks after. */
function seenClause({ view, staffOf = [] }: SearchPlan): Query[] {
  if (view === 'staff') return [];
  if (staffOf.length === 0) return [{ term: { visible: true } }];
  return [{ bool: { should: [{ term: { visible: true } }, { terms: { kind: staffOf } }], minimum_should_match: 1 } }];
}

/**
 * Each word in its best field of any language, of which one is the whole text, where how often and how densely it comes
 * is seen at once; and words that stay neighbours (sequential dependence: Metzler & Croft 2005). Never a gate.
 */
function textClauses({ words }: TypedQuery, texts: TextFields, tell: Tell): Query[] {
  const fields = wordFields(texts);
  const perWord = [...new Set(words)].map(
    (word): Query => ({
      multi_match: { query: word, type: 'best_fields', tie_breaker: TIE, fields },
    }),
  );
  return [...perWord, ...pairClauses(words, texts, tell)];
}

/** What a phrase is made of: between two neighbours of the query one word may stand. */
function pairClauses(words: string[], { whole }: TextFields, tell: Tell): Query[] {
  return words.slice(1).map((word, place): Query => {
    const query = `${words[place] ?? ''} ${word}`;
    const clause: Query = {
      multi_match: { query, type: 'phrase', slop: 1, fields: whole, boost: BOOST.pair },
    };
    return tell({ field: 'text', form: 'phrase', boost: BOOST.pair }, clause, String(place));
  });
}

/** Weightless: for an explanation alone, in which fields there is a word, and in which names all by their sound. */
function fieldClauses({ text }: TypedQuery): Query[] {
  const byField = {
    name: { fields: ['name_all'], boost: BOOST.skeleton },
    company: { fields: ['companyName'], boost: 1 },
    title: { fields: fieldIn('title'), boost: BOOST.text },
    summary: { fields: fieldIn('summary'), boost: BOOST.text },
    body: { fields: fieldIn('body'), boost: BOOST.text },
  };
  const words = Object.entries(byField).map(([field, { fields, boost }]) =>
    explained({ field, form: 'words', boost }, { multi_match: { query: text, fields, boost: 0 } }),
  );
  const sound = { 'name_all.skeleton': { query: text, operator: 'and' as const, boost: 0 } };
  return [...words, explained({ field: 'name', form: 'skeleton', boost: BOOST.skeleton }, { match: sound })];
}

/** Names however they are typed: whole, by the company's sound, by the beginnings of their words. */
function nameClauses(query: TypedQuery, tell: Tell): Query[] {
  const { companySkeleton, prefix } = BOOST;
  const all = (boost: number) => ({ query: query.text, operator: 'and' as const, boost });
  return [
    { bool: { should: wholeClauses(query, tell), _name: WHOLE } },
    tell(
      { field: 'company', form: 'skeleton', boost: companySkeleton },
      { match: { 'companyName.skeleton': all(companySkeleton) } },
    ),
    tell({ field: 'name', form: 'prefix', boost: prefix }, { match: { 'name_all.prefix': all(prefix) } }),
  ];
}

/** What is called just so, in any spelling and order of the words, or has the code; by its name the answer tells which hits are. */
function wholeClauses({ name, fold, codes }: TypedQuery, tell: Tell): Query[] {
  const { code, wholeName, foldedName, sortedName } = BOOST;
  const whole = (filter: Query, boost: number): Query => ({ constant_score: { filter, boost } });
  const folded = { field: 'name', form: 'folded', boost: foldedName };
  const sorted = { field: 'name', form: 'sorted', boost: sortedName };
  return [
    tell({ field: 'code', form: 'whole', boost: code }, whole({ terms: { codes } }, code)),
    tell({ field: 'name', form: 'whole', boost: wholeName }, whole({ term: { 'name_all.keyword': name } }, wholeName)),
    tell(folded, whole({ term: { nameFold: fold.written } }, foldedName)),
    tell(sorted, whole({ term: { nameFold: fold.sorted } }, sortedName)),
  ];
}

/** A category that a part of the query hints at is found itself, without what is in it. */
function likelyClause({ code, weight }: MeantCategory): Query {
  return { constant_score: { filter: { term: { id: code } }, boost: BOOST.intent * weight } };
}

/** The category, which comes first where the query is its name, and what belongs to it. */
function memberClause({ code, codes, weight, isNamed }: MeantCategory, tell: Tell): Query {
  const itself = { filter: { term: { id: code } }, boost: (isNamed ? BOOST.namedCategory : BOOST.intent) * weight };
  const members = { filter: { terms: { categories: codes } }, boost: BOOST.intent * weight };
  const clause: Query = { dis_max: { queries: [{ constant_score: itself }, { constant_score: members }] } };
  return tell({ field: 'category', form: 'meant', boost: BOOST.intent * weight }, clause, code);
}
