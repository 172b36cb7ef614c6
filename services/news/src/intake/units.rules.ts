import type { Span } from '@ortoo/shared/contracts';
import { findDates } from './date-forms.rules.ts';
import { findDomains } from './domains.rules.ts';
import { isBanner, isRelatedMark, loneLabel, readLabels } from './labels.rules.ts';
import { isMediaName } from './media-names.rules.ts';
import { isInitialName, isName } from './names.rules.ts';
import { foldPage, type Line, type Mark, type Page } from './page.rules.ts';

/**
 * What a line is for the article: `meta` says something about it (a byline, a date, a source), `short` may be a
 * headline or a heading, `related` begins other stories, `chrome` belongs to the page.
 */
type UnitKind = 'paragraph' | 'short' | 'about' | 'item' | 'quote' | 'heading' | 'chrome' | 'related' | 'meta';

/** One or more lines that belong together. */
export type Unit = { kind: UnitKind; text: string; span: Span; isAfterGap: boolean; mark?: Mark };

const WRAP_MIN = 45;
const WRAP_MAX = 120;
/** Lines of a wrapped paragraph are about equally long, but for the last. */
const WRAP_SHARE = 0.7;
const SENTENCE_END = /[.!?。…][»”"'’)\]」』]*$/u;
const FULL_STOP = /[.。…][»”"'’)\]」』]*$/u;
const SENTENCE_INSIDE = /[.!?][»”"')]?\s+\p{Lu}|[。!?].|[다요]\.\s/u;
const EASTERN = /[\p{Script=Han}\p{Script=Hangul}]/gu;
const SHORT_MAX = 150;
/** A longer line is text, whatever its words are. */
const LINE_MAX = 600;
const SENTENCE_MIN = 20;
/** How long it takes to read, how often it was, on which page, the day of the week: they stand among credits. */
const COUNTERS =
  /\d+[\s-]min(?:ute)?s?(?: read)?|(?:page|pp?\.|хуудас|стр\.|с\.)\s?\d+|第\d+版|\d+면|№\s?\d+(?:\s?\(\d+\))?|\d+ мин(?:ут\p{L}?)?(?: чтения)?|(?:조회|浏览|阅读)\p{L}{0,2}\s?:?\s?[\d,]+|(?:үзсэн|просмотр\p{L}*)\s?:?\s?\d+|(?:даваа|мягмар|лхагва|пүрэв|баасан|бямба|ням) гараг|(?:понедельник|вторник|среда|четверг|пятница|суббота|воскресенье)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|[월화수목금토일]요일|星期[一二三四五六日天]/giu;
const BRACKETED = /^(?:\(.*\)|\/.*\/|\[.*\])$/u;
const HAN_BYLINE = /^\p{Script=Han}{2,4}\s?\/\s?(?:文|撰文|图文)$/u;
const KOREAN_BYLINE = /^[가-힣]{2,4}\s?(?:(?:객원|선임|인턴|수습|전문|시민)?기자|특파원)(?:\s\S+@\S+)?$/u;
/** Where and when it came out first, as a sentence says it. */
const FIRST_PUBLISHED =
  /^(?:this|the) (?:article|story|piece|interview|text|report)\b.{0,20}\b(?:first|originally) (?:published|appeared)|^(?:впервые|первоначально) опубликован|^(?:本文)?(?:首发|原载)于/iu;
const ABOUT_MAX = 200;
/** So many signs beside an address are a headline. */
const EASTERN_TITLE_MIN = 8;
const EASTERN_SENTENCE_MIN = 24;
const ABOUT_WORDS_MAX = 6;

/** Takes the lines of a page together into units and says what each is for; metadata come first. */
export function readUnits({ text, lines, metas }: Page): Unit[] {
  const said = metas.map(({ member, span }): Unit => {
    const mark: Mark = { type: 'meta', member };
    return { kind: 'meta', text: foldPage(text.slice(...span)), span, isAfterGap: true, mark };
  });
  return [...said, ...joinWrapped(lines).map((line) => ({ ...line, kind: kindOf(line) }))];
}

/** How long a text is to a reader: a Chinese or Korean sign says as much as two letters. */
export function weightOf(text: string): number {
  return text.length + (text.match(EASTERN)?.length ?? 0);
}

/** Hard-wrapped paragraphs become one line each; what stands apart by an empty line stays apart. */
function joinWrapped(lines: readonly Line[]): Line[] {
  const blocks: Line[][] = [];
  for (const line of lines) {
    const block = blocks.at(-1);
    const isPlain = block && !line.isAfterGap && !line.mark && !block[0]?.mark;
    if (block && ((isPlain && !isApart(block, line)) || goesOn(block, line))) block.push(line);
    else blocks.push([line]);
  }
  return blocks.flatMap((block) => (isWrapped(block) ? [joined(block)] : block));
}

/** Credits right above or below a line are no part of its sentence. */
const isApart = (block: Line[], line: Line) =>
  block.length === 1 && (isAbout(line.text) || isAbout(block[0]?.text ?? ''));

/** A quote or an item may go on in the next line. */
function goesOn(block: Line[], line: Line): boolean {
  const last = block.at(-1);
  const isSame = last?.mark?.type === 'quote' && line.mark?.type === 'quote';
  return isSame && !line.isAfterGap && !SENTENCE_END.test(last.text);
}

function isWrapped(block: Line[]): boolean {
  if (block.length < 2) return false;
  if (block[0]?.mark?.type === 'quote') return true;
  const heads = block.slice(0, -1).map(({ text }) => weightOf(text));
  const longest = Math.max(...heads, weightOf(block.at(-1)?.text ?? ''));
  if (longest < WRAP_MIN || longest > WRAP_MAX) return false;
  if (block.length === 2 && isTitleAndSubtitle(block)) return false;
  const areEven = heads.every((length) => length >= longest * WRAP_SHARE);
  return areEven && block.slice(0, -1).some(({ text }) => !SENTENCE_END.test(text));
}

/** Two lines of which no sentence is made: the second begins anew. */
function isTitleAndSubtitle([first, second]: Line[]): boolean {
  const whole = `${first?.text} ${second?.text}`;
  return /^\p{Lu}/u.test(second?.text ?? '') && !SENTENCE_INSIDE.test(whole) && !FULL_STOP.test(whole);
}

function joined(block: Line[]): Line {
  const [first] = block as [Line, ...Line[]];
  const end = block.at(-1)?.span[1] ?? first.span[1];
  let text = '';
  for (const line of block) text = text.padEnd(line.span[0] - first.span[0]) + line.text;
  return { ...first, text, span: [first.span[0], end] };
}

function kindOf({ text, mark }: Line): UnitKind {
  if (mark?.type === 'chrome') return 'chrome';
  if (text.length > LINE_MAX) return 'paragraph';
  if (isRelatedMark(text)) return 'related';
  if (isBanner(text)) return 'chrome';
  if (isAbout(text)) return 'about';
  if (mark?.type === 'heading' || mark?.type === 'item' || mark?.type === 'quote' || mark?.type === 'paragraph') {
    return mark.type;
  }
  return isParagraph(text) ? 'paragraph' : 'short';
}

function isParagraph(text: string): boolean {
  const weight = weightOf(text);
  if (FULL_STOP.test(text) && weight >= SENTENCE_MIN) return true;
  if (SENTENCE_INSIDE.test(text) && weight >= 60) return true;
  return weight > SHORT_MAX + (SENTENCE_END.test(text) ? -30 : 50);
}

/** A line about the article: labels, dates, names and addresses, and hardly a word beside them. */
function isAbout(text: string): boolean {
  if (text.length > ABOUT_MAX) return false;
  if (FULL_STOP.test(text) && (text.match(EASTERN)?.length ?? 0) > EASTERN_SENTENCE_MIN) return false;
  if (loneLabel(text) !== undefined || isInitialName(text)) return true;
  if (FIRST_PUBLISHED.test(text) || KOREAN_BYLINE.test(text) || HAN_BYLINE.test(text)) return true;
  const labels = readLabels(text);
  const domains = findDomains(text);
  const parts = [...findDates(text), ...domains];
  const told = text.replace(COUNTERS, (words) => ' '.repeat(words.length));
  const rest = parts.reduce(
    (left, { span: [start, end] }) => left.slice(0, start) + ' '.repeat(end - start) + left.slice(end),
    told,
  );
  const words = rest.split(/[\s|,·•;/()[\]-]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  if (parts.length > 0 && (BRACKETED.test(text) || isMediaName(rest.replace(/[\s,.|·•]+/gu, ' ').trim()))) return true;
  const isTitled = domains.length > 0 && (rest.match(EASTERN)?.length ?? 0) >= EASTERN_TITLE_MIN;
  if (parts.length > 0 && words.length <= 2 && !isTitled) return true;
  if (parts.length > 0 && labels.length > 0 && words.length <= ABOUT_WORDS_MAX + labels.length) return true;
  if (parts.length > 0 && words.length <= ABOUT_WORDS_MAX && hasName(rest)) return true;
  return (
    labels.some(({ kind, text: labelled, hasColon }) => {
      if (kind === 'headline') return false;
      return (hasColon && words.length <= ABOUT_WORDS_MAX + 4) || hasName(labelled);
    }) &&
    words.length <= ABOUT_WORDS_MAX + 6 &&
    startsWithLabel(text)
  );
}

function hasName(text: string): boolean {
  return text.split(/[|,·•;/()[\]]|\s[–—-]\s/u).some((part) =>
    isName(
      part
        .trim()
        .replace(/\s*(?:기자|记者)$/u, '')
        .replace(/\.$/u, ''),
    ),
  );
}

const startsWithLabel = (text: string) => (readLabels(text.replace(/^[\s([【<—–-]+/u, ''))[0]?.start ?? 99) < 40;
