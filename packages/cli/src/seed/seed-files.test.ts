import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSeedItems } from './seed-files.ts';
import { noteSeed, wasSeedCutShort } from './seed-state.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ortoo-seed-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('companies are loaded before the offerings, articles and events that name them, each with its place', () => {
  writeFileSync(join(folder, 'companies.json'), '[{"a":1},{"a":2}]');
  writeFileSync(join(folder, 'offerings.json'), '[{"c":1}]');
  writeFileSync(join(folder, 'articles.json'), '[{"b":1}]');
  writeFileSync(join(folder, 'events.json'), '[{"d":1}]');
  expect(readSeedItems(folder).map(({ place, body }) => [place, body])).toEqual([
    ['companies.json[0]', { a: 1 }],
    ['companies.json[1]', { a: 2 }],
    ['offerings.json[0]', { c: 1 }],
    ['articles.json[0]', { b: 1 }],
    ['events.json[0]', { d: 1 }],
  ]);
});

test.each(['{"a":1}', '[1]', '[[]]', '[null]'])(
  'a seed file that is no list of objects is refused by name: %s',
  (text) => {
    writeFileSync(join(folder, 'companies.json'), text);
    expect(() => readSeedItems(folder)).toThrow('companies.json is not a list of objects');
  },
);

test('a seed file that is missing or broken is refused by name', () => {
  expect(() => readSeedItems(folder)).toThrow('companies.json cannot be read');
  writeFileSync(join(folder, 'companies.json'), '[{');
  expect(() => readSeedItems(folder)).toThrow('companies.json cannot be read');
});

test('a loading that began and did not end is known as cut short', () => {
  const path = join(folder, 'seed.json');
  expect(wasSeedCutShort(path)).toBe(false);
  noteSeed(path, { state: 'running' });
  expect(wasSeedCutShort(path)).toBe(true);
  noteSeed(path, { state: 'done', created: 1, present: 0, failed: 0 });
  expect(wasSeedCutShort(path)).toBe(false);
});
