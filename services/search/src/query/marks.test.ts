import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findMarks, markText } from './marks.ts';
import { readQuery } from './read-query.ts';

const mark = (text: string, q: string, opening = false) =>
  markText(text, findMarks(text, readQuery(q).words, { opening }));

test.each([
  ['Говь Цемент ХХК', 'govi', '<em>Говь</em> Цемент ХХК'],
  ['Говь Цемент ХХК', 'цементийн', 'Говь <em>Цемент</em> ХХК'],
  ['Gobi Cement LLC', 'говь cement', '<em>Gobi</em> <em>Cement</em> LLC'],
  ['Roads & <b>bridges</b>', 'road bridge', '<em>Roads</em> &amp; &lt;b&gt;<em>bridges</em>&lt;/b&gt;'],
  ['Аи\u0306маг бар\u200Dилга', 'аймаг барилга', '<em>Аи\u0306маг</em> <em>бар\u200Dилга</em>'],
  ['蒙古建筑公司', '建筑', '蒙古<em>建筑</em>公司'],
  ['한국건설 주식회사', '건설', '한국<em>건설</em> 주식회사'],
  ['🏗️ Барилга', 'barilga 🏗️', '🏗️ <em>Барилга</em>'],
  ['Steel', 'copper', undefined],
  ['Говь', 'го', undefined],
])('of %s, what was typed as %s is marked', (text, q, expected) => {
  expect(mark(text, q)).toBe(expected);
});

test.each([
  ['Говь Цемент ХХК', 'gob', '<em>Говь</em> Цемент ХХК'],
  ['Барилга', 'barilg', '<em>Барилга</em>'],
  ['Хөтөч замнал', 'hut zam', '<em>Хөтөч</em> <em>замнал</em>'],
  ['Алтан', 'а', undefined],
])('of %s, what begins as %s is marked', (text, q, expected) => {
  expect(mark(text, q, true)).toBe(expected);
});

test('whatever is shown and typed, nothing but <em> is a tag, and without them the text is the same', () => {
  const toText = (html: string) =>
    html
      .replace(/<\/?em>/g, '')
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&quot;/g, '"')
      .replace(/&#x27;/g, "'")
      .replace(/&amp;/g, '&');
  const hostile = fc.string({
    unit: fc.constantFrom(
      '<',
      '>',
      '&',
      '"',
      "'",
      '/',
      ' ',
      'em',
      'script',
      '<em>',
      '</em>',
      'а',
      'б',
      '\u202E',
      '\u200D',
      '👷',
      '\uD800',
      '建',
    ),
    maxLength: 60,
  });
  fc.assert(
    fc.property(hostile, hostile, fc.boolean(), (text, q, opening) => {
      const shown = mark(text, q, opening);
      if (shown === undefined) return true;
      const isSafe =
        !/<(?!\/?em>)/.test(shown) && (shown.match(/<em>/g) ?? []).length === (shown.match(/<\/em>/g) ?? []).length;
      return isSafe && shown.isWellFormed() && toText(shown) === text.toWellFormed();
    }),
  );
});
