import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyDifference, diffStates, isEmptyDifference, type JsonRecord } from './difference.ts';

/** Few names and values, so that states differ in some places and agree in others. */
const { record: anyState } = fc.letrec<{ value: unknown; record: JsonRecord }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, 0, 1, '', 'a', true),
    fc.array(tie('value'), { maxLength: 2 }),
    tie('record'),
  ),
  record: fc.dictionary(fc.constantFrom('a', 'өнгө', 'c/d', 'e~f', '~1', '', '0', '😀'), tie('value'), {
    maxKeys: 3,
    noNullPrototype: true,
  }),
}));

it('a difference applied to the state before gives the state after, nulls included', () => {
  fc.assert(
    fc.property(anyState, anyState, (before, after) => {
      expect(applyDifference(before, diffStates(before, after))).toEqual(after);
    }),
    { numRuns: 2_000 },
  );
});

it('the difference is empty for equal states, and only for them', () => {
  fc.assert(
    fc.property(anyState, anyState, (before, after) => {
      expect(isEmptyDifference(diffStates(before, structuredClone(before)))).toBe(true);
      expect(isEmptyDifference(diffStates(before, after))).toBe(isDeepStrictEqual(before, after));
    }),
  );
});

it('names only what changed: an array as a whole, a record member by member', () => {
  const before = { kept: 1, gone: 2, list: [1, 2], nested: { same: 1, other: 2 } };
  const after = { kept: 1, list: [1, 3], nested: { same: 1, other: null } };
  expect(diffStates(before, after)).toEqual({
    patch: { gone: null, list: [1, 3], nested: { other: null } },
    nulls: ['/nested/other'],
  });
});

it('the differences of a whole history, one after the other, give every state of it', () => {
  fc.assert(
    fc.property(fc.array(anyState, { minLength: 2, maxLength: 8 }), (states) => {
      let current = states[0] ?? {};
      for (const next of states.slice(1)) {
        current = applyDifference(current, JSON.parse(JSON.stringify(diffStates(current, next))));
        expect(current).toEqual(next);
      }
    }),
  );
});
