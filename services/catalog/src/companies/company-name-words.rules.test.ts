import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allNames, isTelling, nameWords, rareWords, similarityOf } from './company-name-words.rules.ts';

test.each([
  [
    'Говь Цемент ХХК',
    'Gobi Cement LLC',
    'GOVI TSEMENT Co., Ltd.',
    'Цемент, Говь',
    '«Говь» Цемент хязгаарлагдмал хариуцлагатай компани',
  ],
  ['Эрдэнэт үйлдвэр ТӨҮГ', 'Erdenet Uildver', 'Erdenet  üildver'],
  ['(주)고비시멘트', '고비시멘트', '고비시멘트 주식회사'],
  ['戈壁水泥有限公司', '戈壁水泥'],
  ['Хас банк', 'Khas Bank', 'Xas bank'],
])('%s is one name in every spelling', (...spellings) => {
  expect(new Set(spellings.map((name) => nameWords(name).join(' '))).size).toBe(1);
});

test.each([
  ['Говь Цемент', 'Алтай Цемент'],
  ['Сургууль 1', 'Сургууль 2'],
  ['Номин', 'Номт'],
])('%s and %s are two', (one, other) => {
  expect(nameWords(one)).not.toEqual(nameWords(other));
});

test('what thousands share is told from what few do', () => {
  expect(rareWords(nameWords('Монгол Цемент Трейд'))).toEqual(nameWords('Цемент'));
  expect(rareWords(nameWords('Mongolia Construction Group'))).toEqual([]);
});

test.each([
  ['1', false],
  ['2024', false],
  ['a', false],
  ['ab', true],
  ['水', true],
])('%s can tell a company: %s', (word, expected) => {
  expect(isTelling(word)).toBe(expected);
});

test.each([
  ['Говь Цемент', 'Gobi Cement', 1],
  ['Говь Цемент', 'Gobi Cement & Concrete', 2 / 3],
  ['Номин', 'Номин Холдинг', 0.8],
  ['Монгол Цемент', 'Монгол Алт', 0.25 / 2.25],
  ['Говь', 'Алтай', 0],
])('%s is like %s by %d', (one, other, expected) => {
  expect(similarityOf(nameWords(one), nameWords(other))).toBeCloseTo(expected, 10);
});

test('every name in every language counts, each set of words once', () => {
  const names = allNames({
    displayName: { mn: 'Говь Цемент ХХК', en: 'Gobi Cement LLC' },
    legalName: { mn: 'Говь Цемент' },
    altNames: [{ en: 'Desert Works' }, { ru: '***' }],
  });
  expect(names).toEqual([nameWords('Говь Цемент'), nameWords('Desert Works')]);
});

test('similarity is between 0 and 1, goes both ways, and is 1 for itself', () => {
  const name = fc.string({ unit: 'grapheme', maxLength: 60 }).map(nameWords);
  fc.assert(
    fc.property(name, name, (one, other) => {
      const likeness = similarityOf(one, other);
      expect(likeness).toBeGreaterThanOrEqual(0);
      expect(likeness).toBeLessThanOrEqual(1);
      expect(similarityOf(other, one)).toBe(likeness);
      expect(similarityOf(one, one)).toBe(one.length > 0 ? 1 : 0);
    }),
  );
});
