import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type KnownCategory, recognisePortal } from './portal-page.rules.ts';

const ours = JSON.parse(
  readFileSync(new URL('../../../../data/categories.json', import.meta.url), 'utf8'),
) as KnownCategory[];
const names = ours.map(({ name }) => name.en ?? '');
const listed = (lines: string[]) =>
  ['Category', ...lines.map((line) => `- ${line}`), 'Events', '', 'A headline of a page'].join('\n');

test('the list of the portal is recognised whole, in its order, and its Events section is seen', () => {
  const frame = recognisePortal(listed(names), ours);
  expect(frame).toEqual({ recognised: ours.map(({ id }) => id), missing: [], unknown: [], known: 26, hasEvents: true });
});

test.each([
  ['Engineer, Architecture & Geodesy', 'engineering-architecture-geodesy'],
  ['FINANCE, AUDIT, ACCOUNTING AND BROKERAGE', 'finance-audit'],
  ['Bank / non-banking financing / investment (12)', 'banking-investment'],
  ['3. Уул уурхайн үйлчилгээ', 'mining-services'],
  ['Страхование', 'insurance'],
  ['우주', undefined],
  ['照明', 'lighting'],
  ['street lighting', 'lighting'],
  ['уул уурхай', undefined],
  ['Rocketry', undefined],
])('%s is %s', (line, code) => {
  const { recognised, unknown } = recognisePortal(listed(['Agriculture', line, 'Travel']), ours);
  expect(recognised).toEqual(['agriculture', code, 'travel'].filter(Boolean));
  expect(unknown).toEqual(code === undefined ? [line] : []);
});

test('what the list lacks is named', () => {
  const { missing } = recognisePortal(listed(names.filter((name) => name !== 'Road' && name !== 'Food')), ours);
  expect(missing).toEqual(['food', 'road']);
});

test('a list without a head is found by three of ours in a row', () => {
  expect(recognisePortal(names.slice(0, 5).join('\n'), ours).recognised).toHaveLength(5);
  expect(recognisePortal(names.slice(0, 2).join('\n'), ours).recognised).toEqual([]);
});

test.each([
  ['nothing', ''],
  [
    'an article whose headings are categories',
    'A headline\n\nA long sentence about energy.\n\nEnergy\n\nAnother sentence.',
  ],
  ['a head with no list under it', 'Category\nA headline of a page\nA sentence that is long enough to be text.'],
])('%s is no list of the portal', (_what, text) => {
  expect(recognisePortal(text, ours)).toMatchObject({ recognised: [], unknown: [], hasEvents: false });
});

test('the word events in a text below the list is no section', () => {
  const text = listed(names).replace('Events\n', '').concat('\nOne.\nTwo.\nThree.\nEvents\n');
  expect(recognisePortal(text, ours).hasEvents).toBe(false);
});
