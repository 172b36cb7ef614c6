import type { Candidate, Searched } from './candidates.rules.ts';
import { isSign, scriptsOf } from './company-names.rules.ts';
import type { Surroundings } from './surroundings.rules.ts';

/** How sure each kind of evidence is; tried on the sentences of `test/data/mention-sentences.txt`. */
const SURE = {
  /** Several words: with a legal form, in quotation marks or beside a word such as "company", bare. */
  several: { form: 0.95, cue: 0.9, bare: 0.86 },
  /** One word: with a form, an everyday word with a form, quoted or beside such a word, in capitals, bare, at the head of a sentence. */
  single: { form: 0.93, commonForm: 0.85, cue: 0.82, capitals: 0.78, bare: 0.72, atHead: 0.5 },
  /** An everyday word: quoted beside such a word, and without both. */
  common: { quotedCue: 0.75, bare: 0.4 },
  /** What is only a part of a longer name, a person, or another word that sounds alike. */
  other: 0.2,
};
/** What is added by the sort of name. */
const SORTS = { legal: 0.03, display: 0, other: -0.02 };
/** What is taken away: for another script, another spelling in Latin, small letters where the name has capitals. */
const LESS = { script: 0.06, spelling: 0.1, small: 0.3, smallButMarked: 0.05 };
const CYRILLIC = 1;

/** How sure it is that words of a text are a company's name, from 0 to 1. */
export function confidenceOf({ tokens }: Searched, candidate: Candidate, around: Surroundings): number {
  const { entry, first, last, isWritten } = candidate;
  const words = tokens.slice(first, last + 1);
  const scripts = scriptsOf(words);
  const isOtherScript = scripts !== entry.scripts;
  const isOtherWord = !isWritten && !isOtherScript && (scripts & CYRILLIC) > 0;
  if (around.isPartOfMore || around.isPerson || isOtherWord) return SURE.other;
  const base = entry.isSingle ? ofOneWord(candidate, around) : ofSeveral(candidate, around);
  const spelling = isWritten ? 0 : isOtherScript ? LESS.script : LESS.spelling;
  const isSmall =
    entry.areAllCapital &&
    !around.isShouted &&
    words.some(({ isCapital, script }) => !isCapital && !isSign(script) && script !== 'digits');
  const small = around.hasForm || around.isQuoted ? LESS.smallButMarked : LESS.small;
  return base - spelling - (isSmall ? small : 0);
}

function ofSeveral({ entry }: Candidate, { hasForm, isQuoted, hasCue }: Surroundings): number {
  const { form, cue, bare } = SURE.several;
  return (hasForm ? form : isQuoted || hasCue ? cue : bare) + SORTS[entry.sort];
}

function ofOneWord({ entry }: Candidate, around: Surroundings): number {
  const { hasForm, isQuoted, hasCue, beginsSentence, isShouted } = around;
  const { form, commonForm, cue, capitals, bare, atHead } = SURE.single;
  if (hasForm) return (entry.isCommon ? commonForm : form) + SORTS[entry.sort];
  if (entry.isCommon) return isQuoted && hasCue ? SURE.common.quotedCue : SURE.common.bare;
  if (isQuoted || hasCue) return cue;
  if (entry.isAllCaps) return capitals;
  return beginsSentence || isShouted ? atHead : bare;
}
