import { type CategoryState, isSameJson } from '@ortoo/shared/contracts';
import type { AppError } from '@ortoo/shared/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CHILDREN_MAX,
  openCategory,
  openSubCategory,
  plantCategory,
  requireNotFixed,
  requireUnused,
  reviseCategory,
} from './category.rules.ts';
import { readCategorySeed } from './category-seed.ts';

const born = '2026-01-01T00:00:00.000Z';
const later = '2026-02-01T00:00:00.000Z';
const seed = { id: 'food', ordinal: 11, name: { en: 'Food', mn: 'Хүнс' }, synonyms: { en: ['grocery'] } };
const state = openCategory(seed, born);
const draft = { id: 'dairy', parent: 'food', name: { en: 'Dairy' } };
const dairy = openSubCategory(draft, { parent: state, siblings: 0 }, born);

function thrownBy(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    return error as AppError;
  }
  throw new Error('nothing was thrown');
}
const merge = (before: CategoryState, body: Record<string, unknown>) =>
  reviseCategory(before, { mode: 'merge', body }, later);

test('the seed is 26 categories, each at its own place and with an English name', () => {
  const categories = readCategorySeed();
  expect(categories.map(({ ordinal }) => ordinal)).toEqual(Array.from({ length: 26 }, (_, index) => index + 1));
  expect(new Set(categories.map(({ id }) => id)).size).toBe(26);
  expect(categories.every(({ name }) => name.en)).toBe(true);
});

describe('an edit', () => {
  test('changes words; code and place stay, and it is noted whose the words are', () => {
    const next = merge(state, { name: { en: 'Food and drinks' } });
    const name = { en: 'Food and drinks', mn: 'Хүнс' };
    expect(next).toEqual({ ...state, name, edited: ['name.en'], updatedAt: later });
    const body = { id: 'other', kind: 'x', ordinal: 11, parent: null, name: { en: 'F' } };
    const replaced = reviseCategory(next, { mode: 'replace', body }, later);
    expect(replaced).toEqual({
      ordinal: 11,
      parent: null,
      place: '0011',
      edited: ['name.en', 'name.mn', 'synonyms.en'],
      createdAt: born,
      updatedAt: later,
      name: { en: 'F' },
    });
  });

  test('that says the same is no change', () => {
    const same = merge(state, { name: { mn: 'Хүнс' }, ordinal: 11, parent: null });
    expect(isSameJson(same, state) && same === state).toBe(true);
    expect(merge(dairy, { parent: 'food', ordinal: 100 })).toBe(dairy);
  });

  test('moves a sub-category among those of its parent', () => {
    expect(dairy).toMatchObject({ ordinal: 100, place: '0011/0100' });
    expect(merge(dairy, { ordinal: 7 })).toMatchObject({ ordinal: 7, place: '0011/0007', parent: 'food' });
    expect(merge(dairy, { ordinal: null })).toBe(dairy);
    expect(merge(dairy, { ordinal: 7 })).not.toHaveProperty('edited');
  });

  test.each<[CategoryState, Record<string, unknown>, string, string, unknown]>([
    [state, { name: null }, '/name', 'is missing', 'a value'],
    [state, { nmae: 1 }, '/nmae', 'is not a known member; did you mean name?', expect.any(String)],
    [state, { synonyms: { en: 'grocery' } }, '/synonyms/en', 'must be array', 'array'],
    [state, { status: 'draft' }, '/status', 'is not a known member', expect.any(String)],
    [state, { ordinal: 12 }, '/ordinal', 'stays as it is', '11'],
    [state, { parent: 'road' }, '/parent', 'stays as it is', 'null'],
    [dairy, { parent: 'road' }, '/parent', 'stays as it is', '"food"'],
    [dairy, { parent: null }, '/parent', 'stays as it is', '"food"'],
    [dairy, { ordinal: 10_000 }, '/ordinal', 'must be <= 9999', 'limit 9999'],
    [
      state,
      { crosswalk: { isic4: ['05'], unchecked: ['hs:27'] } },
      '/crosswalk/unchecked/0',
      'hs:27 is not among the codes',
      'one of the codes, as <system>:<code>',
    ],
    [
      state,
      { attributeSchema: { type: 'object', properties: {}, required: ['power'] } },
      '/attributeSchema/required/0',
      'is not described',
      expect.any(String),
    ],
    [
      state,
      { attributeSchema: { type: 'object', properties: { a: { type: 'string', pattern: 'x' } } } },
      '/attributeSchema/properties/a/pattern',
      'is not a known member',
      expect.any(String),
    ],
  ])('is refused at its place (%#): %j', (before, body, ...fault) => {
    const { code, details } = thrownBy(() => merge(before, body));
    const [pointer, message, expected] = fault;
    expect([code, details?.errors]).toEqual(['VALIDATION_FAILED', [{ pointer, message, expected }]]);
  });
});

