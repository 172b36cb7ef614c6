import { type Block, htmlOfBlocks } from '@ortoo/shared/contracts';
import { expect, test } from 'vitest';
import { readBodyHtml } from './article-html.rules.ts';

const body: Block[] = [
  { type: 'paragraph', text: 'A & b' },
  { type: 'list', ordered: false, items: ['c'] },
];
const reason = 'article.html-invalid';

test('HTML becomes the body, and other members stay', () => {
  expect(readBodyHtml({ headline: 'x', bodyHtml: '<p>A</p>' })).toEqual({
    body: { headline: 'x', body: [{ type: 'paragraph', text: 'A' }] },
    faults: [],
  });
  expect(readBodyHtml({ headline: 'x', body })).toEqual({ body: { headline: 'x', body }, faults: [] });
});

test('null removes the body, and what is no HTML is left to the schema', () => {
  expect(readBodyHtml({ bodyHtml: null })).toEqual({ body: { body: null }, faults: [] });
  for (const bodyHtml of ['', 7, ['<p>'], 'x'.repeat(256 * 1024 + 1)])
    expect(readBodyHtml({ bodyHtml })).toEqual({ body: { bodyHtml }, faults: [] });
});

test('one body told twice is one body, and the current one told as HTML is the current one', () => {
  expect(readBodyHtml({ body, bodyHtml: htmlOfBlocks(body) })).toEqual({ body: { body }, faults: [] });
  expect(readBodyHtml({ bodyHtml: htmlOfBlocks(body) }, body)).toEqual({ body: { body }, faults: [] });
});

test.each<[what: string, members: object, faults: object[]]>([
  [
    'two bodies',
    { body, bodyHtml: '<p>Other</p>' },
    ['/body', '/bodyHtml'].map((pointer) => ({
      pointer,
      message: 'says the body a second time',
      expected: '`body` or `bodyHtml`, not both',
      reason: 'article.body-twice',
    })),
  ],
  [
    'HTML of nothing',
    { bodyHtml: '<script>alert(1)</script>' },
    [{ pointer: '/bodyHtml', message: 'has no text and no image', expected: 'HTML of a text', reason }],
  ],
  [
    'an element that hides the rest',
    { bodyHtml: '<p>A</p><svg><p>b' },
    [
      {
        pointer: '/bodyHtml',
        message: 'has an element svg that does not end; all after it would be lost',
        expected: 'elements that end',
        reason,
      },
    ],
  ],
  [
    'a heading that is too long',
    { bodyHtml: `<p>A</p><h2>${'b'.repeat(301)}</h2>` },
    [{ pointer: '/bodyHtml', message: expect.stringContaining('/1/text'), expected: 'limit 300', reason }],
  ],
  [
    'too many blocks',
    { bodyHtml: '<p>A'.repeat(1_001) },
    [{ pointer: '/bodyHtml', message: 'has 1001 blocks', expected: 'at most 1000', reason: 'article.body-too-long' }],
  ],
])('%s: refused', (_what, members, faults) => {
  expect(readBodyHtml({ ...members }).faults).toEqual(faults);
});

test('tens of thousands of blocks are refused as fast as they are read', () => {
  const begin = performance.now();
  const blocks = Array.from({ length: 60_000 }, () => ({ type: 'paragraph', text: 'x' }));
  expect(readBodyHtml({ body: blocks }).faults).toEqual([
    { pointer: '/body', message: 'has 60000 blocks', expected: 'at most 1000', reason: 'article.body-too-long' },
  ]);
  expect(readBodyHtml({ bodyHtml: '<p>x'.repeat(60_000) }).faults).toHaveLength(1);
  expect(performance.now() - begin).toBeLessThan(1_000);
});
