import type { LocaleTag, Span } from '@ortoo/shared/contracts';
import { confidenceOf, type Reading, spanOver } from './reading.rules.ts';

/** More than this says nothing more about a language. */
const SAMPLE_MAX = 20_000;
const LETTERS_MIN = 12;

const HANGUL = /\p{Script=Hangul}/gu;
const HAN = /\p{Script=Han}/gu;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const CYRILLIC = /\p{Script=Cyrillic}/gu;
const LATIN = /\p{Script=Latin}/gu;
const LETTER = /\p{L}/gu;

const MONGOLIAN_LETTERS = /[өүӨҮ]/gu;
/** Old fonts wrote є and ї for ө and ү; with қ, ғ, ң, ұ it is Kazakh, with і Ukrainian or Kazakh. */
const OTHER_CYRILLIC = /[қғңұһәіґўђћјљњџѓќѕ]/giu;
const wordsIn = (words: string) => new RegExp(`(?<![\\p{L}])(?:${words})(?![\\p{L}])`, 'giu');
const MONGOLIAN_WORDS = wordsIn(
  'байна|байсан|гэж|гэсэн|нь|болон|энэ|оны|онд|улсын|юм|ба|бол|юу|уу|олон|манай|хамт|байгаа|болно|болсон|хийсэн|дээр|монгол|тухай|мөн|өөр|сарын|аль|ажил|гэв|бөгөөд|харин',
);
const RUSSIAN_WORDS = wordsIn(
  'и|в|на|не|с|что|по|из|для|это|как|к|о|от|за|год[ау]?|его|был[аио]?|также|при|до|или|между|после|уже|будет|которы[йехм]+',
);
const ENGLISH_WORDS = wordsIn(
  'the|of|and|to|in|a|is|that|for|on|with|as|was|are|at|by|from|has|have|its|will|be|it|an|said|this|which|their|were|not|but',
);
/** The most frequent words of neighbours in the Latin alphabet, so that they are not taken for English. */
const OTHER_LATIN_WORDS = wordsIn(
  'der|die|das|und|ist|nicht|mit|von|le|la|les|des|est|et|une|dans|el|los|que|para|con|del|il|che|di|na|się|ve|bir|och|att|som|en|een|het|bolon|baina|bol|ni|ulsiin|ba|yum|gej',
);

/** The language of a text by its letters and its most frequent words; `spans` say where that text stands. */
export function readLanguage(text: string, spans: Span[]): Reading<LocaleTag> | undefined {
  if (spans.length === 0) return undefined;
  const sample = spans
    .map(([start, end]) => text.slice(start, end))
    .join('\n')
    .slice(0, SAMPLE_MAX);
  const letters = count(sample, LETTER);
  if (letters < LETTERS_MIN) return undefined;
  const guess = guessOf(sample, letters);
  return guess && { ...guess, confidence: confidenceOf(guess.confidence), span: spanOver(spans) };
}

function guessOf(sample: string, letters: number): { value: LocaleTag; confidence: number } | undefined {
  const share = (pattern: RegExp) => count(sample, pattern) / letters;
  const hangul = share(HANGUL);
  const han = share(HAN);
  const cyrillic = share(CYRILLIC);
  const latin = share(LATIN);
  if (share(KANA) > 0.08) return undefined; // Japanese
  if (hangul > 0.35 && hangul >= han) return { value: 'ko', confidence: 0.5 + hangul / 2 };
  if (han > 0.35) return { value: 'zh', confidence: 0.5 + han / 2 };
  if (cyrillic > 0.5) return cyrillicOf(sample, count(sample, CYRILLIC), cyrillic);
  return latin > 0.5 ? latinOf(sample, latin) : undefined;
}

function cyrillicOf(
  sample: string,
  letters: number,
  share: number,
): { value: LocaleTag; confidence: number } | undefined {
  const foreign = count(sample, OTHER_CYRILLIC) / letters;
  const own = count(sample, MONGOLIAN_LETTERS) / letters;
  const mn = count(sample, MONGOLIAN_WORDS);
  const ru = count(sample, RUSSIAN_WORDS);
  if (foreign > 0.02) return undefined;
  const isMongolian = own > 0.012 || (own > 0 && mn >= ru) || mn > ru;
  const evidence = isMongolian ? own * 6 + mn * 0.12 : ru * 0.1;
  return { value: isMongolian ? 'mn' : 'ru', confidence: Math.min(1, 0.55 + evidence) * share };
}

function latinOf(sample: string, share: number): { value: LocaleTag; confidence: number } | undefined {
  const words = sample.match(/[\p{L}’']+/gu)?.length ?? 1;
  const english = count(sample, ENGLISH_WORDS) / words;
  const other = count(sample, OTHER_LATIN_WORDS) / words;
  if (other > english) return undefined;
  return { value: 'en', confidence: Math.min(1, 0.45 + english * 3) * share };
}

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;
