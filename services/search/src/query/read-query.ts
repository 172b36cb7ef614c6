import { cutLegalForms, normaliseText, QUERY_WORDS_MAX, wordsOf } from '@ortoo/shared/contracts';
import { foldName } from '../projections/projected-text.ts';
import { type Expansion, expand } from './synonyms.ts';

/** What a person typed, in the forms that the clauses ask with. */
export type TypedQuery = {
  /** Nothing was typed: everything is meant. (Something without a word, such as `?!`, means nothing.) */
  isEmpty: boolean;
  words: string[];
  /** The words with single blanks: no operator, no punctuation. */
  text: string;
  /** As the names in the index are kept: without legal forms, in lower case. */
  name: string;
  /** As a name that is spelt otherwise, or has its words in another order, is kept. */
  fold: { written: string; sorted: string };
  /** What may be an id, a registration number, an external id or a phone number. */
  codes: string[];
  /** What it stands for besides: abbreviations in full, regions and legal forms by their codes. */
  also: Expansion;
};

/** Fewer digits than this are a number in a text, not a code. */
const CODE_DIGITS_MIN = 5;
const CODE_LENGTH_MAX = 100;

/** Reads a query of at most 200 characters; never throws. */
export function readQuery(q: string | undefined): TypedQuery {
  const typed = normaliseText(q ?? '').toLowerCase();
  const name = cutLegalForms(typed);
  const words = wordsOf(name).slice(0, QUERY_WORDS_MAX);
  return {
    isEmpty: (q ?? '').trim() === '',
    words,
    text: words.join(' '),
    name,
    fold: foldName(name),
    codes: words.length > 0 ? codesOf(typed) : [],
    also: expand(typed),
  };
}

function codesOf(typed: string): string[] {
  const digits = typed.replace(/[\s\-+()./]/g, '');
  const numbers = /^\d+$/.test(digits) ? [digits, digits.replace(/^976(?=\d{8}$)/, '')] : [];
  const parts = typed.split(' ').filter((part) => part.replace(/\D/g, '').length >= CODE_DIGITS_MIN);
  const candidates = [typed, ...numbers.filter((number) => number.length >= CODE_DIGITS_MIN), ...parts];
  return [...new Set(candidates)].filter((code) => code.length <= CODE_LENGTH_MAX);
}
