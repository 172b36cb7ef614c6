import { expect, it } from 'vitest';
import { buildThreeWay } from './three-way.ts';

const diffOf = (...[base, current, yours]: (Record<string, unknown> | undefined)[]) =>
  buildThreeWay({ base, current: current ?? {}, yours }, ['name', 'tags', 'nested', 'x']).diff;

it('names each leaf that one of the three has otherwise, and no other', () => {
  expect(
    diffOf(
      { name: { en: 'a', mn: 'б' }, x: 1, hidden: 1 },
      { name: { en: 'a', mn: 'в' }, x: 1, hidden: 2 },
      { name: { en: 'b', mn: 'б' }, x: 1, hidden: 3 },
    ),
  ).toEqual([
    { pointer: '/name/en', base: 'a', current: 'a', yours: 'b' },
    { pointer: '/name/mn', base: 'б', current: 'в', yours: 'б' },
  ]);
});

it('leaves out a side that has nothing there', () => {
  expect(diffOf({ nested: { 'a/b': { c: 1 } } }, {}, { nested: { 'a/b': { c: null } } })).toEqual([
    { pointer: '/nested/a~1b/c', base: 1, yours: null },
  ]);
});

it('compares lists as a whole, and records with what is no record', () => {
  expect(diffOf({ tags: [1], x: { a: 1 } }, { tags: [1, 2], x: 5 }, { tags: [1], x: { a: 1 } })).toEqual([
    { pointer: '/tags', base: [1], current: [1, 2], yours: [1] },
    { pointer: '/x', base: { a: 1 }, current: 5, yours: { a: 1 } },
  ]);
});

it('does without a base that is no longer kept, and without yours of a deletion', () => {
  expect(diffOf(undefined, { name: 'b' }, { name: 'c' })).toEqual([{ pointer: '/name', current: 'b', yours: 'c' }]);
  expect(diffOf({ name: 'a' }, { name: 'b' }, undefined)).toEqual([{ pointer: '/name', base: 'a', current: 'b' }]);
});

it('is cut at 100 rows and at 64 KB, and says so', () => {
  const many = (value: number) => ({ x: Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`m${i}`, value])) });
  const cut = buildThreeWay({ base: many(1), current: many(2) }, ['x']);
  expect([cut.diff.length, cut.isDiffCut]).toEqual([100, true]);
  const large = buildThreeWay({ current: { x: 'я'.repeat(40_000), y: 1 }, yours: { x: '', y: 2 } }, ['x', 'y']);
  expect(large).toEqual({ diff: [{ pointer: '/y', current: 1, yours: 2 }], isDiffCut: true });
  expect(buildThreeWay({ base: {}, current: {} }, ['x'])).toEqual({ diff: [] });
});
