import type { Span } from '@ortoo/shared/contracts';

/** What markdown, HTML or metadata say of a line before anybody reads it. */
export type Mark =
  | { type: 'heading'; level: number }
  | { type: 'item'; ordered: boolean }
  | { type: 'quote' }
  | { type: 'paragraph' }
  /** Navigation, banners, footers: never a part of the article. */
  | { type: 'chrome' }
  /** What the page's metadata say of it, e.g. `datePublished`. */
  | { type: 'meta'; member: string };

/** One line with text in it. `text` is folded for matching and has the length of what `span` covers. */
export type Line = { text: string; span: Span; isAfterGap: boolean; mark?: Mark };

/** A page to read. Offsets go into `text`, which is exactly what the caller gets back. */
export type Page = {
  text: string;
  lines: Line[];
  /** Where metadata of the page stand in `text`: `headline`, `og:title`, `title`, `datePublished`, `time`, `author`, `editor`, `site`, `url`. */
  metas: { member: string; span: Span }[];
  /** The address that the page calls its own. */
  canonicalUrl?: string;
};

const WIDE_FORMS = /[！-～]/g;
const WIDE_OFFSET = 0xfee0;
/** What separates or decorates and says nothing: controls, joiners, hard and wide blanks. */
const BLANKS = /(?![\n\r])[\p{Cc}\u00a0\u00ad\u2000-\u200f\u202f\u2060\u3000\ufeff]/gu;
const TAG = /<\/?[a-zA-Z][^<>\n]{0,300}>/g;
const ENTITIES: Record<string, string> = { nbsp: ' ', amp: '&', quot: '"', lt: '<', gt: '>', laquo: '«', raquo: '»' };
const ENTITY = /&(nbsp|amp|quot|lt|gt|laquo|raquo);/g;
const CJK_EDGE = /[\p{Script=Han}\u3001-\u301f]$/u;
const CJK_BEGIN = /^[\p{Script=Han}\u3001-\u301f]/u;

/**
 * The text as readers match it: full-width forms as plain ones, controls and tags as blanks. It has the length of the
 * original, so that a place in one is the same place in the other.
 */
export function foldPage(text: string): string {
  return text
    .replace(TAG, (tag) => ' '.repeat(tag.length))
    .replace(ENTITY, (entity, name: string) => (ENTITIES[name] ?? ' ').padEnd(entity.length))
    .replace(WIDE_FORMS, (wide) => String.fromCharCode(wide.charCodeAt(0) - WIDE_OFFSET))
    .replace(BLANKS, ' ');
}

/** What stands in a span, for people: verbatim, but without tags, controls and line ends; blanks single. */
export function wordsAt(text: string, [start, end]: Span): string {
  return text
    .slice(start, end)
    .toWellFormed()
    .replace(TAG, ' ')
    .replace(ENTITY, (_entity, name: string) => ENTITIES[name] ?? ' ')
    .split(/[\n\r\u2028\u2029]+/u)
    .map((line) => line.replace(BLANKS, ' ').replace(/ {2,}/g, ' ').trim())
    .reduce((joined, line) => joined + glue(joined, line) + line);
}

/** Chinese goes on without a blank where a line ends. */
function glue(before: string, after: string): string {
  return before === '' || after === '' || (CJK_EDGE.test(before) && CJK_BEGIN.test(after)) ? '' : ' ';
}

/** A span without blanks at its edges. */
export function trimSpan(folded: string, [start, end]: Span): Span {
  const part = folded.slice(start, end);
  const lead = part.length - part.trimStart().length;
  return [start + lead, Math.max(start + lead, end - (part.length - part.trimEnd().length))];
}
