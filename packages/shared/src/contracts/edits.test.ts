import { expect, test } from 'vitest';
import type { AppError } from '../kernel/errors.ts';
import { Category, CategoryEdit } from './catalog/category.ts';
import { Company, CompanyInput } from './catalog/company.ts';
import { createEditReader, dropReadOnly, requireNoFaults } from './edits.ts';

const read = createEditReader({ input: CompanyInput, view: Company }, 'company.invalid');
const state = {
  displayName: { mn: 'Говь', en: 'Gobi' },
  categories: { primary: 'construction' },
  summary: { en: 'Cement.' },
  slug: 'gobi',
  status: 'published',
  createdAt: '2026-01-01T00:00:00.000Z',
};

function faultsOf(run: () => unknown) {
  try {
    run();
  } catch (error) {
    return (error as AppError).details?.errors ?? [];
  }
  return [];
}

test('merge patches the input members of the state, replace takes the body for all of them', () => {
  const merged = read(state, { mode: 'merge', body: { displayName: { en: null }, legalForm: 'llc' } });
  expect(merged.input).toEqual({
    displayName: { mn: 'Говь' },
    categories: { primary: 'construction' },
    summary: { en: 'Cement.' },
    legalForm: 'llc',
  });
  const replaced = read(state, {
    mode: 'replace',
    body: { displayName: { mn: 'Х' }, categories: { primary: 'food' } },
  });
  expect(replaced.input).toEqual({ displayName: { mn: 'Х' }, categories: { primary: 'food' } });
});

test('what was read can be sent back: members of the server are passed over', () => {
  const body = {
    ...state,
    id: 'company_x',
    kind: 'company',
    v: 3,
    display: {},
    quality: {},
    updatedAt: 'x',
    createdBy: 'y',
  };
  const edit = read(state, { mode: 'replace', body });
  expect(edit.faults).toEqual([]);
  expect(edit.wish).toEqual({ type: 'pin', slug: 'gobi' });
  expect(edit.input).not.toHaveProperty('quality');
  expect(dropReadOnly({ v: 1, name: 1, colour: 2 }, { input: CategoryEdit, view: Category })).toEqual({
    name: 1,
    colour: 2,
  });
});

test('all faults come at once: an unknown member, a missing one and a status', () => {
  const faults = faultsOf(() => read(state, { mode: 'replace', body: { displayNme: { en: 'x' }, status: 'draft' } }));
  expect(faults.map((fault) => fault.pointer).sort()).toEqual([
    '/categories',
    '/displayName',
    '/displayNme',
    '/status',
  ]);
  expect(faults.find((fault) => fault.pointer === '/status')).toMatchObject({
    expected: 'published',
    message: expect.stringContaining('unpublish'),
  });
});

test.each(['constructor', 'prototype', '__proto__'])('%s in a patch is an unknown member, not silence', (name) => {
  const body = JSON.parse(`{"displayName":{"${name}":"x"}}`);
  expect(faultsOf(() => read(state, { mode: 'merge', body }))).toMatchObject([{ pointer: `/displayName/${name}` }]);
});

test('a member of the input that a patch removes is missing', () => {
  expect(faultsOf(() => read(state, { mode: 'merge', body: { displayName: null } }))).toMatchObject([
    { pointer: '/displayName' },
  ]);
});

test('null for the slug in a patch lets it follow the name again; in a replacement it is a fault', () => {
  expect(read(state, { mode: 'merge', body: { slug: null } }).wish).toEqual({ type: 'follow' });
  expect(read(state, { mode: 'merge', body: {} }).wish).toEqual({ type: 'keep' });
  expect(faultsOf(() => read(state, { mode: 'replace', body: { ...state, slug: null } }))).toMatchObject([
    { pointer: '/slug' },
  ]);
});

test('a kind without a workflow does not know a status', () => {
  const category = createEditReader({ input: CategoryEdit, view: Category }, 'category.invalid');
  expect(
    faultsOf(() => category({ name: { en: 'Food' } }, { mode: 'merge', body: { status: 'draft' } })),
  ).toMatchObject([{ pointer: '/status' }]);
});

test('broken rules are thrown together under the reason of the first', () => {
  const faults = [
    { pointer: '/a', message: 'is wrong', reason: 'x.a' },
    { pointer: '/b', message: 'is wrong', reason: 'x.b' },
  ];
  expect(() => requireNoFaults([])).not.toThrow();
  expect(() => requireNoFaults(faults)).toThrow(
    expect.objectContaining({
      reason: 'x.a',
      details: {
        errors: [
          { pointer: '/a', message: 'is wrong' },
          { pointer: '/b', message: 'is wrong' },
        ],
      },
    }),
  );
});
