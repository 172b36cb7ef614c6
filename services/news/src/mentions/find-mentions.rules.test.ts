import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { thresholds } from '../intake/thresholds.rules.ts';
import { indexName, type NameSort } from './company-names.rules.ts';
import { findNames } from './find-mentions.rules.ts';
import { createNameTable, type NameTable } from './name-table.ts';

const lines = (name: string) =>
  readFileSync(new URL(`../../test/data/${name}.txt`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

type Dictionary = { table: NameTable; keys: string[] };

/** The companies of a file: a key, then the names. */
function readCompanies(name: string): Dictionary {
  const dictionary = { table: createNameTable(), keys: [] as string[] };
  for (const line of lines(name)) {
    const [key = '', names = ''] = line.split(/: (.*)/su);
    const company = dictionary.keys.push(key) - 1;
    for (const part of names.split('; ')) addName(dictionary.table, company, part);
  }
  return dictionary;
}

function addName(table: NameTable, company: number, part: string): void {
  const [, mark = '', text = ''] = /^(?:(legal|alt):)?(.*)$/u.exec(part) ?? [];
  const sort: NameSort = mark === 'legal' ? 'legal' : mark === 'alt' ? 'other' : 'display';
  const indexed = indexName({ sort, text });
  if (indexed) table.add(company, indexed);
}

/** A sentence without its marks, and what they mark. */
function readSentence(line: string) {
  const wanted: string[] = [];
  let text = '';
  for (const [, key, words, plain] of line.slice(3).matchAll(/\{(\w+)\|([^}]*)\}|([^{]+)/gu)) {
    if (key !== undefined) wanted.push(`${key} ${text.length}-${text.length + (words ?? '').length} ${words}`);
    text += words ?? plain ?? '';
  }
  return { text, wanted };
}

function namedIn(text: string, { table, keys }: Dictionary): string[] {
  return findNames(text, table)
    .filter(({ confidence }) => confidence >= thresholds.mentions)
    .map(({ company, span }) => `${keys[company]} ${span[0]}-${span[1]} ${text.slice(...span)}`);
}

function measure(sentences: string, companies: string) {
  const dictionary = readCompanies(companies);
  const all = lines(sentences).map(readSentence);
  const outcomes = all.map(({ text, wanted }) => ({ text, wanted, got: namedIn(text, dictionary) }));
  const missed = outcomes.flatMap(({ wanted, got, text }) =>
    wanted.filter((one) => !got.includes(one)).map((one) => `${one} in: ${text}`),
  );
  const wrong = outcomes.flatMap(({ wanted, got, text }) =>
    got.filter((one) => !wanted.includes(one)).map((one) => `${one} in: ${text}`),
  );
  const right = outcomes.flatMap(({ wanted, got }) => got.filter((one) => wanted.includes(one))).length;
  return {
    count: all.length,
    missed,
    wrong,
    precision: right / (right + wrong.length),
    recall: right / (right + missed.length),
  };
}

/** The second set was written after the matcher, over other companies, and is there only to measure. */
describe.each([
  ['mention-sentences', 'mention-companies', 200],
  ['mention-sentences-measured', 'mention-companies-measured', 70],
])('companies are found in the sentences of %s', (sentences, companies, atLeast) => {
  test('with exact spans: precision 0.95 and recall 0.9 or more', () => {
    const { count, precision, recall, wrong, missed } = measure(sentences, companies);
    expect(count).toBeGreaterThanOrEqual(atLeast);
    expect(precision, wrong.join('\n')).toBeGreaterThanOrEqual(0.95);
    expect(recall, missed.join('\n')).toBeGreaterThanOrEqual(0.9);
  });
});
