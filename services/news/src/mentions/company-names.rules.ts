import { type CompanyState, isLegalForm, localeTags, normaliseText } from '@ortoo/shared/contracts';
import { isCommon } from './common-words.rules.ts';
import { extend, type Key, NO_WORDS, soundOf } from './name-keys.rules.ts';
import { foldOf, type Script, type Token, tokensOf } from './tokens.rules.ts';

/** What a company is called, as news keeps it: the surest sort of name first. */
export type NameSort = 'legal' | 'display' | 'other';
export type CompanyName = { sort: NameSort; text: string };

/** Names of a company that are kept at most, and words of a name: more of them is no name. */
const NAMES_MAX = 40;
const WORDS_MAX = 8;
const LENGTH_MAX = 200;

/** The distinct names in a company's state. Pure. */
export function namesIn({ displayName, legalName, altNames }: Partial<CompanyState>): CompanyName[] {
  const sorts: [NameSort, (typeof displayName)[]][] = [
    ['display', [displayName]],
    ['legal', [legalName]],
    ['other', altNames ?? []],
  ];
  const all = sorts.flatMap(([sort, names]) =>
    names.flatMap((name) => localeTags.map((tag) => ({ sort, text: normaliseText(name?.[tag] ?? '') }))),
  );
  const kept = new Map<string, CompanyName>();
  for (const name of all) if (name.text !== '' && !kept.has(name.text)) kept.set(name.text, name);
  return [...kept.values()].slice(0, NAMES_MAX);
}

/** What is kept of a name to find it: no letters, only what they hash to and what they tell. */
export type IndexedName = {
  /** The keys of its first word, its first two … and all of them, by sound. */
  path: Key[];
  /** A hash of its words as they are written in their own script. */
  writing: number;
  scripts: number;
  sort: NameSort;
  isSingle: boolean;
  isCommon: boolean;
  isAllCaps: boolean;
  areAllCapital: boolean;
};

const HAN_FORMS = /(?:股份有限公司|有限责任公司|有限公司|集团公司|集团|公司)$/u;
const HANGUL_FORMS = /^(?:주식회사|유한회사|\(주\)|㈜)\s*|\s*(?:주식회사|유한회사|\(주\)|㈜)$/gu;
/** Signs of Han or Hangul that a name has at least: fewer are a word. */
const SIGNS_MIN = 3;

/** The name as it is looked for, without legal forms; undefined for one that no text can be searched for. */
export function indexName({ sort, text }: CompanyName): IndexedName | undefined {
  const plain = text.slice(0, LENGTH_MAX).replace(HANGUL_FORMS, '').replace(HAN_FORMS, '');
  const all = tokensOf(plain);
  const kept = all.filter(({ word }) => !isLegalForm(word));
  const signs = kept.filter(({ script }) => isSign(script)).length;
  if (kept.length === 0 || kept.length - signs > WORDS_MAX || signs > LENGTH_MAX / 4) return undefined;
  if (signs > 0 ? kept.length < SIGNS_MIN : lengthOf(kept) < 2) return undefined;
  let key = NO_WORDS;
  const path = kept.map(({ word, script }) => {
    key = extend(key, soundOf(word, script));
    return key;
  });
  return {
    path,
    writing: writingOf(kept),
    scripts: scriptsOf(kept),
    sort,
    isSingle: kept.length === 1,
    isCommon: kept.length === 1 && (isCommon(kept[0]?.word ?? '') || lengthOf(kept) < 3),
    isAllCaps: kept.every(({ isAllCaps }) => isAllCaps) && kept.some(({ word }) => word.length <= 5),
    areAllCapital: kept.every(({ isCapital, script }) => isCapital || isSign(script) || script === 'digits'),
  };
}

export const isSign = (script: Script) => script === 'han' || script === 'hangul';

const lengthOf = (tokens: readonly Token[]) => tokens.reduce((sum, { word }) => sum + word.length, 0);

type Written = Pick<Token, 'word' | 'script'>;

/** A hash of how words are written. */
export function writingOf(words: readonly Written[]): number {
  return words.reduce((key, { word, script }) => extend(key, foldOf(word, script)), NO_WORDS).high;
}

const BITS: Partial<Record<Script, number>> = { cyrillic: 1, latin: 2, han: 4, hangul: 8 };

/** The scripts that words are written in, one bit each. */
export function scriptsOf(words: readonly Written[]): number {
  return words.reduce((bits, { script }) => bits | (BITS[script] ?? 0), 0);
}
