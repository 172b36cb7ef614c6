import type { InquiryInput, InquiryState, SpamSignal } from '@ortoo/shared/contracts';

/** Earlier inquiries, within ten minutes, of the same e-mail address and from the same network address. */
export type Repeats = { email: number; address: number };

type Evidence = Repeats & { message: string; domain: string; locale: InquiryInput['locale']; isRfq: boolean };

/** From this score on an inquiry is taken for spam at once; staff sees it all the same and may take it out. */
export const SPAM_FROM = 0.7;

/** Letters that say something about how a text is written; fewer say nothing. */
const TELLING_LETTERS = 20;
const THIN_LETTERS = 10;

const links = /https?:\/\/|(?<![\w/.])www\.|\[url[=\]]|<a\s/giu;
const disposable =
  /mailinator|guerrilla|sharklasers|10-?minute|temp-?mail|tmp-?mail|throwaway|trash-?mail|yopmail|getnada|maildrop|dispost|fakeinbox|mintemail|mohmal|discard/u;

/** What is sold by those who write to everybody; whole words, where the script has words. */
const phrases = [
  /(?<!\p{L})(?:viagra|cialis|casinos?|back-?links?|porn|escorts?|payday loans?|replica watch(?:es)?)(?!\p{L})/iu,
  /(?<!\p{L})(?:guest posts?|seo (?:services?|packages?)|(?:first|top) page of google|google rankings?)(?!\p{L})/iu,
  /(?<!\p{L})(?:(?:crypto|bitcoin) invest\p{L}*|double your (?:money|bitcoins?)|you have won|lottery winner)(?!\p{L})/iu,
  /(?<!\p{L})(?:казино|виагра|ставки на спорт|продвижение сайтов|заработок в интернете|мөрийтэй тоглоом)(?!\p{L})/iu,
  /赌场|博彩|代开发票|카지노|바카라|토토\s?사이트/u,
];

/** Scripts that people of a language write in; Latin serves names and transliteration everywhere. */
const scripts: Record<InquiryInput['locale'], RegExp> = {
  mn: /[\p{Script=Cyrillic}\p{Script=Mongolian}\p{Script=Latin}]/u,
  en: /\p{Script=Latin}/u,
  ru: /[\p{Script=Cyrillic}\p{Script=Latin}]/u,
  ko: /[\p{Script=Hangul}\p{Script=Han}\p{Script=Latin}]/u,
  zh: /[\p{Script=Han}\p{Script=Latin}]/u,
};

/** Each signal: what it adds to the score, and when it shows. docs/privacy.md has the same table; a test compares. */
export const spamRules: Record<SpamSignal, [weight: number, isShown: (evidence: Evidence) => boolean]> = {
  links: [0.3, ({ message }) => countOf(message, links) >= 3],
  'many-links': [0.4, ({ message }) => countOf(message, links) >= 6],
  words: [0.5, ({ message }) => phrases.some((phrase) => phrase.test(message))],
  'email-repeats': [0.4, ({ email }) => email >= 3],
  'address-repeats': [0.3, ({ address }) => address >= 10],
  script: [0.3, ({ message, locale }) => isInOtherScript(message, scripts[locale])],
  thin: [0.3, ({ message, isRfq }) => !isRfq && letterWeight(message) < THIN_LETTERS],
  disposable: [0.4, ({ domain }) => disposable.test(domain)],
  capitals: [0.2, ({ message }) => isShouted(message)],
};

/** How much an inquiry looks like spam: the sum of its signals' weights, at most 1, and which they are. */
export function judgeSpam(
  { message, sender, locale, inquiryKind }: Pick<InquiryInput, 'message' | 'sender' | 'locale' | 'inquiryKind'>,
  repeats: Repeats,
): InquiryState['spam'] {
  const domain = sender.email.slice(sender.email.lastIndexOf('@') + 1).toLowerCase();
  const evidence = { ...repeats, message, domain, locale, isRfq: inquiryKind === 'rfq' };
  const shown = Object.entries(spamRules).filter(([, [, isShown]]) => isShown(evidence));
  const sum = shown.reduce((total, [, [weight]]) => total + weight, 0);
  return { score: Math.min(1, Math.round(sum * 100) / 100), signals: shown.map(([name]) => name as SpamSignal) };
}

/** Whether a score is high enough to be put aside at once. */
export function isSpam({ score }: InquiryState['spam']): boolean {
  return score >= SPAM_FROM;
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function isInOtherScript(message: string, script: RegExp): boolean {
  const letters = message.match(/\p{L}/gu) ?? [];
  return letters.length >= THIN_LETTERS && letters.filter((letter) => script.test(letter)).length * 2 < letters.length;
}

/** Letters, where one of Han or Hangul says as much as three others. */
function letterWeight(message: string): number {
  return countOf(message, /\p{L}/gu) + 2 * countOf(message, /[\p{Script=Han}\p{Script=Hangul}]/gu);
}

function isShouted(message: string): boolean {
  const upper = countOf(message, /\p{Lu}/gu);
  const cased = upper + countOf(message, /\p{Ll}/gu);
  return cased >= TELLING_LETTERS && upper > 0.7 * cased;
}
