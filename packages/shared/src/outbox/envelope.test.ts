import { expect, it } from 'vitest';
import { testContext } from '../testing/test-context.ts';
import { actorName, bodyNamesOf, checkOf, STATE_MAX_BYTES, toJsonState } from './envelope.ts';

const shapeOf = (...bodyNames: string[]) => ({ kind: 'article', bodyNames });

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
  expect(toJsonState({ name: 'a', tags: undefined }, shapeOf('name', 'tags'))).toEqual({ name: 'a' });
  expect(() => toJsonState({ name: 'a', other: 1 }, shapeOf('name'))).toThrow(/other/);
  expect(() => toJsonState([], shapeOf('name'))).toThrow(/record/);
});

it('a state over its bound of JSON is refused, with the member that takes the most', () => {
  const state = (bytes: number) => ({ a: 'x', body: 'я'.repeat((bytes - '{"a":"x","body":""}'.length) / 2) });
  const even = STATE_MAX_BYTES - 1; // the rest of the text is odd and a letter has two bytes
  expect(toJsonState(state(even), shapeOf('a', 'body'))).toEqual(state(even));
  expect(() => toJsonState(state(even + 2), shapeOf('a', 'body'))).toThrow(
    expect.objectContaining({
      code: 'PAYLOAD_TOO_LARGE',
      reason: 'article.too-large',
      details: { errors: [expect.objectContaining({ pointer: '/body' })] },
    }),
  );
});

it('the address of an anonymous caller is not written into a change', () => {
  expect(actorName(testContext({ actor: { type: 'anonymous', id: '203.0.113.7', scopes: [] } }))).toBe('anonymous');
  expect(actorName(testContext({ actor: { type: 'key', id: 'key_1', scopes: [] } }))).toBe('key_1');
});
