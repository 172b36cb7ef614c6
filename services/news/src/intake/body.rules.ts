import type { Block, Span } from '@ortoo/shared/contracts';
import { type Heading, judgeHeading } from './headings.rules.ts';
import { wordsAt } from './page.rules.ts';
import type { PageShape } from './page-shape.rules.ts';
import { confidenceOf, type Reading, spanOver } from './reading.rules.ts';
import { thresholds } from './thresholds.rules.ts';
import type { Unit } from './units.rules.ts';

/** The blocks of the text with the sections that its headings make. */
export type ReadBody = { blocks: Block[]; sections: Reading<Heading[]> | undefined; spans: Span[] };

/** The contract's bounds: blocks in a body, letters in a block, items in a list. */
const BLOCKS_MAX = 1_000;
const TEXT_MAX = 20_000;
const ITEMS_MAX = 200;
const ITEM_MAX = 2_000;
const HEADING_MAX = 300;
const ORDERED = /^\d{1,2}[.)]\s/u;

/** Reads the body: what is a heading for sure becomes one, other short lines stay paragraphs, banners are left out. */
export function readBody(shape: PageShape, text: string): ReadBody {
  const { units, bodyFrom, tailFrom } = shape;
  const blocks: Block[] = [];
  const headings: Reading<Heading>[] = [];
  const spans: Span[] = [];
  for (let place = bodyFrom; place < tailFrom; place += 1) {
    const unit = units[place];
    if (!unit || ['chrome', 'about', 'meta', 'related'].includes(unit.kind)) continue;
    const judged = judgeHeading(place, shape);
    spans.push(unit.span);
    if (judged && judged.confidence >= thresholds.sections && unit.text.length <= HEADING_MAX) {
      const value = { heading: wordsAt(text, unit.span), level: judged.value.level };
      headings.push({ ...judged, value });
      blocks.push({ type: 'heading', level: value.level, text: value.heading });
    } else addText(blocks, unit, wordsAt(text, unit.span));
  }
  return { blocks: fitBlocks(blocks), sections: sectionsOf(headings), spans };
}

function sectionsOf(headings: Reading<Heading>[]): Reading<Heading[]> | undefined {
  if (headings.length === 0) return undefined;
  const mean = headings.reduce((sum, { confidence }) => sum + confidence, 0) / headings.length;
  return {
    value: headings.map(({ value }) => value),
    confidence: confidenceOf(mean),
    span: spanOver(headings.map(({ span }) => span)),
  };
}

function addText(blocks: Block[], { kind }: Unit, words: string): void {
  if (words === '') return;
  if (kind === 'item' && words.length <= ITEM_MAX) {
    const last = blocks.at(-1);
    if (last?.type === 'list' && last.items.length < ITEMS_MAX) last.items.push(words);
    else blocks.push({ type: 'list', ...(ORDERED.test(words) ? { ordered: true } : {}), items: [words] });
    return;
  }
  for (const part of cut(words)) blocks.push({ type: kind === 'quote' ? 'quote' : 'paragraph', text: part });
}

/** Parts that the contract takes, cut at blanks where there are any and never inside a surrogate pair. */
function cut(words: string): string[] {
  const parts: string[] = [];
  let rest = words;
  while (rest.length > TEXT_MAX) {
    const blank = rest.lastIndexOf(' ', TEXT_MAX);
    const at = blank > TEXT_MAX / 2 ? blank : TEXT_MAX;
    const end = /[\uD800-\uDBFF]/.test(rest[at - 1] ?? '') ? at - 1 : at;
    parts.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return [...parts, rest].filter(Boolean);
}

/** More blocks than an article may have: neighbouring paragraphs become one; what is too much even then is left out. */
function fitBlocks(blocks: Block[]): Block[] {
  if (blocks.length <= BLOCKS_MAX) return blocks;
  const fitted: Block[] = [];
  for (const block of blocks) {
    const last = fitted.at(-1);
    const isJoinable =
      block.type === 'paragraph' && last?.type === 'paragraph' && last.text.length + block.text.length < TEXT_MAX;
    if (isJoinable) last.text = `${last.text}\n${block.text}`;
    else fitted.push({ ...block });
  }
  return fitted.slice(0, BLOCKS_MAX);
}
