import { type Block, htmlOfBlocks } from '@ortoo/shared/contracts';
import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { readBlocks } from './html-blocks.rules.ts';

const paragraph = (text: string): Block => ({ type: 'paragraph', text });
const heading = (text: string, more: { level?: number; anchor?: string } = {}): Block => ({
  type: 'heading',
  level: 2,
  text,
  ...more,
});
const url = 'https://a.example/x.jpg';

describe('HTML is read into blocks', () => {
  test.each<[what: string, html: string, blocks: Block[]]>([
    [
      'words of inline elements stay',
      '<p>Co<b>pp</b>er &amp; <a href="/x">coal</a>&nbsp;!</p>',
      [paragraph('Copper & coal\u00a0!')],
    ],
    ['blanks fold', '\n <p>\n One\t two  </p>\n', [paragraph('One two')]],
    ['text without elements', 'One &lt;two&gt;', [paragraph('One <two>')]],
    ['paragraphs that do not end', '<p>One<p>Two<div>Three</div>Four', ['One', 'Two', 'Three', 'Four'].map(paragraph)],
    [
      'headings',
      '<h1 id="top">A <i>b</i></h1><h6>C</h6>d',
      [heading('A b', { level: 1, anchor: 'top' }), heading('C', { level: 6 }), paragraph('d')],
    ],
    ['a heading around elements', '<h3><div>A</div></h3><h2></h2><p>b', [heading('A', { level: 3 }), paragraph('b')]],
    ['breaks', '<p>a<br> b<br><br>c<br></p>', [paragraph('a\nb'), paragraph('c')]],
    [
      'lists, and lists in lists',
      '<ol><li>a<ul><li>b</ul><li>c<p>d</ol><ul>e</ul>',
      [
        { type: 'list', ordered: true, items: ['a', 'b', 'c\nd'] },
        { type: 'list', items: ['e'] },
      ],
    ],
    ['quotes', '<blockquote><p>a<p>b<footer>Bat</footer></blockquote>', [{ type: 'quote', text: 'a\nb', by: 'Bat' }]],
    [
      'what follows a quote and is no name',
      `<blockquote>a<footer>${'b'.repeat(201)}</footer></blockquote>`,
      [
        { type: 'quote', text: 'a' },
        { type: 'quote', text: 'b'.repeat(201) },
      ],
    ],
    [
      'images',
      `<figure><img src="${url}" alt=" A  road "><figcaption>The <b>road</b></figcaption></figure>`,
      [{ type: 'image', url, alt: 'A road', caption: 'The road' }],
    ],
    [
      'a caption before its image',
      `<figure><figcaption>The road</figcaption><img src="//a.example/x.jpg"></figure>`,
      [{ type: 'image', url, caption: 'The road' }],
    ],
    [
      'a caption without an image',
      '<figure><video></video><figcaption>The road</figcaption></figure>',
      [paragraph('The road')],
    ],
    ['an image among words', `<p>a<img src="${url}">b</p>`, [paragraph('a'), { type: 'image', url }, paragraph('b')]],
    [
      'an image in a list',
      `<ul><li>a<li><img src="${url}">b</ul>`,
      [
        { type: 'list', items: ['a'] },
        { type: 'image', url },
        { type: 'list', items: ['b'] },
      ],
    ],
    ['rows', '<table><tr><th>a<td>b<tr><td>c</table>', ['a b', 'c'].map(paragraph)],
    ['text as it is set', '<pre>\n a\n  b\n</pre>', [paragraph(' a\n  b')]],
    ['elements that nobody knows', '<x-y>a</x-y><font>b</font>', [paragraph('ab')]],
    ['references', '<p>&#32;a&#10;b&Mongolia;&#x1F600;&copy</p>', [paragraph(' a\nb&Mongolia;😀©')]],
  ])('%s', (_what, html, blocks) => {
    expect(readBlocks(html)).toEqual({ blocks });
  });

  test.each([
    '<script>alert(1)</script>',
    '<style>p{}</style>',
    '<iframe src="https://x.example">no</iframe>',
    '<svg><text>no</text><script>no</script></svg>',
    '<object><object>no</object>no</object>',
    '<select><option>no</select>',
    '<title>no</title>',
    '<!-- no --><!doctype no><![CDATA[no]]><?no?>',
    '<p onclick="no"></p>',
    '<img src="javascript:no" alt="no"><img src="data:image/png;base64,AAAA"><img src="/no.png"><img alt="no">',
    '<a href="javascript:no"></a>',
    '<scr\0ipt>no</scr\0ipt>',
    '</blockquote></ul></figure></svg></p>',
  ])('nothing stays of %s', (html) => {
    expect(readBlocks(`a${html}<p>b`).blocks).toEqual(['a', 'b'].map(paragraph));
  });

  test('an element that hides all after it is named', () => {
    expect(readBlocks('a<svg>b<p>c')).toEqual({ blocks: [paragraph('a')], unclosed: 'svg' });
  });
});

