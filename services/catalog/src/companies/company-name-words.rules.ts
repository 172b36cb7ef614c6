import { cutLegalForms, type LocalizedText, normaliseText, skeletonOf, wordsOf } from '@ortoo/shared/contracts';
import { cutAttachedForms } from './company-slug.rules.ts';

/** Legal forms written out, and the small words of names: they tell no company from another. */
const EMPTY_WORDS = [
  'хязгаарлагдмал', 'хариуцлагатай', 'хувьцаат', 'нийгэмлэг', 'компани', 'төрийн', 'бус', 'байгууллага', 'ба', 'болон',
  'limited', 'liability', 'company', 'joint', 'stock', 'the', 'and', 'of', 'pte', 'pty', 'общество', 'с', 'ограниченной',
  'ответственностью', 'акционерное', 'компания', 'и', '주식회사', '유한회사', '公司',
]; // biome-ignore format: a table

/** Words that thousands of companies share: what is alike in two names beside them counts four times as much. */
const COMMON_WORDS = [
  'монгол', 'mongol', 'mongolia', 'mongolian', 'улаанбаатар', 'ulaanbaatar', 'ази', 'asia', 'глобал', 'global', 'групп',
  'group', 'холдинг', 'holding', 'интернэшнл', 'international', 'олон', 'улсын', 'трейд', 'trade', 'trading', 'худалдаа',
  'импорт', 'import', 'экспорт', 'export', 'инвест', 'invest', 'investment', 'хөрөнгө', 'оруулалт', 'сервис', 'service',
  'services', 'үйлчилгээ', 'төв', 'center', 'centre', 'үйлдвэр', 'factory', 'industry', 'барилга', 'констракшн',
  'construction', 'инженеринг', 'engineering', 'дэвелопмент', 'development', 'консалтинг', 'consulting', 'зөвлөх',
  'логистик', 'logistics', 'тээвэр', 'транс', 'trans', 'transport', 'майнинг', 'mining', 'уул', 'уурхай', 'эрчим', 'хүч',
  'energy', 'хүнс', 'food', 'тур', 'tour', 'travel', 'аялал', 'жуулчлал', 'банк', 'bank', 'санхүү', 'finance', 'сургууль',
  'school', 'эмнэлэг', 'hospital', 'суплай', 'supply', 'технологи', 'technology', 'tech', 'солюшн', 'solution',
  'solutions', 'систем', 'system', 'systems', 'пропертиз', 'properties', 'шинэ', 'new', 'их', 'great', '몽골', '蒙古',
]; // biome-ignore format: a table

const COMMON_WEIGHT = 0.25;
/** A longer name is told by its first words. */
const WORDS_MAX = 8;

/** More names than a company needs. */
const NAMES_MAX = 30;

const fold = (word: string): string => skeletonOf(word) || word;
const emptyWords = new Set(EMPTY_WORDS.map(fold));
const commonWords = new Set(COMMON_WORDS.map(fold));

/**
 * The words that tell a company by one of its names, folded so that every spelling gives the same (Говь, Govi, Gobi),
 * each once and in order. Empty for a name that has none.
 */
export function nameWords(name: string): string[] {
  const words = wordsOf(cutLegalForms(cutAttachedForms(normaliseText(name)))).map(fold);
  return [...new Set(words.filter((word) => !emptyWords.has(word)))].sort().slice(0, WORDS_MAX);
}

/** Those that few companies share. */
export function rareWords(words: readonly string[]): string[] {
  return words.filter((word) => !commonWords.has(word));
}

/** Whether a word can tell a company without others: a number or a letter cannot. */
export function isTelling(word: string): boolean {
  return !/^\p{N}+$/u.test(word) && (word.length > 1 || /[^a-z]/.test(word));
}

/** How much of two names is the same, 0 to 1: the weight of the words that both have over that of all. */
export function similarityOf(one: readonly string[], other: readonly string[]): number {
  const shared = one.filter((word) => other.includes(word));
  const all = new Set([...one, ...other]);
  return all.size === 0 ? 0 : weigh(shared) / weigh([...all]);
}

function weigh(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + (commonWords.has(word) ? COMMON_WEIGHT : 1), 0);
}

type Names = { displayName: LocalizedText; legalName?: LocalizedText; altNames?: LocalizedText[] };

/** The words of all the names of a company, in every language; each different set once, at most 30. */
export function allNames({ displayName, legalName = {}, altNames = [] }: Names): string[][] {
  const texts = [displayName, legalName, ...altNames].flatMap((text) => Object.values(text));
  const sets = texts
    .slice(0, NAMES_MAX)
    .map(nameWords)
    .filter((words) => words.length > 0);
  return [...new Map(sets.map((words) => [words.join(' '), words])).values()];
}
