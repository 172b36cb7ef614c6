import { lightOf, openingsOf, type SearchReply, type Suggestion, skeletonOf, wordsOf } from '@ortoo/shared/contracts';

/** What is suggested for something that many have asked before: not a document, its text is to be searched. */
export type QuerySuggestion = Omit<Suggestion, 'kind'> & { kind: 'query' };

/** A query that is asked often, with its words as they are compared. */
export type FrequentQuery = { text: string; words: { end: number; start: number; light: string; skeleton: string }[] };

/** Longer ones are no completion of anything, and are read by nobody in a list. */
const TEXT_MAX = 60;
const WORDS_MAX = 6;
const LETTERS_MIN = 3;
/** How documents are found when all that was typed stands in one of them, and not just a part. */
const WHOLE_FORMS: ReadonlySet<string> = new Set(['whole', 'all-words', 'phrase', 'skeleton']);
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu;

/** A query that may be suggested; undefined for what is too short, too long, or no words. */
export function toFrequentQuery(text: string): FrequentQuery | undefined {
  const words = [...text.matchAll(WORD)].map(({ 0: word, index: start }) => {
    return { start, end: start + word.length, light: lightOf(word), skeleton: skeletonOf(word) };
  });
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const isFit = text.length <= TEXT_MAX && words.length <= WORDS_MAX && letters >= LETTERS_MIN;
  return isFit ? { text, words } : undefined;
}

/** Whether one published document holds everything that was asked, so that nobody puts other words, or typos, into the list. */
export function isAnswered(text: string, { items: [first], relaxed }: Pick<SearchReply, 'items' | 'relaxed'>): boolean {
  if (!first || relaxed) return false;
  const forms = first.explain?.matched.map(({ form }) => form) ?? [];
  return wordsOf(text).length === 1 ? forms.length > 0 : forms.some((form) => WHOLE_FORMS.has(form));
}

/** The first of the known queries, the most frequent first, of which each word that was typed begins a word. */
export function findFrequent(known: readonly FrequentQuery[], typed: string, most: number): QuerySuggestion[] {
  const openings = wordsOf(typed).map((word) =>
    openingsOf(word).map((opening) => ({ light: lightOf(opening), skeleton: skeletonOf(opening) })),
  );
  const found: QuerySuggestion[] = [];
  if (openings.length === 0) return found;
  for (const { text, words } of known) {
    if (found.length >= most) break;
    const begun = openings.map((each) =>
      words.find(({ light, skeleton }) =>
        each.some((one) => light.startsWith(one.light) || (one.skeleton !== '' && skeleton.startsWith(one.skeleton))),
      ),
    );
    const places = begun.flatMap((word) => word ?? []);
    if (places.length < begun.length) continue;
    const match = [Math.min(...places.map(({ start }) => start)), Math.max(...places.map(({ end }) => end))];
    found.push({ text, kind: 'query', id: text, match: match as Suggestion['match'] });
  }
  return found;
}

type Item = Suggestion | QuerySuggestion;
/** Of so many suggestions one is a query at most. */
const QUERY_OF = 4;

/** Names first, then queries in the last places, a quarter at most; a query that is a name in the list is left out. */
export function mixSuggestions(names: Suggestion[], queries: QuerySuggestion[], limit: number): Item[] {
  const shown = new Set(names.map(({ text }) => text.toLowerCase()));
  const others = queries.filter(({ text }) => !shown.has(text)).slice(0, Math.floor(limit / QUERY_OF));
  return [...names.slice(0, limit - others.length), ...others];
}