const words = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    fc.string({
      unit: fc.constantFrom(' ', '\n', '\t', '\r', '\f', '\u00a0', 'a', '<', '&', ';', '#', '"', "'", 'б', '-'),
      minLength: 1,
      maxLength: 20,
    }),
    fc.constantFrom(
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      '&lt;b&gt;',
      '<!--',
      ']]>',
      '</p>',
      'javascript:alert(1)',
    ),
  )
  .filter((text) => /\S/.test(text) && !text.includes('\0'));
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const without = (block: object) => Object.fromEntries(Object.entries(block).filter(([, value]) => value !== undefined));
const anyBlock = fc
  .oneof(
    fc.record({
      type: fc.constant('heading'),
      level: fc.integer({ min: 1, max: 6 }),
      text: words,
      anchor: optional(words),
    }),
    fc.record({ type: fc.constant('paragraph'), text: words }),
    fc.record({ type: fc.constant('quote'), text: words, by: optional(words) }),
    fc.record({
      type: fc.constant('list'),
      ordered: optional(fc.constant(true)),
      items: fc.array(words, { minLength: 1, maxLength: 4 }),
    }),
    fc.record({
      type: fc.constant('image'),
      url: fc.webUrl({ withQueryParameters: true, withFragments: true }),
      alt: optional(words),
      caption: optional(words),
    }),
  )
  .map((block) => without(block) as Block);

/** Every element and attribute that we make. */
const ours: Record<string, string[]> = {
  h1: ['id'],
  h2: ['id'],
  h3: ['id'],
  h4: ['id'],
  h5: ['id'],
  h6: ['id'],
  p: [],
  br: [],
  blockquote: [],
  footer: [],
  ul: [],
  ol: [],
  li: [],
  figure: [],
  img: ['src', 'alt'],
  figcaption: [],
};
type Element = { localName: string; attributes: Iterable<{ name: string; value: string }> };

/** Fails where HTML has what we never make, as another parser reads it. */
function expectOurs(html: string): void {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  for (const { localName, attributes } of document.querySelectorAll('body *') as Iterable<Element>) {
    expect(Object.keys(ours)).toContain(localName);
    for (const { name, value } of attributes) {
      expect(ours[localName]).toContain(name);
      expect(name !== 'src' || /^https?:\/\//.test(value), value).toBe(true);
    }
  }
  expect(html.replace(/<\/?[a-z][a-z0-9]*(?: [a-z]+="[^"<>]*")*>/g, '')).not.toMatch(/[<>]/);
}

describe('blocks as HTML', () => {
  test('are blocks again, the same', () => {
    fc.assert(
      fc.property(fc.array(anyBlock, { maxLength: 8 }), (blocks) => {
        const settled = blocks.map((block) =>
          block.type === 'image' ? { ...block, url: new URL(block.url).href } : block,
        );
        expect(readBlocks(htmlOfBlocks(settled)).blocks).toEqual(settled);
      }),
      { numRuns: 500 },
    );
  });

  test('hold no markup but ours, whatever the words are', () => {
    fc.assert(fc.property(fc.array(anyBlock, { maxLength: 6 }), (blocks) => expectOurs(htmlOfBlocks(blocks))));
  });

  test('hold no markup but ours, whatever HTML they were read from, and reading them again changes nothing', () => {
    const tags = fc.constantFrom(
      'p',
      'h2',
      'ul',
      'li',
      'ol',
      'blockquote',
      'footer',
      'figure',
      'figcaption',
      'br',
      'div',
      'b',
      'svg',
      'script',
      'pre',
      'table',
      'td',
      'iframe',
      'img',
    );
    const piece = fc.oneof(
      tags.map((name) => `<${name}>`),
      tags.map((name) => `</${name}>`),
      fc.constantFrom(
        '<img src="https://a.example/x" onerror=x>',
        '<h3 id="a b">',
        '<p onclick="x">',
        '<a href="javascript:x">',
        '<!--',
        '-->',
        '<',
        '&#32;',
        '\0',
        '<img src=x:y>',
      ),
      words,
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const { blocks } = readBlocks(pieces.join(''));
        const html = htmlOfBlocks(blocks);
        expectOurs(html);
        expect(readBlocks(html).blocks).toEqual(blocks);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** A quarter of a megabyte of each takes a few hundredths of a second; what grows with the square takes many seconds. */
test.each([
  '<b>',
  '<div>',
  '<p>',
  '<blockquote>x',
  '<ul><li>x',
  '<',
  '&',
  '&#',
  '&lt',
  '<a x="',
  '<a href="https://x.example">',
  '<!--',
  '<![CDATA[',
  '<figure><img src="https://x.example/z">',
  '<figure><figcaption>x',
  'x<br>',
  '<h2>x',
  '<blockquote>x<footer>y',
  '<script>',
  '<svg>',
  ' x',
  '</b></p></ul></svg>',
  '\0<p>',
  '<pre>x\n',
  '<a x x x x x ',
])('250 KB of %j are read within a second', (piece) => {
  const html = piece.repeat((250 * 1024) / piece.length);
  const begin = performance.now();
  htmlOfBlocks(readBlocks(html).blocks);
  expect(performance.now() - begin).toBeLessThan(1_000);
});
