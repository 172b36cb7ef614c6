import { Block, createParser } from '@ortoo/shared/contracts';
import fc from 'fast-check';
import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { countWords, settleBody } from './article-body.rules.ts';

const heading = (text: string, anchor?: string): Block => ({
  type: 'heading',
  level: 2,
  text,
  ...(anchor ? { anchor } : {}),
});

test('headings get anchors from their text, and the text is a line a block', () => {
  const settled = settleBody(
    [
      heading('FRIENDS WITH NORTH AND SOUTH'),
      { type: 'paragraph', text: 'Mongolia talks to both.' },
      { type: 'quote', text: 'We listen.', by: 'A minister' },
      { type: 'list', items: ['Copper', 'Coal'] },
      { type: 'image', url: 'https://a.example/x.jpg', alt: 'A road' },
      heading('Түүх'),
    ],
    'en',
  );
  expect(settled.sections).toEqual([
    { heading: 'FRIENDS WITH NORTH AND SOUTH', level: 2, anchor: 'friends-with-north-and-south' },
    { heading: 'Түүх', level: 2, anchor: 'түүх' },
  ]);
  expect(settled.plainText).toBe(
    'FRIENDS WITH NORTH AND SOUTH\nMongolia talks to both.\nWe listen.\nCopper\nCoal\nТүүх',
  );
  expect(settled.wordCount).toBe(14);
  expect(settled.body?.[0]).toEqual(heading('FRIENDS WITH NORTH AND SOUTH', 'friends-with-north-and-south'));
});

test('an article without a body has no text', () => {
  expect(settleBody(undefined, 'mn')).toEqual({ plainText: '', sections: [], wordCount: 0 });
});

test.each([
  ['Монгол улс 2022 онд', 'mn', 4],
  ['Монгол, улс — онд!', 'mn', 3],
  ['몽골의 강력한 파트너', 'ko', 3],
  ['', 'en', 0],
  ['2022 оны 9-р сарын 21-нд', 'mn', 5],
  ['well-known — and so-called', 'en', 3],
  ['well—known', 'en', 2],
  ['- one - two -', 'en', 2],
  ['Нью-Йорк, 2022-09-21', 'ru', 2],
  ['don’t pay 3.5%', 'en', 3],
] as const)('%s (%s) has %i words', (text, language, words) => {
  expect(countWords(text, language)).toBe(words);
});

test('Chinese words are counted though nothing stands between them', () => {
  expect(countWords('蒙古国是合作伙伴', 'zh')).toBeGreaterThan(1);
});

test('a heading keeps its anchor when others come before it, when it is sent without, and when its words change', () => {
  const before = settleBody([heading('Trade'), heading('Trade'), heading('Past', 'history')], 'en').body;
  const anchorsOf = (blocks: Block[]) => settleBody(blocks, 'en', before).sections.map(({ anchor }) => anchor);
  expect(anchorsOf([heading('Trade'), heading('Past')])).toEqual(['trade', 'history']);
  expect(anchorsOf([heading('Trade 2'), heading('Trade', 'trade'), heading('Trade')])).toEqual([
    'trade-2-2',
    'trade',
    'trade-2',
  ]);
  expect(anchorsOf([heading('History'), heading('Past'), heading('Trading', 'trade')])).toEqual([
    'history-2',
    'history',
    'trade',
  ]);
});

test.each([
  ['a b\n c', 'a-b-c'],
  ['e\u0301', 'é'],
  [' - ', 'trade'],
  ['Түүх', 'Түүх'],
  ['歷史', '歷史'],
])('the anchor %j is kept as %s', (given, kept) => {
  expect(settleBody([heading('Trade', given)], 'en').sections[0]?.anchor).toBe(kept);
});

test('anchors are unique, keep what the author gave where it is free, and settling twice changes nothing', () => {
  const text = fc.oneof(
    fc.constantFrom('A', 'a', '***', 'a-2', 'б'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }),
  );
  const headings = fc.array(
    fc.record({
      text: text.filter((t) => /\S/.test(t)),
      anchor: fc.option(
        fc.oneof(
          fc.constantFrom('a', 'a-2', 'x', ' a', 'a\u0301'),
          fc.string({ unit: 'binary', minLength: 1, maxLength: 120 }),
        ),
        { nil: undefined },
      ),
    }),
    { maxLength: 12 },
  );
  const parse = createParser(Type.Array(Block));
  fc.assert(
    fc.property(headings, (list) => {
      const settled = settleBody(
        list.map(({ text: words, anchor }) => heading(words, anchor)),
        'en',
      );
      const anchors = settled.sections.map(({ anchor }) => anchor);
      expect(new Set(anchors).size).toBe(anchors.length);
      parse(settled.body);
      expect(settleBody(settled.body, 'en')).toEqual(settled);
      const plain = list.map(({ text: words }) => heading(words));
      expect(settleBody(plain, 'en', settled.body).body).toEqual(settled.body);
    }),
  );
});
