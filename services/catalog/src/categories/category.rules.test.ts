import { isSameJson } from '@ortoo/shared/contracts';
import { expect, test } from 'vitest';
import { openCategory, reviseCategory } from './category.rules.ts';
import { readCategorySeed } from './category-seed.ts';

const born = '2026-01-01T00:00:00.000Z';
const later = '2026-02-01T00:00:00.000Z';
const seed = { id: 'food', ordinal: 11, name: { en: 'Food', mn: 'Хүнс' }, synonyms: { en: ['grocery'] } };
const state = openCategory(seed, born);

test('the seed is 26 categories, each at its own place and with an English name', () => {
  const categories = readCategorySeed();
  expect(categories.map(({ ordinal }) => ordinal)).toEqual(Array.from({ length: 26 }, (_, index) => index + 1));
  expect(new Set(categories.map(({ id }) => id)).size).toBe(26);
  expect(categories.every(({ name }) => name.en)).toBe(true);
});

test('words change, code and place stay', () => {
  const next = reviseCategory(state, { mode: 'merge', body: { name: { en: 'Food and drinks' } } }, later);
  expect(next).toEqual({ ...state, name: { en: 'Food and drinks', mn: 'Хүнс' }, updatedAt: later });
  const replaced = reviseCategory(
    state,
    { mode: 'replace', body: { id: 'other', ordinal: 1, parent: 'x', name: { en: 'F' } } },
    later,
  );
  expect(replaced).toEqual({ ordinal: 11, parent: null, createdAt: born, updatedAt: later, name: { en: 'F' } });
});

test('what says the same is no change', () => {
  const same = reviseCategory(state, { mode: 'merge', body: { name: { mn: 'Хүнс' } } }, later);
  expect(isSameJson(same, state) && same === state).toBe(true);
});

test.each([
  [{ name: null }, '/name'],
  [{ nmae: 1 }, '/nmae'],
  [{ synonyms: { en: 'grocery' } }, '/synonyms/en'],
  [{ status: 'draft' }, '/status'],
  [{ crosswalk: { isic4: ['05'], unchecked: ['hs:27'] } }, '/crosswalk/unchecked/0'],
  [{ attributeSchema: { type: 'object', properties: {}, required: ['power'] } }, '/attributeSchema/required/0'],
  [
    { attributeSchema: { type: 'object', properties: { a: { type: 'string', pattern: 'x' } } } },
    '/attributeSchema/properties/a/pattern',
  ],
])('%j is refused at %s', (body, pointer) => {
  expect(() => reviseCategory(state, { mode: 'merge', body }, later)).toThrow(
    expect.objectContaining({ details: { errors: [expect.objectContaining({ pointer })] } }),
  );
});
