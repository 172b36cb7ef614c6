import type { Token } from './tokens.rules.ts';

const PLURALS = ['ууд', 'үүд', 'нууд', 'нүүд', 'чууд', 'чүүд', 'иуд'];
const GENITIVES = ['ийн', 'ын', 'ы', 'ий', 'н', 'ны', 'ний', 'гийн', 'гын'];
const OBLIQUES = [
  'д', 'т', 'нд', 'ад', 'эд', 'од', 'өд', 'анд', 'энд', 'онд', 'өнд', 'ид', 'ыг', 'ийг', 'г', 'гийг', 'гыг',
  'аас', 'ээс', 'оос', 'өөс', 'наас', 'нээс', 'ноос', 'нөөс', 'гаас', 'гээс', 'гоос', 'гөөс', 'иас', 'иос', 'иэс',
  'аар', 'ээр', 'оор', 'өөр', 'гаар', 'гээр', 'гоор', 'гөөр', 'иар', 'иор', 'иэр',
  'тай', 'тэй', 'той', 'руу', 'рүү', 'луу', 'лүү',
]; // biome-ignore format: a table
const REFLEXIVES = [
  'аа',
  'ээ',
  'оо',
  'өө',
  'гаа',
  'гээ',
  'гоо',
  'гөө',
  'даа',
  'дээ',
  'доо',
  'дөө',
  'таа',
  'тээ',
  'тоо',
  'төө',
];
const AFTER_GENITIVE = ['хаа', 'хээ', 'хоо', 'хөө', 'х', 'хан', 'хэн', 'хон', 'хөн'];
const OF_PEOPLE = [
  'ы',
  'ий',
  'д',
  'ыг',
  'ийг',
  'аас',
  'ээс',
  'оос',
  'өөс',
  'аар',
  'ээр',
  'оор',
  'өөр',
  'тай',
  'тэй',
  'той',
  'аа',
  'ээ',
  'оо',
  'өө',
];

/** Every way in which plural, case and possessive endings of Mongolian follow one another on a name. */
const mongolian = new Set(
  ['', ...PLURALS].flatMap((plural) => [
    ...['', ...GENITIVES, ...OBLIQUES].flatMap((ending) => ['', ...REFLEXIVES].map((own) => plural + ending + own)),
    ...GENITIVES.flatMap((ending) =>
      AFTER_GENITIVE.flatMap((more) => ['', ...OF_PEOPLE].map((last) => plural + ending + more + last)),
    ),
  ]),
);
mongolian.delete('');
const MONGOLIAN_MAX = 12;
/** Endings of one letter, and the letters after which they stand. */
const SHORT: Record<string, RegExp> = { н: /[йи]$/u, г: /[аэоөуүийеюя]$/u, т: /[рсгвкх]$/u, ы: /[нжчшг]$/u };

const VOWELS = 'аэоөуүияеёюы';
const CONSONANT_LAST = new RegExp(`[^${VOWELS}йьъ]$`, 'u');
const TWO_CONSONANTS = new RegExp(`[^${VOWELS}йьъ]{2}$`, 'u');

/** A form that a word may have without its ending; it takes the first `length` units of the word. */
export type Stem = { word: string; length: number };

/**
 * What a Mongolian word in Cyrillic may be without its ending: the vowel that an ending drove out of the end (барилга,
 * барилгын) or of the last syllable (тээвэр, тээврийн) is tried again. Which of them is a name is for the names to say.
 */
export function mongolianStems(word: string): Stem[] {
  const stems: Stem[] = [];
  for (let length = Math.max(2, word.length - MONGOLIAN_MAX); length < word.length; length += 1) {
    const ending = word.slice(length);
    const stem = word.slice(0, length);
    if (!mongolian.has(ending) || (SHORT[ending] && !SHORT[ending].test(stem))) continue;
    for (const form of mongolianForms(stem, ending))
      stems.push({ word: form, length: word.startsWith(form) ? form.length : length });
  }
  return stems;
}

function mongolianForms(stem: string, ending: string): string[] {
  const isDriven = VOWELS.includes(ending[0] ?? '') || ending[0] === 'н';
  if (!isDriven || stem.length < 3 || !CONSONANT_LAST.test(stem)) return [stem];
  const kept = ['а', 'э', 'о'].map((vowel) => stem + vowel); // ө is folded to о
  if (!TWO_CONSONANTS.test(stem)) return [stem, ...kept];
  return [stem, ...kept, ...['а', 'э', 'о', 'и'].map((vowel) => `${stem.slice(0, -1)}${vowel}${stem.slice(-1)}`)];
}

const RUSSIAN_NOUN = /(?:ами|ями|ах|ях|ам|ям|ов|ев|ом|ем|ём|ой|ей|ою|ею|а|я|у|ю|ы|и|е|о)$/u;
const RUSSIAN_ADJECTIVE = /(?:ого|его|ому|ему|ыми|ими|ой|ей|ую|юю|ым|им|ом|ем|ые|ие|ых|их)$/u;

/** What a Russian word may be in its first case. The whole word is the name: its ending is no part of its own. */
export function russianStems(word: string): Stem[] {
  const stems: Stem[] = [];
  const noun = word.replace(RUSSIAN_NOUN, '');
  const adjective = word.replace(RUSSIAN_ADJECTIVE, '');
  const { length } = word;
  if (noun !== word && noun.length >= 3)
    for (const last of ['', 'а', 'я', 'о', 'е', 'й']) stems.push({ word: noun + last, length });
  if (adjective !== word && adjective.length >= 3)
    for (const last of ['ая', 'ый', 'ий', 'ой', 'ое', 'ее', 'яя']) stems.push({ word: adjective + last, length });
  return stems;
}

const PARTICLES = new Set([
  '은', '는', '이', '가', '을', '를', '의', '에', '에서', '에게', '와', '과', '로', '으로', '도', '만', '부터', '까지',
  '보다', '처럼', '이나', '나', '이다', '측', '사', '에는', '에서는', '에도', '와의', '과의', '라는', '이라는', '들', '등',
]); // biome-ignore format: a table

/** Whether the rest of a Korean word is a particle, or nothing. */
export function isParticle(rest: string): boolean {
  return rest === '' || PARTICLES.has(rest);
}

/** Long vowels, ө and ү, and the genitive, which no Russian word has. */
const MONGOLIAN = /[өү]|аа|ээ|оо|уу|ийн$|ын$/u;

/** Whether a text in Cyrillic may be Russian: none of its small words is Mongolian. Names alone tell nothing. */
export function mayBeRussian(tokens: readonly Token[]): boolean {
  return !tokens.some(({ word, script, isCapital }) => script === 'cyrillic' && !isCapital && MONGOLIAN.test(word));
}