describe('a sub-category', () => {
  test.each([
    ['nowhere', undefined, 'there is no category nowhere'],
    ['dairy', dairy, 'dairy is a sub-category itself'],
  ])('does not belong to %s', (code, parent, message) => {
    const error = thrownBy(() => openSubCategory({ ...draft, parent: code }, { parent, siblings: 0 }, born));
    expect(error).toMatchObject({ code: 'VALIDATION_FAILED', reason: 'category.parent-invalid' });
    expect(error.details?.errors).toEqual([{ pointer: '/parent', message, expected: 'the code of a top category' }]);
  });

  test('has its words checked like any', () => {
    const crosswalk = { unchecked: ['hs:27'] };
    const { details } = thrownBy(() =>
      openSubCategory({ ...draft, parent: 'x', crosswalk }, { parent: undefined, siblings: 0 }, born),
    );
    expect(details?.errors?.map(({ pointer }) => pointer)).toEqual(['/parent', '/crosswalk/unchecked/0']);
  });

  test('is one of at most 100', () => {
    const siblings = CHILDREN_MAX;
    expect(thrownBy(() => openSubCategory(draft, { parent: state, siblings }, born))).toMatchObject({
      code: 'CONFLICT',
      reason: 'category.too-many',
    });
  });

  test('is deleted when nothing is in it; a top category never', () => {
    expect(() => requireNotFixed({ id: 'dairy', state: dairy })).not.toThrow();
    expect(() => requireUnused('dairy', { companies: 0, offerings: 0, articles: 0 })).not.toThrow();
    expect(thrownBy(() => requireUnused('dairy', { companies: 3, offerings: 0, articles: 1 }))).toMatchObject({
      code: 'CONFLICT',
      reason: 'category.in-use',
      details: { uses: { companies: 3, articles: 1 } },
    });
    expect(thrownBy(() => requireNotFixed({ id: 'food', state }))).toMatchObject({
      code: 'CONFLICT',
      reason: 'category.fixed',
    });
  });
});

test.each([
  [{ companies: 1 }, 'dairy still has 1 company, published or not'],
  [{ companies: 3, offerings: 0, articles: 1 }, 'dairy still has 3 companies and 1 article, published or not'],
  [{ companies: 2, articles: 2, events: 1 }, 'dairy still has 2 companies, 2 articles and 1 event, published or not'],
])('what is in a category is said in words: %j', (uses, sentence) => {
  expect(thrownBy(() => requireUnused('dairy', uses)).message).toContain(sentence);
});

describe('planting again', () => {
  const newer = {
    ...seed,
    name: { en: 'Food', mn: 'Хүнсний салбар', ru: 'Продукты' },
    synonyms: { en: ['grocery', 'groceries'], ru: ['еда'] },
    crosswalk: { isic4: ['10'] },
  };

  test('brings what the seed says newly to a category that nobody edited', () => {
    const next = plantCategory({ v: 1, state }, newer, later);
    const { name, synonyms, crosswalk } = newer;
    expect(next).toEqual({ ...state, name, synonyms, crosswalk, updatedAt: later });
    expect(plantCategory({ v: 2, state: next }, newer, later)).toBe(next);
    expect(plantCategory({ v: 3, state: next }, seed, born)).toMatchObject({
      name: seed.name,
      synonyms: seed.synonyms,
    });
  });

  test('leaves what an editor has set, and what an editor has removed', () => {
    const edited = merge(state, { name: { mn: 'Хүнс, ундаа' }, synonyms: null, crosswalk: { hs: ['04'] } });
    const next = plantCategory({ v: 2, state: edited }, newer, later);
    expect(next.name).toEqual({ en: 'Food', mn: 'Хүнс, ундаа', ru: 'Продукты' });
    expect(next.synonyms).toEqual({ ru: ['еда'] });
    expect(next.crosswalk).toEqual({ hs: ['04'] });
  });

  test('takes a category from before edits were noted for edited, but for its gaps, unless it is at version 1', () => {
    const { edited: _edited, place: _place, ...old } = state;
    const next = plantCategory({ v: 4, state: old }, newer, later);
    expect(next).toMatchObject({ name: { en: 'Food', mn: 'Хүнс', ru: 'Продукты' }, place: '0011' });
    expect(next.synonyms).toEqual({ en: ['grocery'], ru: ['еда'] });
    expect(next.crosswalk).toEqual({ isic4: ['10'] });
    expect(plantCategory({ v: 1, state: old }, newer, later)).toMatchObject({
      synonyms: newer.synonyms,
      place: '0011',
    });
  });
});

test('places sort as the portal does: by the parent, a parent first, then by ordinal', () => {
  const ordinal = fc.integer({ min: 1, max: 9_999 });
  const anyCategory = fc.record({ top: fc.integer({ min: 1, max: 26 }), own: fc.option(ordinal, { nil: 0 }) });
  const placeIn = ({ top, own }: { top: number; own: number }) => {
    const parent = openCategory({ ...seed, ordinal: top }, born);
    if (own === 0) return parent.place ?? '';
    return openSubCategory({ ...draft, ordinal: own }, { parent, siblings: 0 }, born).place ?? '';
  };
  fc.assert(
    fc.property(fc.array(anyCategory), (categories) => {
      const byPlace = categories.toSorted((a, b) => (placeIn(a) < placeIn(b) ? -1 : placeIn(a) > placeIn(b) ? 1 : 0));
      expect(byPlace).toEqual(categories.toSorted((a, b) => a.top - b.top || a.own - b.own));
    }),
  );
});
