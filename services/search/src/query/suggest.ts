import {
  type LocaleTag,
  type LocalizedText,
  localeTags,
  openingsOf,
  type SearchKind,
  type Suggestion,
  type SuggestRequest,
} from '@ortoo/shared/contracts';
import type { Query, SearchAnswer, SearchBody } from '../index/engine-documents.ts';
import { findMarks, type Mark } from './marks.ts';
import type { TypedQuery } from './read-query.ts';

/** Candidates per suggestion: those whose name begins as typed come before those with a later word that does. */
const CANDIDATES = 5;
const WHOLE_WORD_BOOST = 2;

/** Asks for names with words that begin as the typed ones, in either script; of what the public sees, whoever asks. */
export function buildSuggest({ words }: TypedQuery, { kinds, limit }: SuggestRequest): SearchBody {
  const filter: Query[] = [
    { term: { live: true } },
    { term: { visible: true } },
    ...(kinds ? [{ terms: { kind: kinds } }] : []),
    ...words.map(openingClause),
  ];
  const whole: Query = { match: { 'name_all.skeleton': { query: words.join(' '), boost: WHOLE_WORD_BOOST } } };
  return {
    query: { bool: { filter, should: [whole] } },
    sort: [{ _score: { order: 'desc' } }, { quality: { order: 'desc' } }, { id: { order: 'asc' } }],
    size: limit * CANDIDATES,
    track_total_hits: false,
    _source: ['kind', 'display', 'name_all'],
  };
}

/** A word of a name begins as this one, by its letters or by their sound. */
function openingClause(word: string): Query {
  const either = openingsOf(word).flatMap((query): Query[] => [
    { match: { 'name_all.prefix': { query } } },
    { match: { 'name_all.opening': { query } } },
  ]);
  return { bool: { should: either, minimum_should_match: 1 } };
}

type Source = { kind: SearchKind; display: { name: LocalizedText }; name_all: string[] };

/** The suggestions in their order: names that begin as typed, then the others, each as the engine ranked them. */
export function readSuggestions(
  { hits }: Pick<SearchAnswer, 'hits'>,
  { words }: TypedQuery,
  { limit, lang }: Pick<SuggestRequest, 'limit' | 'lang'>,
): Suggestion[] {
  const all = hits.map(({ id, source }) => {
    const { kind, display, name_all: names } = source as Source;
    return { ...shownName({ display, names }, { words, lang }), kind, id };
  });
  const isAtStart = ({ match: [start, end] }: Suggestion) => start === 0 && end !== 0;
  return [...all.filter(isAtStart), ...all.filter((one) => !isAtStart(one))].slice(0, limit);
}

/** The name in the language asked for if it shows what was typed, else one that does. */
function shownName(
  { display, names }: { display: Source['display']; names: string[] },
  { words, lang }: { words: string[]; lang: LocaleTag },
): Pick<Suggestion, 'text' | 'match'> {
  const inLanguages = [lang, 'en' as const, 'mn' as const, ...localeTags].flatMap((tag) => display.name[tag] ?? []);
  const candidates = [...new Set([...inLanguages, ...names])];
  for (const text of candidates) {
    const match = spanOf(text, findMarks(text, words, { opening: true }));
    if (match) return { text, match };
  }
  return { text: candidates[0] ?? '', match: [0, 0] };
}

/** From the first word that was begun to the last one that follows it without another between them. */
function spanOf(text: string, marks: Mark[]): Mark | undefined {
  const [first, ...rest] = marks;
  if (!first) return undefined;
  let [start, end] = first;
  for (const [next, last] of rest) {
    if (/[\p{L}\p{N}]/u.test(text.slice(end, next))) break;
    end = last;
  }
  return [start, end];
}
