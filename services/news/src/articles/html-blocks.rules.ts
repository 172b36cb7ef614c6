import { type Block, normalizeWebUrl } from '@ortoo/shared/contracts';
import { createBlockWriter } from './html-block-writer.rules.ts';
import { createTextGatherer } from './html-text.rules.ts';
import { readTokens } from './html-tokens.rules.ts';

/** What these hold is code, drawing or a fallback, and no text of an article. */
const SILENT = new Set(
  'script style template noscript iframe object embed svg math canvas video audio title textarea select'.split(' '),
);
/** Where these begin or end, so does a text. */
const BOUNDARY = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure ' +
    'footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol p pre search section summary ' +
    'table tbody tfoot thead tr ul'
  ).split(' '),
);
const CELL = new Set(['td', 'th']);
/** Has no end tag. */
const EMPTY = new Set(['embed']);

export type ReadBlocks = {
  blocks: Block[];
  /** An element without text of its own that does not end, so that all that follows it would be lost. */
  unclosed?: string;
};

/**
 * Reads HTML into the blocks of a body, in time linear in its length. Words in inline elements stay, their markup goes;
 * what has no place in an article (scripts, styles, frames, forms' choices) goes with all that it holds. Images stay
 * where their address is http or https. Rows of tables become paragraphs.
 */
export function readBlocks(html: string): ReadBlocks {
  const text = createTextGatherer();
  const writer = createBlockWriter(text);
  let silent: { name: string; depth: number } | undefined;

  function enterSilence(name: string): boolean {
    if (silent?.name === name) silent.depth += 1;
    if (silent) return true;
    if (!SILENT.has(name)) return false;
    if (!EMPTY.has(name)) silent = { name, depth: 1 };
    return true;
  }

  function leaveSilence(name: string): boolean {
    if (!silent) return SILENT.has(name);
    if (silent.name === name) silent.depth -= 1;
    if (silent.depth === 0) silent = undefined;
    return true;
  }

  function showImage(attributes: ReadonlyMap<string, string>): void {
    const image = imageOf(attributes);
    if (image) writer.image(image);
  }

  readTokens(html, {
    open(name, attributes) {
      if (enterSilence(name)) return;
      if (name === 'br') writer.lineBreak();
      else if (name === 'img') showImage(attributes);
      else if (CELL.has(name)) text.literal(' ');
      else if (BOUNDARY.has(name)) writer.begin(name, attributes);
    },
    close(name) {
      if (leaveSilence(name)) return;
      if (name === 'br') writer.lineBreak();
      else if (CELL.has(name)) text.literal(' ');
      else if (BOUNDARY.has(name)) writer.end(name);
    },
    literal(words) {
      if (!silent) writer.words(words);
    },
    exact(character) {
      if (!silent) text.exact(character);
    },
  });
  return { blocks: writer.finish(), ...(silent ? { unclosed: silent.name } : {}) };
}

type ImageBlock = Extract<Block, { type: 'image' }>;

/** Nothing where the address is none of the web; one that leaves the scheme to its page is taken as https. */
function imageOf(attributes: ReadonlyMap<string, string>): ImageBlock | undefined {
  const address = attributes.get('src')?.replace(/^\/\//, 'https://') ?? '';
  const url = normalizeWebUrl(address);
  if (url === undefined) return undefined;
  const alt = attributes.get('alt') ?? '';
  return { type: 'image', url, ...(/\S/.test(alt) ? { alt } : {}) };
}
