import type { Block } from '@ortoo/shared/contracts';
import type { TextGatherer } from './html-text.rules.ts';

type ImageBlock = Extract<Block, { type: 'image' }>;
type QuoteBlock = Extract<Block, { type: 'quote' }>;
export type Attributes = ReadonlyMap<string, string>;

/** Longer words after a quote are a part of it, and nobody's name. */
const BY_MAX = 200;
/** A longer id of a heading is no anchor. */
const ANCHOR_MAX = 120;

/** The outermost list or quotation that is open; what is nested in it becomes lines or items of it. */
type Container =
  | { type: 'list'; depth: number; ordered: boolean; items: string[]; lines: string[] }
  | { type: 'quote'; depth: number; lines: string[]; last?: QuoteBlock; by?: string[] };

/**
 * Blocks that are being written. What is open is counted and never searched, so that each tag costs the same however deep
 * it stands.
 */
type Writing = {
  text: TextGatherer;
  blocks: Block[];
  heading?: { level: number; anchor?: string } | undefined;
  container?: Container | undefined;
  figure?: { depth: number; image?: ImageBlock; held: string[]; caption?: string[] } | undefined;
  preDepth: number;
};

/** Writes blocks while HTML is read; what is not closed ends with the text. */
export function createBlockWriter(text: TextGatherer) {
  const writing: Writing = { text, blocks: [], preDepth: 0 };

  return {
    /** An element begins that holds a text of its own. */
    begin(name: string, attributes: Attributes): void {
      flush(writing);
      if (ITEM_EDGES.has(name)) endItem(writing);
      beginnings[name]?.(writing);
      const level = levelOf(name);
      if (level !== undefined) writing.heading = { level, ...anchorOf(attributes) };
    },

    end(name: string): void {
      flush(writing);
      if (ITEM_EDGES.has(name)) endItem(writing);
      endings[name]?.(writing);
      if (levelOf(name) !== undefined) writing.heading = undefined;
    },

    words(given: string): void {
      if (writing.preDepth > 0) text.exact(given);
      else text.literal(given);
    },

    /** Two in a row part paragraphs, as people write them. */
    lineBreak(): void {
      const { container, heading, figure } = writing;
      if (text.lineBreak() > 1 && !container && !heading && !figure?.caption) flush(writing);
    },

    image(image: ImageBlock): void {
      const interrupted = writing.heading;
      flush(writing);
      writing.heading = interrupted;
      writeContainer(writing);
      const caption = writing.figure?.held.shift();
      const written: ImageBlock = caption === undefined ? image : { ...image, caption };
      writing.blocks.push(written);
      if (writing.figure) writing.figure.image = written;
    },

    finish(): Block[] {
      flush(writing);
      endContainer(writing);
      endFigure(writing);
      return writing.blocks;
    },
  };
}

/** Ends the text that is being gathered and puts it where it belongs. */
function flush(writing: Writing): void {
  const { text, container, figure, heading, blocks, preDepth } = writing;
  const gathered = text.take();
  const words = preDepth > 0 ? gathered.replace(/^\n+|\n+$/g, '') : gathered;
  if (!/\S/.test(words)) return;
  if (figure?.caption) figure.caption.push(words);
  else if (container?.type === 'quote' && container.by) container.by.push(words);
  else if (container) container.lines.push(words);
  else blocks.push(heading ? { type: 'heading', ...heading, text: words } : { type: 'paragraph', text: words });
  writing.heading = undefined;
}

const ITEM_EDGES = new Set(['li', 'ol', 'ul']);

function endItem({ container }: Writing): void {
  if (container?.type !== 'list' || container.lines.length === 0) return;
  container.items.push(container.lines.join('\n'));
  container.lines = [];
}

/** Writes what the container has so far; it goes on after it. */
function writeContainer(writing: Writing): void {
  const { container, blocks } = writing;
  if (container?.type === 'list') {
    endItem(writing);
    const { ordered, items } = container;
    if (items.length > 0) blocks.push({ type: 'list', ...(ordered ? { ordered } : {}), items });
    container.items = [];
  } else if (container && container.lines.length > 0) {
    container.last = { type: 'quote', text: container.lines.join('\n') };
    blocks.push(container.last);
    container.lines = [];
  }
}

/** Who said what is quoted; more than a name is a part of the quotation. */
function endFooter(writing: Writing): void {
  const { container } = writing;
  if (container?.type !== 'quote' || !container.by) return;
  const by = container.by.join('\n');
  delete container.by;
  if (by === '') return;
  writeContainer(writing);
  if (container.last && container.last.by === undefined && by.length <= BY_MAX) container.last.by = by;
  else container.lines.push(by);
}

function beginContainer(writing: Writing, next: Container): void {
  if (writing.container?.type === next.type) writing.container.depth += 1;
  else if (!writing.container && !writing.figure?.caption) writing.container = next;
}

function leaveContainer(writing: Writing, type: Container['type']): void {
  const { container } = writing;
  if (container?.type !== type) return;
  container.depth -= 1;
  if (container.depth === 0) endContainer(writing);
}

function endContainer(writing: Writing): void {
  endFooter(writing);
  writeContainer(writing);
  writing.container = undefined;
}

/** A caption belongs to the image before it in its figure, else to the next one. */
function endCaption({ figure }: Writing): void {
  if (!figure?.caption) return;
  const caption = figure.caption.join('\n');
  delete figure.caption;
  if (caption === '') return;
  if (figure.image && figure.image.caption === undefined) figure.image.caption = caption;
  else figure.held.push(caption);
}

/** A caption that found no image is a paragraph. */
function endFigure(writing: Writing): void {
  endCaption(writing);
  for (const text of writing.figure?.held ?? []) writing.blocks.push({ type: 'paragraph', text });
  writing.figure = undefined;
}

function leaveFigure(writing: Writing): void {
  if (!writing.figure) return;
  writing.figure.depth -= 1;
  if (writing.figure.depth === 0) endFigure(writing);
}

const beginnings: Record<string, (writing: Writing) => void> = {
  blockquote: (writing) => beginContainer(writing, { type: 'quote', depth: 1, lines: [] }),
  ol: (writing) => beginContainer(writing, { type: 'list', depth: 1, ordered: true, items: [], lines: [] }),
  ul: (writing) => beginContainer(writing, { type: 'list', depth: 1, ordered: false, items: [], lines: [] }),
  footer: ({ container }) => {
    if (container?.type === 'quote') container.by ??= [];
  },
  figure: (writing) => {
    if (writing.figure) writing.figure.depth += 1;
    else if (!writing.container) writing.figure = { depth: 1, held: [] };
  },
  figcaption: ({ figure, container }) => {
    if (figure && !container) figure.caption ??= [];
  },
  pre: (writing) => {
    writing.preDepth += 1;
  },
};

const endings: Record<string, (writing: Writing) => void> = {
  blockquote: (writing) => leaveContainer(writing, 'quote'),
  ol: (writing) => leaveContainer(writing, 'list'),
  ul: (writing) => leaveContainer(writing, 'list'),
  footer: endFooter,
  figure: leaveFigure,
  figcaption: endCaption,
  pre: (writing) => {
    writing.preDepth = Math.max(0, writing.preDepth - 1);
  },
};

function anchorOf(attributes: Attributes): { anchor?: string } {
  const anchor = attributes.get('id') ?? '';
  return /\S/.test(anchor) && anchor.length <= ANCHOR_MAX ? { anchor } : {};
}

function levelOf(name: string): number | undefined {
  const level = /^h([1-6])$/.exec(name)?.[1];
  return level === undefined ? undefined : Number(level);
}
