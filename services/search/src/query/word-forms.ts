import { lightOf, mongolianStem, openingsOf, skeletonOf } from '@ortoo/shared/contracts';
import { stemKeyOf } from './typed-stem.ts';

/** Letters whose words are not parted by blanks. */
export const UNSPACED = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** Of the same root are who does it, what is done and the doing: accountant, accounting, accounts. */
const ENGLISH_ENDING = /(?<=[a-z]{4})(?:ants?|ing|ers?|ors?|ions?|ed|s)$/;
/** What may be a Mongolian word, typed in either script. */
const MONGOLIAN = /^(?:\p{Script=Cyrillic}{3,}|[a-zöü]{3,})$/u;
/** Shorter beginnings are of too many words to mark them all. */
const OPENING_LETTERS_MIN = 2;

/**
 * The forms in which a lower-case word is met: as it stands, without Mongolian case endings, in the singular of English,
 * as its phonetic key in either script, with case endings and without.
 */
export function formsOf(word: string): Set<string> {
  const forms = new Set([word]);
  if (/^\p{Script=Cyrillic}+$/u.test(word)) forms.add(`mn:${mongolianStem(word)}`);
  if (/^[a-z]{4,}$/.test(word)) forms.add(word.replace(/ies$/, 'y').replace(/(?<!s)s$/, ''));
  if (/^[a-z]{6,}$/.test(word)) forms.add(`en:${word.replace(ENGLISH_ENDING, '')}`);
  if (/^[\p{Script=Cyrillic}\p{Script=Latin}]{3,}$/u.test(word)) forms.add(`key:${skeletonOf(word)}`);
  const stemKey = MONGOLIAN.test(word) ? stemKeyOf(word) : undefined;
  if (stemKey !== undefined) forms.add(`stem:${stemKey}`);
  return forms;
}

/** Whether a word begins with what was typed, in either script. Both in lower case. */
export function isOpenedBy(word: string, typed: string): boolean {
  if (typed.length < OPENING_LETTERS_MIN) return word === typed;
  return openingsOf(typed).some(
    (opening) => lightOf(word).startsWith(lightOf(opening)) || skeletonOf(word).startsWith(skeletonOf(opening)),
  );
}
