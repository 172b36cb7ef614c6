import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { type HtmlElement, type HtmlLine, readLines } from './html-lines.ts';
import { readMetadata } from './html-metadata.ts';
import { foldPage, type Line, type Page } from './page.rules.ts';

/** Readability is not asked about larger documents: its work grows faster than they do. */
const ELEMENTS_MAX = 20_000;
/** A text of this many letters is believed to be the article. */
const ARTICLE_MIN = 250;
/** Long lines outside the article are other texts; short ones may be its byline or its editor. */
const OUTSIDE_MIN = 120;

/**
 * Reads HTML into a page: the lines that a reader sees, with what their elements say, and the page's metadata. What
 * metadata say and no line shows is put before the lines, so that every span leads to its evidence.
 */
export function readHtmlPage(html: string): Page {
  const { document } = parseHTML(asDocument(html));
  const root = document as unknown as HtmlElement;
  const { values, canonicalUrl } = readMetadata(root);
  const body = root.querySelector('body') ?? root;
  const lines = markOutside(readLines(body), readArticleText(html));
  return { ...buildPage(lines, values), ...(canonicalUrl ? { canonicalUrl } : {}) };
}

/** The parser makes neither html nor body where they are missing. */
function asDocument(html: string): string {
  const sound = html.replaceAll('\0', ' ');
  if (/<body[\s>]/i.test(sound) && /<html[\s>]/i.test(sound)) return sound;
  const inner = sound.replace(/<!doctype[^>]*>|<\/?(?:html|body)(?:\s[^>]*)?>/gi, '');
  const headEnd = /<\/head\s*>/i.exec(inner);
  const at = headEnd ? headEnd.index + headEnd[0].length : 0;
  return `<!doctype html><html>${inner.slice(0, at)}<body>${inner.slice(at)}</body></html>`;
}

/** The article's text as Readability finds it, without blanks; undefined when it finds none. It works on a copy: it changes it. */
function readArticleText(html: string): string | undefined {
  const { document } = parseHTML(asDocument(html));
  try {
    const article = new Readability(document as never, { maxElemsToParse: ELEMENTS_MAX }).parse();
    const text = squeeze(article?.textContent ?? '');
    return text.length >= ARTICLE_MIN ? text : undefined;
  } catch {
    return undefined; // too large or too odd for it; the lines are read without its word
  }
}

const squeeze = (text: string) => text.replace(/\s+/gu, '');

function markOutside(lines: HtmlLine[], article: string | undefined): HtmlLine[] {
  if (article === undefined) return lines;
  return lines.map((line) => {
    const isOutside = line.text.length >= OUTSIDE_MIN && !line.mark && !article.includes(squeeze(line.text));
    return isOutside ? { ...line, mark: { type: 'chrome' } } : line;
  });
}

function buildPage(shown: HtmlLine[], values: { member: string; value: string }[]): Page {
  const visible = shown.map(({ text }) => text).join('\n');
  const unseen = values.filter(({ value }) => !visible.includes(value));
  const preface = [...new Set(unseen.map(({ value }) => value))].map((value) => `${value}\n`).join('');
  const text = preface + visible;
  const folded = foldPage(text);
  const metas = values.map(({ member, value }) => {
    const start = text.indexOf(value);
    return { member, span: [start, start + value.length] satisfies [number, number] };
  });
  const lines: Line[] = [];
  let start = preface.length;
  for (const { text: words, mark } of shown) {
    const end = start + words.length;
    lines.push({ text: folded.slice(start, end), span: [start, end], isAfterGap: true, ...(mark ? { mark } : {}) });
    start = end + 1;
  }
  return { text, lines, metas };
}
