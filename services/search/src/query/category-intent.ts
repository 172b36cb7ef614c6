import { type LocaleTag, type LocalizedText, localeTags, wordsOf } from '@ortoo/shared/contracts';
import { formsOf, UNSPACED } from './word-forms.ts';

/** A category as its editors describe it. */
export type CategoryWording = { code: string; name: LocalizedText; synonyms?: Partial<Record<LocaleTag, string[]>> };

type Phrase = { code: string; words: Set<string>[]; isName: boolean };
/** Names and synonyms of all categories, found by any form of their first word. */
export type Lexicon = { byFirstWord: Map<string, Phrase[]>; unspaced: { code: string; text: string }[] };

/**
 * Which categories a query means: `weight` 0 to 1 by the share of the query that the category's words explain;
 * `isNamed` when these are its name and not a synonym.
 */
export type CategoryIntent = { code: string; weight: number; isNamed: boolean };
/** A category that is meant, with the codes of what is in it: its own and its sub-categories'. */
export type MeantCategory = CategoryIntent & { codes: string[] };

/** A name whose beginning is the whole query (mining, of Mining equipment) is meant, but less surely. */
const BEGINNING_WEIGHT = 0.5;

/** Makes the words of the categories ready for look-up. Cheap: a few milliseconds for the portal's categories. */
export function buildLexicon(categories: CategoryWording[]): Lexicon {
  const lexicon: Lexicon = { byFirstWord: new Map(), unspaced: [] };
  for (const { code, name, synonyms } of categories) {
    for (const tag of localeTags) {
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
  if (UNSPACED.test(text)) lexicon.unspaced.push({ code, text: words.join('') });
  const phrase: Phrase = { code, words: words.map(formsOf), isName };
  for (const form of formsOf(first)) {
    const listed = lexicon.byFirstWord.get(form);
    if (listed) listed.push(phrase);
    else lexicon.byFirstWord.set(form, [phrase]);
  }
}

/**
 * The categories that the words of a query name, the surest first. A word matches in the forms that people type:
 * as it stands, without Mongolian case endings, in the singular of English, or as its phonetic key in either script.
 */
export function findIntent(lexicon: Lexicon, words: string[]): CategoryIntent[] {
  const found = new Map<string, CategoryIntent>();
  const note = (code: string, weight: number, isNamed: boolean) => {
    const known = found.get(code);
    const isBetter = !known || weight > known.weight || (weight === known.weight && isNamed);
    if (isBetter) found.set(code, { code, weight, isNamed });
  };
  const forms = words.map(formsOf);
  forms.forEach((ownForms, start) => {
    const candidates = new Set([...ownForms].flatMap((form) => lexicon.byFirstWord.get(form) ?? []));
    for (const { code, words: phrase, isName } of candidates) {
      const common = countCommon(forms.slice(start), phrase);
      if (common === phrase.length) note(code, common / words.length, isName);
      else if (isName && start === 0 && common === words.length) note(code, BEGINNING_WEIGHT, true);
    }
  });
  const unspaced = words.filter((word) => UNSPACED.test(word));
  for (const { code, text } of lexicon.unspaced) {
    if (unspaced.some((word) => word.includes(text))) note(code, 1 / words.length, false);
  }
  return [...found.values()].toSorted((a, b) => b.weight - a.weight || (a.code < b.code ? -1 : 1));
}

function countCommon(words: Set<string>[], phrase: Set<string>[]): number {
  const end = phrase.findIndex((wanted, place) => words[place] === undefined || wanted.isDisjointFrom(words[place]));
  return end === -1 ? phrase.length : end;
}
