import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyMergePatch, isSameJson } from './merge-patch.ts';

describe('the examples of RFC 7396, appendix A', () => {
  test.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j patched by %j is %j', (target, patch, outcome) => {
    expect(applyMergePatch(target, patch)).toEqual(outcome);
  });
});

test('a patch never reaches the prototype', () => {
  const patched = applyMergePatch({}, JSON.parse('{"__proto__": {"isAdmin": true}, "a": 1}')) as Record<
    string,
    unknown
  >;
  expect(Object.keys(patched)).toEqual(['__proto__', 'a']);
  expect(patched.isAdmin).toBeUndefined();
  expect(Object.getPrototypeOf(patched)).toBe(Object.prototype);
});

test.each(['constructor', 'prototype', 'toString', '__proto__'])('%s is a member like any other', (name) => {
  const patch = JSON.parse(`{"a":{"${name}":{"b":1}}}`);
  expect(JSON.stringify(applyMergePatch({ a: { c: 1 } }, patch))).toBe(`{"a":{"c":1,"${name}":{"b":1}}}`);
});

test('a patch applied twice has the effect of once, and changes neither argument', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (target, patch) => {
      const before = JSON.stringify([target, patch]);
      const once = applyMergePatch(target, patch);
      expect(isSameJson(applyMergePatch(once, patch), once)).toBe(true);
      expect(JSON.stringify([target, patch])).toBe(before);
    }),
  );
});

test.each([
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
  [{ a: 1, b: undefined }, { a: 1 }, true],
  [{ a: null }, {}, false],
  [[1, 2], [2, 1], false],
  [{ a: [{ b: 'c' }] }, { a: [{ b: 'c' }] }, true],
  [[], {}, false],
])('%j and %j are the same: %s', (a, b, isSame) => {
  expect(isSameJson(a, b)).toBe(isSame);
});
