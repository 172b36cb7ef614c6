import { expect, it } from 'vitest';
import { testContext } from '../testing/test-context.ts';
import { actorName, bodyNamesOf, checkOf, toJsonState } from './envelope.ts';

it('the check is the crc32 of id, version and life as a signed integer', () => {
  expect(checkOf('company_01h455vb4pex5vsknk084sn02q', 2, true)).toBe(610_829_381);
  expect(checkOf('food', 1, true)).toBe(-798142468);
  expect(checkOf('mining', 1, false)).not.toBe(checkOf('mining', 1, true));
});

it("a state whose member has one of the store's own names is refused, except v, which documents show", () => {
  expect(() => bodyNamesOf('company', ['name', 'pending', 'live'])).toThrow(/company.*pending, live/);
  expect(() => bodyNamesOf('company', ['a.b'])).toThrow(/a\.b/);
  expect(bodyNamesOf('company', ['name', 'v'])).toEqual(['name']);
});

it('a state is stored as JSON has it, and only with members that its contract names', () => {
  expect(toJsonState({ name: 'a', tags: undefined }, ['name', 'tags'])).toEqual({ name: 'a' });
  expect(() => toJsonState({ name: 'a', other: 1 }, ['name'])).toThrow(/other/);
  expect(() => toJsonState([], ['name'])).toThrow(/record/);
});

it('the address of an anonymous caller is not written into a change', () => {
  expect(actorName(testContext({ actor: { type: 'anonymous', id: '203.0.113.7', scopes: [] } }))).toBe('anonymous');
  expect(actorName(testContext({ actor: { type: 'key', id: 'key_1', scopes: [] } }))).toBe('key_1');
});
