import { expect, test } from 'vitest';
import { readAuthors, readEditor } from './credits.rules.ts';
import { shapePage } from './page-shape.rules.ts';
import { readPlainPage } from './plain-page.rules.ts';
import { readUnits } from './units.rules.ts';

const TEXT = 'The bridge over the Orkhon was opened this week. It took four years to build, and it is long.';
const shape = (line: string, foot = '') =>
  shapePage(
    readUnits(readPlainPage(`A new bridge brings two valleys together\n${line}\n\n${TEXT}\n\n${TEXT}\n\n${foot}`)),
  );

test.each([
  ['By Anna Berg', ['Anna Berg']],
  ['Anna Berg, 4 May 2023', ['Anna Berg']],
  ['Posted by Anna Berg on 4 May 2023 at 5:20 p.m.', ['Anna Berg']],
  ['Б.Болор | 2023-05-04', ['Б.Болор']],
  ['Нийтэлсэн: Б.Болор, 2023-05-04 17:30', ['Б.Болор']],
  ['4 мая 2023 г. Анна Седова', ['Анна Седова']],
  ['Рассказывает Анна Седова', ['Анна Седова']],
  ['방은채 객원기자 입력 2023.05.04', ['방은채']],
  ['글 | 유단비', ['유단비']],
  ['康宁/文', ['康宁']],
  ['草原日报记者 顾平 2023-05-04', ['顾平']],
  ['Steppe Post | May 2023', undefined],
  ['Thursday, 4 May 2023', undefined],
  ['Photo by Anna Berg', undefined],
])('%s names as authors %j', (line, authors) => expect(readAuthors(shape(line))?.value).toEqual(authors));

test('a full name right under the text has signed it, a firm has not', () => {
  expect(readAuthors(shape('4 May 2023', 'Зоя Клименко, фото автора'))?.value).toEqual(['Зоя Клименко']);
  expect(readAuthors(shape('4 May 2023', 'Steppe Post'))).toBeUndefined();
});

test.each([
  ['Edited by Anna Berg', 'Anna Berg'],
  ['Editor – Anna Berg', 'Anna Berg'],
  ['Хянан тохиолдуулсан С.Уянга', 'С.Уянга'],
  ['Редактор: О. Кравец', 'О. Кравец'],
  ['（责任编辑 林溪）', '林溪'],
  ['편집=조성우', '조성우'],
  ['Editorial office: news@steppe-post.example', undefined],
])('%s names as editor %s', (foot, editor) => {
  expect(readEditor(shape('4 May 2023', foot))[0]?.value).toBe(editor);
});
