import { expect, test } from 'vitest';
import { namesBesideDate } from './masthead.rules.ts';
import { isMediaName, mayNameMedium, unquoted } from './media-names.rules.ts';
import { shapePage } from './page-shape.rules.ts';
import { readPlainPage } from './plain-page.rules.ts';
import { readUnits } from './units.rules.ts';

const TEXT = 'The bridge over the Orkhon was opened this week. It took four years to build, and it is long.';
const shape = (head: string) => shapePage(readUnits(readPlainPage(`${head}\n\n${TEXT}\n\n${TEXT}`)));

test.each([
  ['Steppe Post\nA new bridge brings two valleys together', 'Steppe Post'],
  ['Steppe Post\n\nA new bridge brings two valleys together\nBy Anna Berg', 'Steppe Post'],
  ['ТАЛЫН ТОЛЬ\nХоёр хөндийг холбосон шинэ гүүр нээгдлээ', 'ТАЛЫН ТОЛЬ'],
  [
    'Hearth & Ledger\nSmall business, plainly told\n\nMONEY\n\nA new bridge brings two valleys together',
    'Hearth & Ledger',
  ],
  ['Steppe Post | Economy\n\nA new bridge brings two valleys together', 'Steppe Post'],
  ['Home\nNews\nContact\n\nSteppe Post\n\nA new bridge brings two valleys together', 'Steppe Post'],
  ['Хоёр гол\nkhoyor-gol.example\n\nХоёр хөндийг холбосон шинэ гүүр нээгдлээ', 'Хоёр гол'],
  ['초원신문\n강 위에 새 다리가 놓였다\n2023.05.04', '초원신문'],
])('the first line of %j is the name of the page', (head, name) => {
  expect(shape(head).masthead?.name).toBe(name);
});

test.each([
  'A new bridge brings two valleys together',
  'A new bridge brings two valleys together\nIt took four years to build and nobody was hurt',
  'Home\nNews\nContact\n\nA new bridge brings two valleys together',
  'Opinion\n\nA new bridge brings two valleys together',
  'PRESS RELEASE\n\nA new bridge brings two valleys together',
  'By Anna Berg\nA new bridge brings two valleys together',
  '4 May 2023\nA new bridge brings two valleys together',
])('%j bears no name', (head) => expect(shape(head).masthead).toBeUndefined());

test.each([
  ['Steppe Post | 4 May 2023', 'Steppe Post'],
  ['《草原周刊》2023年5月4日', '草原周刊'],
  ['«Тариаланч» сонин, 2023.05.04', 'Тариаланч'],
  ['Талын тойм, 2023 оны 5 сар', 'Талын тойм'],
  ['Anna Berg, 4 May 2023', undefined],
  ['Thursday, 4 May 2023', undefined],
  ['4 May 2023 · 6 min read', undefined],
])('beside the date of %j stands %s', (text, name) => {
  const unit = { kind: 'about' as const, text, span: [0, text.length] as [number, number], isAfterGap: true };
  const [found] = namesBesideDate(unit);
  expect(found?.value.name).toBe(name);
  expect(found && text.slice(...found.span)).toBe(name);
});

test.each([
  ['Orkhon Weekly', true],
  ['草原日报', true],
  ['Anna Berg', false],
  ['News', false],
  ['A post about the news, and more', false],
])('%s is called like a medium: %s', (name, is) => expect(isMediaName(name)).toBe(is));

test('a sentence, a number and a rubric name no medium', () => {
  expect(['It rains.', '12 stories', 'Экономика', 'as it was'].filter(mayNameMedium)).toEqual([]);
  expect(unquoted('журнал «Степь»')).toBe('Степь');
});

test.each([
  ['Заречье, 5 мая 2021', 'first', 'Заречье'],
  ['초원마을 | 2023년 5월 4일', 'first', '초원마을'],
  ['Strange Letters, May 2023', 'first', undefined],
  ['Strange Letters, May 2023', 'signed-elsewhere', 'Strange Letters'],
  ['Улаанбаатар, 2023.05.04', 'first', undefined],
  ['Б.Болор, 2023.05.04', 'first', undefined],
] as const)('%s as the first line of a page (%s) names %s', (text, first, name) => {
  const unit = { kind: 'about' as const, text, span: [0, text.length] as [number, number], isAfterGap: true };
  expect(namesBesideDate(unit, first)[0]?.value.name).toBe(name);
});
