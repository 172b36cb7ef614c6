import { isLegalForm } from '@ortoo/shared/contracts';
import type { Candidate, Searched } from './candidates.rules.ts';
import { isApart, isCommon, isCue, isPersonTitle } from './common-words.rules.ts';
import { isSign } from './company-names.rules.ts';
import { mongolianStems } from './endings.rules.ts';
import type { Token } from './tokens.rules.ts';

/** What stands around words that may be a name. */
export type Surroundings = {
  /** From where to where the name reaches with its legal form, and with the quotation marks between the two. */
  span: [start: number, end: number];
  hasForm: boolean;
  isQuoted: boolean;
  /** Beside it a word says that it is a company. */
  hasCue: boolean;
  beginsSentence: boolean;
  /** It goes on, before or after, in words that look like more of the same name. */
  isPartOfMore: boolean;
  /** An initial or a title before it makes a person of it. */
  isPerson: boolean;
  /** The whole line is in capitals, so that capitals say nothing. */
  isShouted: boolean;
};

const OPENING = /["“„«‘'「『《‹]$/u;
const CLOSING = /^["”“»’'」』》›]/u;
const HAN_FORM = /^(?:股份有限公司|有限责任公司|有限公司|集团公司|集团|公司)/u;
const HANGUL_FORM = /^ ?(?:주식회사|\(주\)|㈜)/u;

export function lookAround(searched: Searched, candidate: Candidate): Surroundings {
  const { text, tokens } = searched;
  const { first, last, start, end } = candidate;
  const lead = text.slice(Math.max(0, start - 1), start);
  const tail = text.slice(tokens[last]?.end ?? end, (tokens[last]?.end ?? end) + 1);
  const isQuoted = OPENING.test(lead) && CLOSING.test(tail);
  const form = candidate.hasEnding ? undefined : findForm(searched, candidate);
  const isShouted = isLineInCapitals(text, start);
  const beginsSentence = /(?:^|[.!?…:]["”»]?\s+|\n\s*)["“„«]?$/u.test(text.slice(Math.max(0, start - 6), start));
  const free = !isQuoted && !isShouted;
  return {
    span: form ?? [start, end],
    hasForm: form !== undefined,
    isQuoted,
    hasCue: [tokens[first - 1], tokens[last + 1]].some(
      (token) => token !== undefined && isNear(text, token, candidate) && isCue(token.word),
    ),
    beginsSentence,
    isPartOfMore: free && (leadsIn(searched, candidate) || (form ? false : goesOn(searched, candidate))),
    isPerson: free && isPersonal(searched, candidate),
    isShouted,
  };
}

const isNear = (text: string, token: Token, { start, end }: Candidate) =>
  token.end <= start
    ? /^[ \u00a0]["“„«]?$/u.test(text.slice(token.end, start))
    : /^["”»]?(?:\p{L}{1,4})?[ \u00a0]$/u.test(text.slice(end, token.start));

/** The name together with the legal form after or before it. */
function findForm({ text, tokens }: Searched, { first, last, start, end }: Candidate): [number, number] | undefined {
  const script = tokens[last]?.script;
  const signs =
    script === 'han'
      ? HAN_FORM.exec(text.slice(end))
      : script === 'hangul'
        ? HANGUL_FORM.exec(text.slice(end, end + 8))
        : null;
  if (signs) return [start, end + signs[0].length];
  const after = formsFrom({ text, tokens }, last + 1, end);
  if (after !== undefined) {
    const isOutside = CLOSING.test(text.slice(end, end + 1)) && OPENING.test(text.slice(Math.max(0, start - 1), start));
    return [isOutside ? start - 1 : start, after];
  }
  const before = tokens[first - 1];
  const lead = before && text.slice(before.end, start);
  if (!before || !isLegalForm(before.word) || !/^[ \u00a0]?["“„«]?$/u.test(lead ?? ' -')) return undefined;
  const isOutside = OPENING.test(lead ?? '') && CLOSING.test(text.slice(end, end + 1));
  return [before.start, isOutside ? end + 1 : end];
}

/** The end of the legal forms that begin at a token, `Co., Ltd.` being two. */
function formsFrom({ text, tokens }: Pick<Searched, 'text' | 'tokens'>, at: number, end: number): number | undefined {
  const token = tokens[at];
  if (!token || !/^["”“»]?,?\.?,?[ \u00a0]?$/u.test(text.slice(end, token.start))) return undefined;
  const length = formLength(token);
  if (length === undefined) return undefined;
  const over = token.start + length;
  return formsFrom({ text, tokens }, at + 1, over) ?? over;
}

function formLength({ word, isCapital }: Token): number | undefined {
  if (!isCapital && !/[өү]/u.test(word)) return undefined;
  if (isLegalForm(word)) return word.length;
  return mongolianStems(word).find((stem) => isLegalForm(stem.word))?.length;
}

/** A capitalised word right before, which is not merely the first of its sentence. */
function leadsIn({ text, tokens }: Searched, { first, start }: Candidate): boolean {
  const token = tokens[first - 1];
  if (!token || isSign(token.script) || !/^[ \u00a0\-–]$/u.test(text.slice(token.end, start))) return false;
  if (!token.isCapital || isApart(token.word) || isCue(token.word) || isLegalForm(token.word)) return false;
  const isFirst = /(?:^|[.!?…:]["”»]?\s+|\n\s*)["“„«]?$/u.test(text.slice(Math.max(0, token.start - 6), token.start));
  if (isFirst) return token.script === 'latin' ? isCommon(token.word) : NAMELIKE.has(token.word);
  return !/(?:ийн|ын|ны|ний|аас|ээс|оос|өөс|д|т)$/u.test(token.word) || isCommon(token.word);
}

/** Adjectives that begin names of companies rather than sentences. */
const NAMELIKE = new Set(['баян', 'их', 'шинэ', 'мөнх', 'эрдэнэ', 'монгол', 'дэлгэр', 'алтан', 'хаан']);

/** A capitalised word right after, where no ending, quotation mark or title closes the name. */
function goesOn({ text, tokens }: Searched, { last, end, hasEnding }: Candidate): boolean {
  const token = tokens[last + 1];
  const gap = token && text.slice(end, token.start);
  if (!token || hasEnding || isSign(token.script) || gap === undefined) return false;
  if (gap === '-' || gap === '–') return token.isCapital || token.script === 'digits';
  if (!/^[ \u00a0]$/u.test(gap) || !token.isCapital) return false;
  if (isApart(token.word) || isCue(token.word) || text[token.end] === '.') return false;
  return !isPlaceInCase(token.word);
}

/** `… Дарханд салбараа нээлээ`: a place that something happens in is no part of a name. */
const isPlaceInCase = (word: string) => mongolianStems(word).some((stem) => isCommon(stem.word)) && !isCommon(word);

function isPersonal({ text, tokens }: Searched, { first, start }: Candidate): boolean {
  const token = tokens[first - 1];
  if (!token) return false;
  const gap = text.slice(token.end, start);
  if (isPersonTitle(token.word) && /^\.?[ \u00a0]$/u.test(gap)) return true;
  return token.isCapital && token.word.length <= 2 && /^\.[ \u00a0]?$/u.test(gap) && !isLegalForm(token.word);
}

/** As far as the line can be seen from there. */
const LINE_SEEN = 150;

function isLineInCapitals(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - LINE_SEEN), at);
  const after = text.slice(at, at + LINE_SEEN);
  const line = before.slice(before.lastIndexOf('\n') + 1) + (after.split('\n', 1)[0] ?? '');
  return line === line.toUpperCase() && line !== line.toLowerCase() && /\s/u.test(line);
}
