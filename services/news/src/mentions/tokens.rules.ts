/** What a word is written in. Han and Hangul are cut into single signs, since their words do not end where blanks are. */
export type Script = 'cyrillic' | 'latin' | 'han' | 'hangul' | 'digits' | 'other';

/** A word of a text, or one sign of Han or Hangul: where it stands (UTF-16 units) and how it is written. */
export type Token = {
  start: number;
  end: number;
  word: string;
  script: Script;
  isCapital: boolean;
  isAllCaps: boolean;
};

const RUN = /[\p{L}\p{N}][\p{L}\p{N}\p{M}\p{Cf}]*/gu;
/** Parts of one script in a run: `MCSийн` is a name and an ending. */
const PART =
  /\p{Script=Han}|\p{Script=Hangul}|(?:\p{Script=Cyrillic}[\p{M}\p{Cf}]*)+|(?:\p{Script=Latin}[\p{M}\p{Cf}]*)+|\p{N}+|[^\p{Script=Han}\p{Script=Hangul}\p{Script=Cyrillic}\p{Script=Latin}\p{N}]+/gu;

const SCRIPTS: [Script, RegExp][] = [
  ['han', /^\p{Script=Han}/u],
  ['hangul', /^\p{Script=Hangul}/u],
  ['cyrillic', /^\p{Script=Cyrillic}/u],
  ['latin', /^\p{Script=Latin}/u],
  ['digits', /^\p{N}/u],
];

/** The words of a text in order. Time grows with the length of the text alone. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const run of text.matchAll(RUN)) {
    for (const part of run[0].matchAll(PART)) tokens.push(tokenOf(part[0], run.index + part.index));
  }
  return tokens;
}

function tokenOf(raw: string, start: number): Token {
  const word = raw.replace(/\p{Cf}/gu, '').normalize('NFKC');
  const script = SCRIPTS.find(([, pattern]) => pattern.test(word))?.[0] ?? 'other';
  const first = word.slice(0, word.codePointAt(0) === undefined || (word.codePointAt(0) ?? 0) < 0x10000 ? 1 : 2);
  return {
    start,
    end: start + raw.length,
    word: word.toLowerCase(),
    script,
    isCapital: first !== first.toLowerCase(),
    isAllCaps: word.length > 1 && word === word.toUpperCase() && word !== word.toLowerCase(),
  };
}

/** Old fonts left other letters where ө and ү belong, and many keyboards о and у. */
const CYRILLIC_FOLDS: Record<string, string> = { ё: 'е', ө: 'о', ү: 'у', є: 'о', ї: 'у', ѳ: 'о', ь: '', ъ: '' };

/** The word without what people write now so, now so in its own script. */
export function foldOf(word: string, script: Script): string {
  if (script === 'cyrillic') return word.replace(/[ёөүєїѳьъ]/gu, (letter) => CYRILLIC_FOLDS[letter] ?? letter);
  if (script === 'latin') return word.normalize('NFD').replace(/\p{M}/gu, '');
  return word;
}
