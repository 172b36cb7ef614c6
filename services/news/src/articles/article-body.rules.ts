import { type ArticleState, type Block, type LocaleTag, slugOf } from '@ortoo/shared/contracts';

/** What the body of an article gives: its blocks with every heading anchored, and what is derived from them. */
export type SettledBody = Pick<ArticleState, 'plainText' | 'sections' | 'wordCount'> & { body?: Block[] };

/** The contract's bound of an anchor; one that is made leaves room for a number. */
const ANCHOR_MAX = 120;
const MADE_ANCHOR_MAX = 100;
/** Of a heading that has neither letters nor digits. */
const NAMELESS_ANCHOR = 'section';

/**
 * Anchors the headings and derives plain text, sections and the number of words. Settling twice changes nothing. A
 * heading that comes without an anchor keeps the one that it had in the body `before`.
 */
export function settleBody(blocks: Block[] | undefined, language: LocaleTag, before?: Block[]): SettledBody {
  const body = blocks && anchorHeadings(blocks, before);
  const plainText = plainTextOf(body);
  const sections = (body ?? []).flatMap((block) =>
    block.type === 'heading' ? [{ heading: block.text, level: block.level, anchor: block.anchor ?? '' }] : [],
  );
  return { ...(body ? { body } : {}), plainText, sections, wordCount: countWords(plainText, language) };
}

/** The text of a body, a line a block. */
export function plainTextOf(blocks: Block[] = []): string {
  return blocks.map(textOf).filter(Boolean).join('\n');
}

/**
 * Words in any script; Chinese, which has no spaces, by the dictionary of ICU. What hyphens hold together is one word:
 * "9-р", "well-known", "2022-09-21". Source: Unicode UAX #29.
 */
export function countWords(text: string, language: LocaleTag): number {
  let words = 0;
  let isHeld = false;
  for (const { segment, isWordLike, index } of segmenterOf(language).segment(text)) {
    if (isWordLike && !isHeld) words += 1;
    isHeld = HYPHEN.test(segment) && isWordLikeBefore(text, index);
  }
  return words;
}

const HYPHEN = /^[-\u2010\u2011]$/;
const LETTER_BEFORE = /[\p{L}\p{M}\p{N}]$/u;

function isWordLikeBefore(text: string, index: number): boolean {
  return LETTER_BEFORE.test(text.slice(Math.max(0, index - 2), index));
}

const segmenters = new Map<LocaleTag, Intl.Segmenter>();

/** Making one costs more than what most texts take. */
function segmenterOf(language: LocaleTag): Intl.Segmenter {
  const known = segmenters.get(language) ?? new Intl.Segmenter(language, { granularity: 'word' });
  segmenters.set(language, known);
  return known;
}

/**
 * Each anchor is unique. One that the author gave is kept where it is free, then one that the same heading had before;
 * only then are the others made from their headings, so that a new heading never takes the anchor of an old one.
 */
function anchorHeadings(blocks: Block[], before: Block[] = []): Block[] {
  const used = new Set<string>();
  const anchors = new Map<Block, string>();
  const claim = (block: Block, anchor: string) => {
    used.add(anchor);
    anchors.set(block, anchor);
  };
  const headings = blocks.filter((block) => block.type === 'heading');
  for (const heading of headings) {
    const given = heading.anchor && soundAnchor(heading.anchor);
    if (given && !used.has(given)) claim(heading, given);
  }
  const old = anchorsByText(before);
  for (const heading of headings.filter(({ anchor }) => anchor === undefined)) {
    const known = old.get(heading.text)?.find((anchor) => !used.has(anchor));
    if (known !== undefined) claim(heading, known);
  }
  for (const heading of headings.filter((block) => !anchors.has(block)))
    claim(heading, firstFree((heading.anchor && soundAnchor(heading.anchor)) || madeAnchor(heading.text), used));
  return blocks.map((block) => (block.type === 'heading' ? { ...block, anchor: anchors.get(block) ?? '' } : block));
}

/** The anchors of each heading's text, in order: a text may head several sections. */
function anchorsByText(blocks: Block[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const block of blocks) {
    if (block.type !== 'heading' || block.anchor === undefined) continue;
    found.set(block.text, [...(found.get(block.text) ?? []), block.anchor]);
  }
  return found;
}

/** As an id of HTML and the end of an address take it: composed, without blanks and controls. */
function soundAnchor(anchor: string): string {
  return cut(anchor.normalize('NFC').replace(/[\s\p{Cc}]+/gu, '-'), ANCHOR_MAX);
}

function madeAnchor(text: string): string {
  return cut(slugOf(text), MADE_ANCHOR_MAX) || NAMELESS_ANCHOR;
}

/** Never ends inside a surrogate pair, and neither begins nor ends with a hyphen. */
function cut(anchor: string, length: number): string {
  return anchor
    .slice(0, length)
    .replace(/[\uD800-\uDBFF]$/, '')
    .replace(/^-+|-+$/g, '');
}

function firstFree(wanted: string, used: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const anchor = number === 1 ? wanted : `${cut(wanted, MADE_ANCHOR_MAX)}-${number}`;
    if (!used.has(anchor)) return anchor;
  }
}

function textOf(block: Block): string {
  switch (block.type) {
    case 'heading':
    case 'paragraph':
    case 'quote':
      return block.text;
    case 'list':
      return block.items.join('\n');
    case 'image':
      return block.caption ?? '';
  }
}
