import type { Query, SearchBody } from '../index/engine-documents.ts';
import { allFilters, type SearchPlan } from './build-query.ts';

/** Fewer hits than this that hold everything typed are few. */
export const FEW_HITS = 3;
/** How many names are looked at by their trigrams and by their words, and how many hits by text are added. */
const NAMES_ASKED = 200;
const NAMES_BY_WORDS_ASKED = 50;
const TEXTS_ASKED = 10;
/** Shorter texts are too near to too many; longer ones are no names, and cost much. */
const LETTERS_MIN = 4;
const LETTERS_MAX = 80;
const WORDS_MAX = 12;
const CODE_DIGITS_MIN = 5;
/** Which share of its trigrams a name has to have. */
const TRIGRAMS_MIN = '30%';
/** Of keys of three letters or more, however long. */
const ONE_LETTER = 'AUTO:3,100';

/** Whether a typo may be looked for: in the first page by relevance of a few words with letters, among which is no code. */
export function isRelaxable({ query, isByRelevance, after }: SearchPlan): boolean {
  const { words, text } = query;
  if (!isByRelevance || after || words.length > WORDS_MAX) return false;
  if (words.some((word) => word.replace(/\P{Nd}/gu, '').length >= CODE_DIGITS_MIN)) return false;
  return text.length <= LETTERS_MAX && text.replace(/\P{L}/gu, '').length >= LETTERS_MIN;
}

/** Names with each word that was typed but for one letter of its sound, under the same filters; words with digits as they are. */
export function buildNearWords(plan: SearchPlan): SearchBody {
  const must = plan.query.words.map((word): Query => {
    const fuzzy = /\p{N}/u.test(word) ? {} : { fuzziness: ONE_LETTER, max_expansions: 100 };
    return { match: { 'name_all.skeleton': { query: word, ...fuzzy } } };
  });
  return asked(plan, { must, size: NAMES_BY_WORDS_ASKED, source: ['name_all'] });
}

/** The names most like what was typed, among what the caller may see and its filters let through. */
export function buildNearNames(plan: SearchPlan): SearchBody {
  const match: Query = { match: { 'name_all.tri': { query: plan.query.text, minimum_should_match: TRIGRAMS_MIN } } };
  return asked(plan, { must: [match], size: NAMES_ASKED, source: ['name_all'] });
}

/** What holds each word with a typo or two, the first letter right; words with digits as they are. */
export function buildNearTexts(plan: SearchPlan): SearchBody {
  const fields = ['name_all^2', 'companyName', ...plan.texts.whole];
  const must = plan.query.words.map((word): Query => {
    const fuzzy = /\p{N}/u.test(word) ? {} : { fuzziness: 'AUTO:4,8', prefix_length: 1, max_expansions: 50 };
    return { multi_match: { query: word, fields, ...fuzzy } };
  });
  return asked(plan, { must, size: TEXTS_ASKED, source: false });
}

function asked(
  plan: SearchPlan,
  { must, size, source }: { must: Query[]; size: number; source: string[] | false },
): SearchBody {
  return {
    query: { bool: { filter: allFilters(plan), must } },
    sort: [{ _score: { order: 'desc' } }, { quality: { order: 'desc' } }, { id: { order: 'asc' } }],
    size,
    track_total_hits: false,
    _source: source,
  };
}
