import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { indexName, type NameSort } from './company-names.rules.ts';
import { findNames } from './find-mentions.rules.ts';
import { createNameTable } from './name-table.ts';

const THRESHOLD = 0.7;
const lines = (name: string) =>
  readFileSync(new URL(`../../test/data/${name}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

const keys: string[] = [];
const table = createNameTable();
for (const line of lines('mention-companies.txt')) {
  const [key = '', names = ''] = line.split(/: (.*)/su);
  const company = keys.push(key) - 1;
  for (const part of names.split('; ')) {
    const [, mark = '', text = ''] = /^(?:(legal|alt):)?(.*)$/u.exec(part) ?? [];
    const sort: NameSort = mark === 'legal' ? 'legal' : mark === 'alt' ? 'other' : 'display';
    const indexed = indexName({ sort, text });
    if (indexed) table.add(company, indexed);
  }
}

/** A sentence without its marks, and what they mark. */
function readSentence(line: string) {
  const language = line.slice(0, 2);
  const wanted: string[] = [];
  let text = '';
  for (const [, key, words, plain] of line.slice(3).matchAll(/\{(\w+)\|([^}]*)\}|([^{]+)/gu)) {
    if (key !== undefined) wanted.push(`${key} ${text.length}-${text.length + (words ?? '').length} ${words}`);
    text += words ?? plain ?? '';
  }
  return { language, text, wanted };
}

const sentences = lines('mention-sentences.txt').map(readSentence);

test('companies are found in sentences of five languages, with exact spans', () => {
  let right = 0;
  let found = 0;
  const missed: string[] = [];
  const wrong: string[] = [];
  for (const { text, wanted } of sentences) {
    const got = findNames(text, table)
      .filter(({ confidence }) => confidence >= THRESHOLD)
      .map(({ company, span }) => `${keys[company]} ${span[0]}-${span[1]} ${text.slice(...span)}`);
    found += got.length;
    right += got.filter((one) => wanted.includes(one)).length;
    missed.push(...wanted.filter((one) => !got.includes(one)));
    wrong.push(...got.filter((one) => !wanted.includes(one)).map((one) => `${one} in: ${text}`));
  }
  const precision = right / found;
  const recall = right / (right + missed.length);
  expect(sentences.length).toBeGreaterThanOrEqual(200);
  expect(precision, wrong.join('\n')).toBeGreaterThanOrEqual(0.95);
  expect(recall, missed.join('\n')).toBeGreaterThanOrEqual(0.9);
});
