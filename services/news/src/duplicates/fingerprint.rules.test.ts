import { expect, test } from 'vitest';
import { createDraw, makeArticle, textOf } from '../../test/support/duplicates/generator.ts';
import { languages, lengths, measure, totalOf } from '../../test/support/duplicates/measure.ts';
import { ALIKE_MIN, fingerprintOf, likenessOf, runsOf } from './fingerprint.rules.ts';

const rows = measure({ languages, lengths, articles: 60 });

test.each(languages)('of copies in %s with 5 %% of the words changed at least 95 of 100 are found', (language) => {
  for (const row of rows.filter((one) => one.language === language)) {
    expect(row.found / row.copies, JSON.stringify(row)).toBeGreaterThanOrEqual(0.95);
  }
});

test('of pairs of copies, each with other 5 % of its words changed, at least 95 of 100 are found too', () => {
  expect(totalOf(rows).cousinRecall).toBeGreaterThanOrEqual(0.95);
});

test('of pairs of different articles on one topic at most one in a thousand is taken for the same', () => {
  const { pairs, falseAlarmRate, candidateRate } = totalOf(rows);
  expect(pairs).toBeGreaterThan(40_000);
  expect(falseAlarmRate).toBeLessThanOrEqual(0.001);
  expect(candidateRate).toBeLessThanOrEqual(0.01);
});

const print = (text: string) => fingerprintOf(text)?.fingerprint ?? '';
const article = textOf(makeArticle(createDraw(1), { language: 'mn', topic: 0, length: 120 }));

test.each([
  ['capitals', article.toUpperCase()],
  ['punctuation', article.replaceAll(' .', '!').replaceAll(' ', ' – ')],
  ['blanks and line breaks', article.replaceAll(' ', '\u00a0\n ')],
  ['letters that old fonts left', article.replaceAll('ө', 'є').replaceAll('ү', 'ї')],
  ['decomposed letters', article.normalize('NFD')],
])('%s do not count', (_what, text) => {
  expect(print(text)).toBe(print(article));
});

test('what stands between the thousands of a number does not count, and numbers beside each other stay apart', () => {
  expect(runsOf('1,500 тонн, 1 500 тонн')).toEqual(runsOf('1500 тонн 1500 тонн'));
  expect(runsOf('2022 12 31')).toHaveLength(2);
});

test('words that are not written apart are compared by their letters, the others of the text by words', () => {
  expect(runsOf('蒙古国, 煤炭 Oyu Tolgoi')).toHaveLength(3 + 1);
  expect(runsOf('蒙古国, 煤炭 Oyu Tolgoi')).toEqual(runsOf('Oyu 蒙古, 国煤炭 Tolgoi'));
});

test.each([
  ['no text', ''],
  ['a headline alone', 'Говь Цемент шинэ үйлдвэрээ ашиглалтад орууллаа'],
  ['punctuation alone', '. '.repeat(500)],
  ['one word over and over', 'тендер '.repeat(500)],
])('%s has no fingerprint: it would be that of many', (_what, text) => {
  expect(fingerprintOf(text)).toBeUndefined();
});

test.each([
  ['words', Array.from({ length: 100_000 }, (_, n) => `үг${n}`).join(' ')],
  ['letters', Array.from({ length: 260_000 }, (_, n) => String.fromCodePoint(0x4e00 + ((n * 7919) % 20_000))).join('')],
])('a text of 800 KB in %s takes less than a second and is known by its beginning', (_what, long) => {
  const begun = performance.now();
  const found = fingerprintOf(long);
  expect(performance.now() - begun).toBeLessThan(1_000);
  expect(print(`${long} more words`)).toBe(found?.fingerprint);
});

test('likeness is one of the same text, about the part in common of others, and none of what is no fingerprint', () => {
  const words = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `w${from + n}`).join(' ');
  expect(likenessOf(print(article), print(article))).toBe(1);
  expect(Math.abs(likenessOf(print(words(0, 1000)), print(words(200, 1200))) - 800 / 1200)).toBeLessThan(0.15);
  expect(likenessOf(print(words(0, 1000)), print(words(5000, 6000)))).toBeLessThan(ALIKE_MIN / 4);
  expect(likenessOf('', '')).toBe(0);
  expect(likenessOf(print(article), 'AAAA')).toBe(0);
});
