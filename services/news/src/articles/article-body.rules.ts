import { type ArticleState, type Block, type LocaleTag, slugOf } from '@ortoo/shared/contracts';

/** What the body of an article gives: its blocks with every heading anchored, and what is derived from them. */
export type SettledBody = Pick<ArticleState, 'plainText' | 'sections' | 'wordCount'> & { body?: Block[] };

/** Anchors leave room for a number inside the contract's 120. */
const ANCHOR_LENGTH_MAX = 100;
/** Of a heading that has neither letters nor digits. */
const NAMELESS_ANCHOR = 'section';

/** Anchors the headings and derives plain text, sections and the number of words. Settling twice changes nothing. */
export function settleBody(blocks: Block[] | undefined, language: LocaleTag): SettledBody {
  const body = blocks && anchorHeadings(blocks);
  const plainText = (body ?? []).map(textOf).filter(Boolean).join('\n');
  const sections = (body ?? []).flatMap((block) =>
    block.type === 'heading' ? [{ heading: block.text, level: block.level, anchor: block.anchor ?? '' }] : [],
  );
  return { ...(body ? { body } : {}), plainText, sections, wordCount: countWords(plainText, language) };
}

/** Words in any script; Chinese, which has no spaces, by the dictionary of ICU. Source: Unicode UAX #29. */
export function countWords(text: string, language: LocaleTag): number {
  let words = 0;
  for (const { isWordLike } of new Intl.Segmenter(language, { granularity: 'word' }).segment(text)) {
    if (isWordLike) words += 1;
  }
  return words;
}

/** An anchor that the author gave is kept where it is free; the others are made from the heading. Each is unique. */
function anchorHeadings(blocks: Block[]): Block[] {
  const used = new Set<string>();
  return blocks.map((block) => {
    if (block.type !== 'heading') return block;
    const wanted =
      block.anchor ?? (slugOf(block.text).slice(0, ANCHOR_LENGTH_MAX).replace(/-$/, '') || NAMELESS_ANCHOR);
    const anchor = firstFree(wanted, used);
    used.add(anchor);
    return { ...block, anchor };
  });
}

function firstFree(wanted: string, used: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const anchor = number === 1 ? wanted : `${wanted.slice(0, ANCHOR_LENGTH_MAX)}-${number}`;
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
