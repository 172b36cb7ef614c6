import { irregularForms } from './irregular-words.ts';
import { applyRewrites, compileRewrites, type Rewrite } from './rewrite.ts';

export { irregularForms };

/**
 * Case endings that stand alone when an abbreviation is inflected with a hyphen (УИХ-ын), and particles: a tokenizer
 * cuts them off as words, and they are the most frequent words of the news.
 */
export const mongolianStopWords = [
  'ын', 'ийн', 'ны', 'ний', 'нд', 'д', 'т', 'ыг', 'ийг', 'аас', 'ээс', 'оос', 'өөс', 'аар', 'ээр', 'оор', 'өөр', 'тай',
  'тэй', 'той', 'руу', 'рүү', 'луу', 'лүү', 'ууд', 'үүд', 'нь', 'ч', 'л', 'бол', 'ба', 'болон', 'буюу', 'юм', 'байна',
  'байсан', 'гэж', 'гэсэн', 'энэ', 'тэр', 'уу', 'үү', 'вэ', 'бэ', 'мөн', 'эсвэл', 'дээр', 'доор', 'дотор', 'тухай',
]; // biome-ignore format: a table

const SHORT = 'аэоөуүияеёюы';
const CONSONANT = `[^${SHORT}йьъ]`;
/** After a long vowel or н an ending begins with г; after a consonant or a long vowel some begin with н. */
const LONG = 'аа|ээ|оо|өө|уу|үү';
const AFTER_LONG = `(?<=н|${LONG})`;
const AFTER_CONSONANT = `(?<=${CONSONANT})`;

const CASES = [
  '(?:ын|ийн|ыг|ийг|аас|ээс|оос|өөс|аар|ээр|оор|өөр|тай|тэй|той|руу|рүү|луу|лүү)',
  `${AFTER_LONG}г(?:ийн|ийг|аас|ээс|оос|өөс|аар|ээр|оор|өөр)`,
  `${AFTER_CONSONANT}н(?:ы|ий|аас|ээс|оос|өөс|д)`,
  `${AFTER_CONSONANT}[аэоө]нд`,
  `(?<=${LONG})н(?:ы|ий|аас|ээс|оос|өөс|д)`,
  `(?<=${LONG})г(?:аа|ээ|оо|өө)?`,
  '(?<=и)(?:ас|эс|ос|өс|ар|эр|ор|өр)',
  '(?<=н)ы',
];
const PLURALS = ['ууд', 'үүд', '(?<=и)уд', `(?<=[${SHORT}й])[нч](?:ууд|үүд)`, '(?<=н)г(?:ууд|үүд)', 'чид'];
/** Of what is one's own (даатгалаа, сургуулиа). The end of many a word that has no ending looks the same. */
const OWN = `^(.{3,}(?:${CONSONANT}(?=[аэоө]{2}$)|и(?=[аэоө]$)))[аэоө]{1,2}$`;

/**
 * An ordered suffix stripper. After the endings it takes away what comes and goes inside a stem: a short last vowel
 * (барилга, барилгын) and the vowel before the last consonant (эмнэлэг, эмнэлгийн; аялал, аяллын). What is left is a
 * key, not a word. Frequent irregular words are brought to their stem before; the others stay apart without a dictionary.
 */
export const mongolianRewrites: Rewrite[] = [
  {
    name: 'possessive',
    pattern: '^(.{3,}(?:аас|ээс|оос|өөс|аар|ээр|оор|өөр|ыг|ийг|тай|тэй|той))(?:аа|ээ|оо|өө)$',
    replacement: '$1',
  },
  { name: 'own_of_own', pattern: '^(.{3,}(?:ын|ийн|ны|ний))х(?:аа|ээ|оо|өө)$', replacement: '$1' },
  { name: 'case', pattern: `^(.{2,}?)(?:${CASES.join('|')})$`, replacement: '$1' },
  { name: 'own', pattern: OWN, replacement: '$1' },
  { name: 'dative_vowel', pattern: `^(.{3,}?${CONSONANT})(?:[аэоө]д)+$`, replacement: '$1' },
  { name: 'dative', pattern: '^(.{2,}(?:[лмнрвьи](?=д$)|[гср](?=т$)))[дт]$', replacement: '$1' },
  { name: 'after_short_i', pattern: '^(.{2,}й)[нгд]$', replacement: '$1' },
  { name: 'plural', pattern: `^(.{3,}?)(?:${PLURALS.join('|')})$`, replacement: '$1' },
  { name: 'long_n', pattern: `^(.+(?:${LONG}))н$`, replacement: '$1' },
  { name: 'long_vowel', pattern: OWN, replacement: '$1' },
  { name: 'last_vowel', pattern: `^(.{2,}${CONSONANT})[аэоөиыь]$`, replacement: '$1' },
  { name: 'reduced_vowel', pattern: `^(.+${CONSONANT})[аэоөи](${CONSONANT})$`, replacement: '$1$2' },
];

const compiled = compileRewrites(mongolianRewrites);

/** The stem key of one lower-case word, equal to what the engine's `mn` analyzer makes of it. */
export function mongolianStem(word: string): string {
  return applyRewrites(irregularForms.get(word) ?? word, compiled);
}

const ALPHABET = 'абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя';
const ranks = new Map(Array.from(ALPHABET, (letter, index) => [letter, String.fromCharCode(0x30 + index)]));

/**
 * A key that sorts names in the order of the 35-letter alphabet (ө after о, ү after у) by plain code points: Cyrillic
 * before Latin, before other scripts.
 */
export function sortNameOf(name: string): string {
  let key = '';
  for (const letter of name.toLowerCase()) key += ranks.get(letter) ?? `~${letter}`;
  return key.slice(0, 200);
}
