import { createSeededRandom } from '@ortoo/shared/kernel';
import { expect, test } from 'vitest';
import { romanise } from './romanise.ts';
import { inventWord } from './syllables.ts';

const words = Array.from({ length: 3000 }, (_, index) => inventWord(createSeededRandom(11, index)));

test('an invented word keeps to one family of vowels', () => {
  const mixed = words.filter((word) => /[аоу]/.test(word) && /[эөү]/.test(word));
  expect(mixed).toEqual([]);
});

test('an invented word has the sounds of Mongolian: no native onset is missing a vowel, no р, п, к or ф begins it', () => {
  for (const word of words) expect(word).toMatch(/^[абгдежзилмнорстухцчшэөүйв]{3,24}$/);
  expect(words.filter((word) => /^[рпкфв]/.test(word))).toEqual([]);
  expect(words.filter((word) => /[^аоуэөүий]{4}/.test(word))).toEqual([]);
});

test('invented words seldom repeat', () => {
  expect(new Set(words).size).toBeGreaterThan(2800);
});

test.each([
  ['Хөх Тал', 'Khukh Tal', 'Hoh Tal', 'Khökh Tal'],
  ['Хийморь', 'Khiimori', 'Hiimor', 'Khiimori'],
  ['Ямаа Ёс ЮҮ', 'Yamaa Yos YuU', 'Yamaa Yos YuU', 'Yamaa Yos YuÜ'],
  ['LED 5', 'LED 5', 'LED 5', 'LED 5'],
])('%s is spelled in three ways', (mn, standard, informal, marked) => {
  expect([romanise(mn, 'standard'), romanise(mn, 'informal'), romanise(mn, 'marked')]).toEqual([
    standard,
    informal,
    marked,
  ]);
});
