import type { Mark } from './page.rules.ts';

/** What is used of the DOM, so that no browser types are needed. */
type HtmlNode = {
  nodeType: number;
  nodeName: string;
  textContent: string | null;
  childNodes: Iterable<HtmlNode>;
};
export type HtmlElement = HtmlNode & {
  getAttribute(name: string): string | null;
  querySelector(selector: string): HtmlElement | null;
  querySelectorAll(selector: string): Iterable<HtmlElement>;
};

/** A line of visible text with what its element says of it. */
export type HtmlLine = { text: string; mark?: Mark };

const ELEMENT = 1;
const TEXT = 3;
/** Deeper elements are read as one text: nothing that a person wrote is nested so. */
const DEPTH_MAX = 200;

const SILENT =
  /^(?:SCRIPT|STYLE|NOSCRIPT|TEMPLATE|SVG|IFRAME|FORM|BUTTON|SELECT|INPUT|TEXTAREA|HEAD|OBJECT|CANVAS|VIDEO|AUDIO|MATH)$/i;
const INLINE =
  /^(?:A|ABBR|B|BDI|BDO|CITE|CODE|DATA|DFN|EM|FONT|I|KBD|MARK|Q|RUBY|S|SAMP|SMALL|SPAN|STRONG|SUB|SUP|TIME|U|VAR|WBR|LABEL|INS|DEL)$/i;
const CHROME = /^(?:NAV|FOOTER|ASIDE|FIGCAPTION|MENU)$/i;
const CHROME_ROLE = /^(?:navigation|contentinfo|complementary|search|banner|dialog|menu|menubar)$/;
const CHROME_NAME =
  /(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|footer|sidebar|related|recommend(?:ed|ations)?|share|sharing|social|comments?|cookies?|adverts?|ads?|promo|newsletter|subscribe|popup|modal|tags?|widget|trending|most-read|copyright)(?:$|[\s_-])/i;
const ARTICLE_ROOT = /^(?:HTML|BODY|MAIN|ARTICLE)$/i;

/** Every line of visible text in reading order. */
export function readLines(root: HtmlElement): HtmlLine[] {
  const lines: HtmlLine[] = [];
  let pending = '';

  function flush(mark: Mark | undefined): void {
    const text = pending.replace(/\s+/gu, ' ').trim();
    pending = '';
    if (text !== '') lines.push({ text, ...(mark ? { mark } : {}) });
  }

  function visit(node: HtmlNode, mark: Mark | undefined, depth: number): void {
    if (node.nodeType === TEXT) pending += node.textContent ?? '';
    if (node.nodeType !== ELEMENT || SILENT.test(node.nodeName) || isHidden(node as HtmlElement)) return;
    if (depth > DEPTH_MAX) {
      pending += ` ${node.textContent ?? ''} `;
      return;
    }
    if (/^BR$/i.test(node.nodeName)) {
      flush(mark);
      return;
    }
    if (/^T[DH]$/i.test(node.nodeName)) pending += ' ';
    const isInline = INLINE.test(node.nodeName) || /^T[DH]$/i.test(node.nodeName);
    const own = isInline ? mark : (markOf(node as HtmlElement, mark) ?? mark);
    if (!isInline) flush(mark);
    for (const child of node.childNodes) visit(child, own, depth + 1);
    if (!isInline) flush(own);
  }

  visit(root, undefined, 0);
  flush(undefined);
  return lines;
}

function isHidden(element: HtmlElement): boolean {
  const style = element.getAttribute('style') ?? '';
  return element.getAttribute('hidden') !== null || /display:\s*none|visibility:\s*hidden/i.test(style);
}

/** What an element says of the lines in it; what is chrome stays chrome inside. */
function markOf(element: HtmlElement, outer: Mark | undefined): Mark | undefined {
  if (outer?.type === 'chrome' || isChrome(element)) return { type: 'chrome' };
  const heading = /^H([1-6])$/i.exec(element.nodeName);
  if (heading) return { type: 'heading', level: Number(heading[1]) };
  if (/^LI$/i.test(element.nodeName)) return { type: 'item', ordered: false };
  if (/^BLOCKQUOTE$/i.test(element.nodeName)) return { type: 'quote' };
  return /^P$/i.test(element.nodeName) && isBold(element) ? { type: 'heading', level: 2 } : undefined;
}

function isChrome(element: HtmlElement): boolean {
  if (ARTICLE_ROOT.test(element.nodeName)) return false;
  const names = `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`;
  const isNamed = CHROME_ROLE.test(element.getAttribute('role') ?? '') || CHROME_NAME.test(names);
  if (CHROME.test(element.nodeName)) return true;
  return isNamed && element.querySelector('h1') === null && element.querySelector('article') === null;
}

/** A paragraph that is bold as a whole and no sentence is a heading that nobody marked as one. */
function isBold(element: HtmlElement): boolean {
  const words = (element.textContent ?? '').trim();
  const bold = (element.querySelector('strong, b')?.textContent ?? '').trim();
  return words !== '' && words === bold && words.length <= 100 && !/[.!?。:,;]$/u.test(words);
}
