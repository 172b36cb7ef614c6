import { type LocaleTag, type LocalizedText, localeTags, wordsOf } from '@ortoo/shared/contracts';
import { isAsking } from './asking-words.ts';
import { formsOf, UNSPACED } from './word-forms.ts';

/** A category as its editors describe it. */
export type CategoryWording = {
  code: string;
  name: LocalizedText;
  synonyms?: Partial<Record<LocaleTag, string[]>>;
  description?: LocalizedText;
};

type Phrase = { code: string; words: Set<string>[]; isName: boolean };
/** Names and synonyms of all categories, found by any form of their first word; and in which categories a word is met. */
export type Lexicon = {
  byFirstWord: Map<string, Phrase[]>;
  unspaced: { code: string; text: string }[];
  byWord: Map<string, Set<string>>;
};

/**
 * Which categories a query means: `weight` 0 to 1 by the share of the query that the category's words explain;
 * `isNamed` when these are its name and not a synonym.
 */
export type CategoryIntent = { code: string; weight: number; isNamed: boolean };
/** A category that is meant, with the codes of what is in it: its own and its sub-categories'. */
export type MeantCategory = CategoryIntent & { codes: string[] };

/** A name whose beginning is the whole query (mining, of Mining equipment) is meant, but less surely. */
const BEGINNING_WEIGHT = 0.5;
/** Of words that a category's names, synonyms and description merely contain: below every match of a whole one. */
const HINT_WEIGHT = 0.4;
/** A word of more categories than this tells none from another. */
const HINT_CATEGORIES_MAX = 4;

/** Makes the words of the categories ready for look-up. Cheap: a few milliseconds for the portal's categories. */
export function buildLexicon(categories: CategoryWording[]): Lexicon {
  const lexicon: Lexicon = { byFirstWord: new Map(), unspaced: [], byWord: new Map() };
  for (const { code, name, synonyms, description } of categories) {
    for (const tag of localeTags) {
      addWords(lexicon, code, description?.[tag] ?? '');
      if (name[tag] !== undefined) addPhrase(lexicon, { code, text: name[tag], isName: true });
      for (const text of synonyms?.[tag] ?? []) addPhrase(lexicon, { code, text, isName: false });
    }
  }
  return lexicon;
}

function addPhrase(lexicon: Lexicon, { code, text, isName }: { code: string; text: string; isName: boolean }): void {
  const words = wordsOf(text);
  const [first] = words;
  if (first === undefined) return;
  addWords(lexicon, code, text);
  if (UNSPACED.test(text)) lexicon.unspaced.push({ code, text: words.join('') });
  const phrase: Phrase = { code, words: words.map(formsOf), isName };
  for (const form of formsOf(first)) {
    const listed = lexicon.byFirstWord.get(form);
    if (listed) listed.push(phrase);
    else lexicon.byFirstWord.set(form, [phrase]);
  }
}

function addWords({ byWord }: Lexicon, code: string, text: string): void {
  for (const word of wordsOf(text)) {
    if (isAsking(word)) continue;
    for (const form of formsOf(word)) byWord.set(form, (byWord.get(form) ?? new Set()).add(code));
  }
}

/**
 * The categories that the words of a query name, the surest first. A word matches in the forms that people type:
 * as it stands, without Mongolian case endings, in the singular of English, or as its phonetic key in either script.
 * Words that only ask (where to buy) count for nothing, unless there are no others.
 */
export function findIntent(lexicon: Lexicon, words: string[]): CategoryIntent[] {
  const found = new Map<string, CategoryIntent>();
  const note = (code: string, weight: number, isNamed: boolean) => {
    const known = found.get(code);
    const isBetter = !known || weight > known.weight || (weight === known.weight && isNamed);
    if (isBetter && weight > 0) found.set(code, { code, weight, isNamed });
  };
  const forms = words.map(formsOf);
  const counts = countsOf(words);
  const shareOf = (start: number, end: number) => sum(counts.slice(start, end)) / sum(counts);
  forms.forEach((ownForms, start) => {
    const candidates = new Set([...ownForms].flatMap((form) => lexicon.byFirstWord.get(form) ?? []));
    for (const { code, words: phrase, isName } of candidates) {
      const common = countCommon(forms.slice(start), phrase);
      if (common === phrase.length) note(code, shareOf(start, start + common), isName);
      else if (isName && start === 0 && common === words.length) note(code, BEGINNING_WEIGHT, true);
    }
  });
  const unspaced = words.filter((word) => UNSPACED.test(word));
  for (const { code, text } of lexicon.unspaced) {
    if (unspaced.some((word) => word.includes(text))) note(code, 1 / words.length, false);
  }
  for (const [code, share] of hintsOf(lexicon, forms, counts)) note(code, HINT_WEIGHT * share, false);
  return [...found.values()].toSorted((a, b) => b.weight - a.weight || (a.code < b.code ? -1 : 1));
}

/** What each word counts for: 1, or 0 if it only asks while others do not. */
function countsOf(words: string[]): number[] {
  const counts = words.map((word) => (isAsking(word) ? 0 : 1));
  return counts.includes(1) ? counts : words.map(() => 1);
}

/** The share of a query, by word, that each category's words contain; a word of several categories is shared by them. */
function hintsOf({ byWord }: Lexicon, forms: Set<string>[], counts: number[]): Map<string, number> {
  const shares = new Map<string, number>();
  forms.forEach((own, place) => {
    const codes = new Set([...own].flatMap((form) => [...(byWord.get(form) ?? [])]));
    if (codes.size > HINT_CATEGORIES_MAX) return;
    const share = (counts[place] ?? 0) / codes.size / sum(counts);
    for (const code of codes) shares.set(code, (shares.get(code) ?? 0) + share);
  });
  return shares;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function countCommon(words: Set<string>[], phrase: Set<string>[]): number {
  const end = phrase.findIndex((wanted, place) => words[place] === undefined || wanted.isDisjointFrom(words[place]));
  return end === -1 ? phrase.length : end;
}
