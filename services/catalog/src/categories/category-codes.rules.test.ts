import { expect, test } from 'vitest';
import { categoryCodesIn, categoryFaults, codesIn } from './category-codes.rules.ts';

test.each([
  [{}, []],
  [{ categories: 'food' }, []],
  [{ categories: { primary: 'a', secondary: ['b', 3, null] } }, ['a', 'b']],
  [{ categories: { secondary: { 0: 'x' } } }, []],
  [{ categories: { secondary: Array.from({ length: 1000 }, () => 'x') } }, ['x', 'x', 'x', 'x', 'x']],
])('the codes to look up in %j are %j', (body, codes) => {
  expect(categoryCodesIn(body)).toEqual(codes);
});

test.each([
  [{ primary: 'a', secondary: ['b', 'c'] }, ['a', 'b', 'c']],
  [{ primary: 'a' }, ['a']],
  [
    ['a', 'b'],
    ['a', 'b'],
  ],
  [[], []],
  [undefined, []],
])('the codes that stand in %j are %j', (categories, codes) => {
  expect(codesIn(categories)).toEqual(codes);
});

test('each code that no category has is named at its place', () => {
  const faults = categoryFaults({ primary: 'minning', secondary: ['food', 'x-ray'] }, new Set(['food']), 'station.odd');
  expect(faults).toEqual([
    {
      pointer: '/categories/primary',
      message: 'there is no category minning',
      expected: 'the code of a category',
      reason: 'station.odd',
    },
    {
      pointer: '/categories/secondary/1',
      message: 'there is no category x-ray',
      expected: 'the code of a category',
      reason: 'station.odd',
    },
  ]);
});
