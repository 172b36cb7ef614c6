import { type LocaleTag, mongolianStem, type Span } from '@ortoo/shared/contracts';
import { confidenceOf, type Reading, spanOver } from './reading.rules.ts';
import { weightOf } from './units.rules.ts';

/** What a category is called: its names and synonyms by language. */
export type CategoryWords = { code: string; words: Partial<Record<LocaleTag, string[]>> };

/** A part of the article whose words say what it is about, and how much they count. */
export type WeightedText = { text: string; start: number; weight: number };

export const HEADLINE_WEIGHT = 4;
export const HEADING_WEIGHT = 2;
export const TEXT_WEIGHT = 1;

const CATEGORIES_MAX = 3;
/** What an article is about is told by its first letters, this many; a book has no one subject. */
const TEXT_MAX = 40_000;
/** This much evidence is as good as even odds in a short text; a long one names many things that it is not about. */
const EVEN = 2;
const SHORT_TEXT = 1_500;
/** A category with less than this share of the strongest one's evidence is a side issue. */
const SIDE_SHARE = 0.7;

type Hit = { span: Span; weight: number; word: string };

/**
 * The categories that an article is about, by their names and synonyms in its language: hits in the
 * headline weigh most, and the same word counts less each time.
 */
export function readCategories(
  parts: WeightedText[],
  categories: readonly CategoryWords[],
  language: LocaleTag,
): Reading<string[]> | undefined {
  const read = beginOf(parts);
  const tokens = read.flatMap((part) => tokensOf(part, language));
  const scored = categories
    .map(({ code, words }) => {
      const own = distinct(words[language] ?? []);
      const hits = own.flatMap((word) => findWord(word, { parts: read, tokens, language }));
      return { code, hits, score: scoreOf(hits) };
    })
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score);
  const top = scored[0];
  if (!top) return undefined;
  const even = EVEN * Math.max(1, Math.sqrt(read.reduce((sum, { text }) => sum + weightOf(text), 0) / SHORT_TEXT));
  const chosen = scored
    .filter(({ score }) => score >= top.score * SIDE_SHARE && score >= even)
    .slice(0, CATEGORIES_MAX);
  if (chosen.length === 0) return undefined;
  return {
    value: chosen.map(({ code }) => code),
    confidence: confidenceOf(top.score / (top.score + even) + 0.12),
    span: spanOver(chosen.flatMap(({ hits }) => heaviest(hits))),
  };
}

/** A name and a synonym that differ in capitals only are one word. */
const distinct = (words: string[]) => [...new Map(words.map((word) => [word.toLowerCase(), word])).values()];

/** The parts up to TEXT_MAX letters. */
function beginOf(parts: WeightedText[]): WeightedText[] {
  let left = TEXT_MAX;
  return parts.flatMap((part) => {
    const text = part.text.slice(0, left);
    left -= text.length;
    return text === '' ? [] : [{ ...part, text }];
  });
}

/** Where the hit stands that says most. */
function heaviest(hits: Hit[]): Span[] {
  const [first, ...rest] = hits;
  return first ? [rest.reduce((best, hit) => (hit.weight > best.weight ? hit : best), first).span] : [];
}

/** Each further hit of a word counts half of the one before. */
function scoreOf(hits: Hit[]): number {
  const seen = new Map<string, number>();
  return hits.reduce((sum, { word, weight }) => {
    const times = seen.get(word) ?? 0;
    seen.set(word, times + 1);
    return sum + weight / 2 ** times;
  }, 0);
}

type Token = { stem: string; span: Span; weight: number; isCapitals: boolean };
type Searched = { parts: WeightedText[]; tokens: Token[]; language: LocaleTag };

function findWord(word: string, { parts, tokens, language }: Searched): Hit[] {
  if (language === 'zh' || language === 'ko') return parts.flatMap((part) => findInside(word, part, language));
  const stems = wordsOf(word).map(({ 0: one }) => stemOf(one, language));
  if (stems.length === 0) return [];
  return tokens.flatMap((token, place) => {
    if (token.stem !== stems[0]) return [];
    const run = tokens.slice(place, place + stems.length);
    const isHit =
      run.length === stems.length &&
      run.every(({ stem, isCapitals }, at) => stem === stems[at] && (isCapitals || !isAbbreviation(word)));
    return isHit ? [{ word, weight: token.weight, span: spanOver(run.map(({ span }) => span)) }] : [];
  });
}

/** Scripts that write words together: the word itself, in Korean at the beginning of one. */
function findInside(word: string, { text, start, weight }: WeightedText, language: LocaleTag): Hit[] {
  const hits: Hit[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    const isInner = language === 'ko' && /[가-힣]/u.test(text[at - 1] ?? '');
    if (!isInner) hits.push({ word, weight, span: [start + at, start + at + word.length] });
  }
  return hits;
}

function tokensOf({ text, start, weight }: WeightedText, language: LocaleTag): Token[] {
  return [...wordsOf(text)].map(({ 0: word, index }) => ({
    stem: stemOf(word, language),
    span: [start + index, start + index + word.length],
    weight,
    isCapitals: word === word.toUpperCase(),
  }));
}

/** `IT` is another word than `it`. */
const isAbbreviation = (word: string) => /^\p{Lu}{2,}$/u.test(word);

const wordsOf = (text: string) => [...text.matchAll(/[\p{L}\p{N}]+/gu)];

/** What is left of a word without the endings of its language. */
function stemOf(word: string, language: LocaleTag): string {
  const low = word.toLowerCase();
  if (language === 'mn') return mongolianStem(low);
  if (language === 'ru')
    return low.length > 4
      ? low.replace(
          /(?:ами|ями|ого|его|ому|ему|ыми|ими|ах|ях|ов|ев|ей|ой|ый|ий|ая|яя|ое|ее|ые|ие|ых|их|ую|юю|ом|ем|ам|ям|[аяыиуюеоьй])$/u,
          '',
        )
      : low;
  return low.length > 3 ? low.replace(/(?:'s|ies|es|s)$/u, '') : low;
}
