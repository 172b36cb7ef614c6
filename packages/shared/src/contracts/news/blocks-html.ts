import type { Block } from './article.ts';

/**
 * The blocks of a body as HTML. All of its markup is made here, and every character of the blocks that could be markup is
 * a character reference. Blanks that HTML would fold, at the ends or beside others, are references too, so that reading
 * the HTML gives the same text; a line break is `<br>`. NUL, which HTML has not, is left out.
 */
export function htmlOfBlocks(blocks: readonly Block[]): string {
  return blocks.map(htmlOf).join('\n');
}

function htmlOf(block: Block): string {
  switch (block.type) {
    case 'heading': {
      const id = block.anchor === undefined ? '' : attribute('id', block.anchor);
      return `<h${block.level}${id}>${text(block.text)}</h${block.level}>`;
    }
    case 'paragraph':
      return `<p>${text(block.text)}</p>`;
    case 'quote': {
      const by = block.by === undefined ? '' : `<footer>${text(block.by)}</footer>`;
      return `<blockquote><p>${text(block.text)}</p>${by}</blockquote>`;
    }
    case 'list': {
      const name = block.ordered ? 'ol' : 'ul';
      return `<${name}>${block.items.map((item) => `<li>${text(item)}</li>`).join('')}</${name}>`;
    }
    case 'image': {
      const alt = attribute('alt', block.alt ?? '');
      const caption = block.caption === undefined ? '' : `<figcaption>${text(block.caption)}</figcaption>`;
      return `<figure><img${attribute('src', block.url)}${alt}>${caption}</figure>`;
    }
  }
}

/** Blanks that HTML folds; a no-break space is none. */
const FOLDED = /[ \t\n\f\r]/;
const SPECIAL = /[&<>"\0 \t\n\f\r]/g;
const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\0': '' };

function text(plain: string): string {
  return plain.replace(SPECIAL, (sign, at: number) => {
    if (sign === '"') return sign;
    const isBreak = sign === '\n' && at > 0 && at < plain.length - 1 && plain[at - 1] !== '\n';
    return isBreak ? '<br>' : refer(plain, sign, at);
  });
}

/** Begins with the blank before its name. */
function attribute(name: string, value: string): string {
  return ` ${name}="${value.replace(SPECIAL, (sign, at: number) => refer(value, sign, at))}"`;
}

/** A blank between two words stays as it is. */
function refer(plain: string, sign: string, at: number): string {
  const isBetweenWords = [plain[at - 1], plain[at + 1]].every((next) => next !== undefined && !FOLDED.test(next));
  if (sign === ' ' && isBetweenWords) return sign;
  return named[sign] ?? `&#${sign.charCodeAt(0)};`;
}
