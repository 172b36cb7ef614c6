import type { CompanyState, Relation } from '@ortoo/shared/contracts';
import { expect, test } from 'vitest';
import { aboveBy, closesCircle, relationFaults, relationsIn, takeBackRelations } from './company-relations.rules.ts';

const known = new Set(['a', 'b', 'c']);
const nothingAbove = { above: new Map<string, string[]>(), isCut: false };
const rel = (type: Relation['type'], companyId: string): Relation => ({ type, companyId });

const judge = (relations: Relation[], above: Record<string, string[]> = {}, isCut = false) =>
  relationFaults(relations, [], { id: 'me', known, hierarchy: { above: new Map(Object.entries(above)), isCut } });

test('what an unchecked body names is told as far as it has the form', () => {
  expect(relationsIn({})).toEqual([]);
  expect(relationsIn({ relations: 'x' })).toEqual([]);
  expect(relationsIn({ relations: [null, {}, { type: 'parent', companyId: 7 }, rel('parent', 'a')] })).toEqual([
    rel('parent', 'a'),
  ]);
  expect(relationsIn({ relations: Array.from({ length: 1000 }, () => rel('parent', 'a')) })).toHaveLength(50);
});

test('parents and the company that one is a branch of stand above it', () => {
  const all = (['parent', 'subsidiary', 'branch_of', 'partner', 'distributor_of'] as const).map((type) =>
    rel(type, type),
  );
  expect(aboveBy(all)).toEqual(['parent', 'branch_of']);
});

test.each([
  [[rel('parent', 'a'), rel('subsidiary', 'b'), rel('partner', 'a')], {}],
  [[rel('parent', 'a'), rel('branch_of', 'b')], { a: ['c'], b: ['c'] }],
  [[rel('partner', 'a')], { a: ['me'] }],
  [[rel('distributor_of', 'a'), rel('partner', 'a')], {}],
])('%j around %j is right', (relations, above) => {
  expect(judge(relations, above as Record<string, string[]>)).toEqual([]);
});

const itself = { message: 'is the company itself', expected: 'another company', reason: 'company.relation-to-itself' };
const unknown = {
  message: 'there is no company x',
  expected: 'the id of a company',
  reason: 'company.relation-unknown',
};
const repeated = {
  message: 'says the same as /relations/0',
  expected: 'each relation once',
  reason: 'company.relation-repeated',
};
const cycle = {
  message: 'would stand above itself',
  expected: 'a company outside its own hierarchy',
  reason: 'company.relation-cycle',
};

test.each([
  ['to itself', [rel('partner', 'me')], {}, { pointer: '/relations/0/companyId', ...itself }],
  ['to nobody', [rel('partner', 'a'), rel('parent', 'x')], {}, { pointer: '/relations/1/companyId', ...unknown }],
  ['said twice', [rel('parent', 'a'), rel('parent', 'a')], {}, { pointer: '/relations/1', ...repeated }],
  [
    'a parent that is below',
    [rel('parent', 'a')],
    { a: ['b'], b: ['c', 'me'] },
    { pointer: '/relations/0/companyId', ...cycle },
  ],
  ['a branch of one below', [rel('branch_of', 'a')], { a: ['me'] }, { pointer: '/relations/0/companyId', ...cycle }],
  [
    'a subsidiary that is above',
    [rel('subsidiary', 'c')],
    { me: ['b'], b: ['c'] },
    { pointer: '/relations/0/companyId', ...cycle },
  ],
  [
    'parent and subsidiary at once',
    [rel('parent', 'a'), rel('subsidiary', 'a')],
    {},
    { pointer: '/relations/1/companyId', ...cycle },
  ],
  [
    'a subsidiary above a new parent',
    [rel('subsidiary', 'b'), rel('parent', 'a')],
    { a: ['b'] },
    { pointer: '/relations/0/companyId', ...cycle },
  ],
])('%s is refused at its place', (_what, relations, above, fault) => {
  expect(judge(relations, above as Record<string, string[]>)).toEqual([fault]);
});

test('a hierarchy that is too large to look at is refused, other relations are not', () => {
  expect(judge([rel('partner', 'a'), rel('parent', 'b')], {}, true)).toEqual([
    {
      pointer: '/relations/1/companyId',
      message: 'belongs to too large a hierarchy',
      expected: 'fewer companies above',
      reason: 'company.relation-hierarchy-too-large',
    },
  ]);
});

test('a company that was named before may be gone, and is named still', () => {
  const relations = [rel('partner', 'gone'), rel('partner', 'a')];
  const around = { id: 'me', known, hierarchy: nothingAbove };
  expect(relationFaults(relations, [rel('partner', 'gone')], around)).toEqual([]);
  expect(relationFaults(relations, [], around)).toHaveLength(1);
});

test('relations that were written are held against what others say by now', () => {
  const around = (above: string[]) => ({
    id: 'me',
    known,
    hierarchy: { above: new Map([['a', above]]), isCut: false },
  });
  expect(closesCircle([rel('parent', 'a')], around(['me']))).toBe(true);
  expect(closesCircle([rel('parent', 'a')], around(['b']))).toBe(false);
});

test('a change whose relations are taken back is taken back whole, unless somebody has written since', () => {
  const stamp = { now: '2026-03-01T00:00:00.000Z', actorId: 'key_b' };
  const before: CompanyState = {
    displayName: { en: 'Before' },
    categories: { primary: 'food' },
    relations: [rel('partner', 'b')],
    slug: 'before',
    isSlugPinned: false,
    oldSlugs: [],
    quality: { score: 0, parts: { completeness: 0, verification: 0 } },
    status: 'draft',
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
  };
  const written = { ...before, displayName: { en: 'Written' }, relations: [rel('parent', 'a')] };
  const touched = { updatedAt: stamp.now, updatedBy: 'key_b' };
  expect(takeBackRelations(written, { written, before }, stamp)).toEqual({ ...before, ...touched });
  const since = { ...written, foundedYear: 1999 };
  expect(takeBackRelations(since, { written, before }, stamp)).toEqual({
    ...since,
    relations: before.relations,
    ...touched,
  });
});
