import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPageFile } from './page-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ortoo-page-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

test.each([
  ['a.txt', 'A headline', { text: 'A headline' }],
  ['a.html', '<p>A headline', { html: '<p>A headline' }],
  ['a.txt', '<!doctype html><p>A headline', { html: '<!doctype html><p>A headline' }],
  ['b.txt', '\ufeffГарчиг', { text: 'Гарчиг' }],
])('%s with %j is sent as %j', (name, content, request) => expect(readPageFile(put(name, content))).toEqual(request));

test.each([
  ['an empty file', Buffer.from(''), 'is empty'],
  ['blanks only', Buffer.from(' \n\t'), 'is empty'],
  ['NUL', Buffer.from('A\0B'), 'holds NUL'],
  ['Windows-1251', Buffer.from([0xc3, 0xee, 0xe2, 0xfc]), 'is not UTF-8'],
  [
    'UTF-8 with bytes of another encoding in it',
    Buffer.concat([Buffer.from('Говь '), Buffer.from([0xe9, 0x20])]),
    'is not UTF-8',
  ],
  ['UTF-16', Buffer.from('\ufeffHeadline', 'utf16le'), 'is UTF-16'],
  ['more than 900 KB', Buffer.alloc(900 * 1024 + 1, 'a'), 'is larger than the 900 KB'],
  ['what grows over 900 KB on its way', Buffer.alloc(500 * 1024, '"'), 'is larger than the 900 KB'],
])('%s is refused in one sentence that names the file', (_what, content, told) => {
  const path = put('page.txt', content);
  expect(() => readPageFile(path)).toThrow(`${path} ${told}`);
});

test('a file that is not there and a folder are refused by name', () => {
  expect(() => readPageFile(join(folder, 'none.txt'))).toThrow('none.txt is not there.');
  expect(() => readPageFile(folder)).toThrow(`${folder} is a folder.`);
});
