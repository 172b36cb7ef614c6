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
] as const)('%s (%s) has %i words', (text, language, words) => {
  expect(countWords(text, language)).toBe(words);
});

test('Chinese words are counted though nothing stands between them', () => {
  expect(countWords('蒙古国是合作伙伴', 'zh')).toBeGreaterThan(1);
});

test('anchors are unique, keep what the author gave where it is free, and settling twice changes nothing', () => {
  const text = fc.oneof(
    fc.constantFrom('A', 'a', '***', 'a-2', 'б'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }),
  );
  const headings = fc.array(
    fc.record({
      text: text.filter((t) => /\S/.test(t)),
      anchor: fc.option(fc.constantFrom('a', 'a-2', 'x'), { nil: undefined }),
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
    }),
  );
});
