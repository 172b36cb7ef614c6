import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findOwnKey } from './admin-key.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ortoo-key-'));
  file = join(folder, 'admin-key');
  writeFileSync(file, 'ok_live_kept\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ['the key that was named', { apiUrl: undefined, apiKey: 'ok_live_named' }, 'ok_live_named'],
  ['else the key that is kept', { apiUrl: undefined, apiKey: undefined }, 'ok_live_kept'],
  ['never the key of another Ortoo', { apiUrl: 'https://api.example.mn', apiKey: 'ok_live_named' }, 'ok_live_kept'],
])('for the Ortoo of this folder, every verb takes %s', (_what, config, key) => {
  expect(findOwnKey(config, file)).toBe(key);
});

test('without either there is none', () => {
  expect(findOwnKey({ apiUrl: undefined, apiKey: undefined }, join(folder, 'other'))).toBeUndefined();
});
