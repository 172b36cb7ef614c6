import { foldPage, type Line, type Mark, type Page, trimSpan } from './page.rules.ts';

const LINE = /([^\n\r\u2028\u2029]*)(\r\n|[\n\r\u2028\u2029]|$)/g;
/** A row of signs: it separates, and under a line it makes a heading of it. */
const RULER = /^(?:[-*_=~—–─━·#.] ?){3,}$/u;
const MARKDOWN_HEADING = /^(#{1,6})\s+(?=\S)/;
const HTML_HEADING = /<h([1-6])[\s>]/i;
const HTML_LIST_ITEM = /<li[\s>]/i;
const BOLD_LINE = /^(\*\*|__)(?=\S)(.+?)(?<=\S)\1[.:]?$/u;
const ITALIC_LINE = /^(\*|_)(?=[^\s*_]).*(?<=[^\s*_])\1$/u;
const QUOTE = /^(?:>\s?)+(?=\S)/;
const BULLET = /^[-*•‣◦·–—]\s+(?=\S)/u;
/** A heading written in bold says nothing of its level. */
const BOLD_LEVEL = 2;

/** Cuts plain text into lines and takes in what markdown signs and tags at their edges say. */
export function readPlainPage(text: string): Page {
  const folded = foldPage(text);
  const lines: Line[] = [];
  let isAfterGap = true;
  for (const { 0: whole, 1: raw = '', index } of folded.matchAll(LINE)) {
    if (whole === '') break;
    const content = raw.trim();
    if (content === '' || RULER.test(content)) {
      const above = lines.at(-1);
      if (content !== '' && above && !isAfterGap) underline(above, content);
      isAfterGap = true;
      continue;
    }
    lines.push({ ...readLine(folded, index, raw, text.slice(index, index + raw.length)), isAfterGap });
    isAfterGap = false;
  }
  return { text, lines, metas: [] };
}

/** Setext: a row of = or - under a line makes it a heading. */
function underline(above: Line, ruler: string): void {
  if (!/^(=+|-+)$/.test(ruler) || above.mark || above.text.length > 150) return;
  above.mark = { type: 'heading', level: ruler.startsWith('=') ? 1 : 2 };
}

function readLine(folded: string, start: number, raw: string, original: string): Omit<Line, 'isAfterGap'> {
  const span = trimSpan(folded, [start, start + raw.length]);
  const { mark, lead, tail } = signsOf(folded.slice(...span), original);
  const inner = trimSpan(folded, [span[0] + lead, span[1] - tail]);
  return { text: folded.slice(...inner), span: inner, ...(mark ? { mark } : {}) };
}

/** What the signs at the edges of a line say, and how long they are. */
function signsOf(line: string, original: string): { mark?: Mark; lead: number; tail: number } {
  const hashes = MARKDOWN_HEADING.exec(line);
  if (hashes) {
    const tail = /\s+#+$/.exec(line)?.[0].length ?? 0;
    return { mark: { type: 'heading', level: hashes[1]?.length ?? 1 }, lead: hashes[0].length, tail };
  }
  const tag = HTML_HEADING.exec(original);
  if (tag) return { mark: { type: 'heading', level: Number(tag[1]) }, lead: 0, tail: 0 };
  const bold = BOLD_LINE.exec(line);
  if (bold && line.length <= 150) {
    const sign = bold[1]?.length ?? 0;
    return {
      mark: { type: 'heading', level: BOLD_LEVEL },
      lead: sign,
      tail: line.length - sign - (bold[2]?.length ?? 0),
    };
  }
  if (ITALIC_LINE.test(line)) return { lead: 1, tail: 1 };
  const quote = QUOTE.exec(line);
  if (quote) return { mark: { type: 'quote' }, lead: quote[0].length, tail: 0 };
  const bullet = BULLET.exec(line);
  if (bullet) return { mark: { type: 'item', ordered: false }, lead: bullet[0].length, tail: 0 };
  if (HTML_LIST_ITEM.test(original)) return { mark: { type: 'item', ordered: false }, lead: 0, tail: 0 };
  return { lead: 0, tail: 0 };
}
