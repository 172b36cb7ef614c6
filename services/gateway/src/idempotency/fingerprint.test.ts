import { expect, test } from 'vitest';
import { fingerprintOf, fingerprintOfBody, readIdempotencyKey, requestKeyOf } from './fingerprint.ts';

const use = {
  actor: { type: 'key', id: 'key_1' },
  route: '/v1/companies/:id/publish',
  params: { id: 'a' },
  key: 'k',
} as const;

test('a key may stand in quotation marks or not', () => {
  expect([undefined, 'abc-1', '"abc-1"'].map(readIdempotencyKey)).toEqual([undefined, 'abc-1', 'abc-1']);
});

test.each(['', '""', 'a b', 'ключ', 'a, b', '"a', 'x'.repeat(256)])('%.20j is not a key', (header) => {
  expect(() => readIdempotencyKey(header)).toThrow(
    expect.objectContaining({
      reason: 'idempotency.key-invalid',
      details: { errors: [expect.objectContaining({ pointer: '/Idempotency-Key' })] },
    }),
  );
});

test('another caller, route, document or key is another use', () => {
  const others = [
    use,
    { ...use, actor: { type: 'key', id: 'key_2' } },
    { ...use, actor: { type: 'anonymous', id: 'key_1' } },
    { ...use, route: '/v1/articles/:id/publish' },
    { ...use, params: { id: 'b' } },
    { ...use, key: 'K' },
  ] as const;
  expect(new Set(others.map(fingerprintOf)).size).toBe(others.length);
  expect(fingerprintOf({ ...use, params: { id: 'a' } })).toBe(fingerprintOf(use));
});

test('bodies are the same when they say the same', () => {
  expect(fingerprintOfBody({ b: [1, { d: 2, c: 3 }], a: null })).toBe(
    fingerprintOfBody({ a: null, b: [1, { c: 3, d: 2 }] }),
  );
  expect(fingerprintOfBody(undefined)).toBe(fingerprintOfBody({}));
  expect(new Set([{}, { a: null }, { a: '1' }, { a: 1 }, { a: [1] }].map(fingerprintOfBody)).size).toBe(5);
});

test('what owners remember differs after the key was forgotten', () => {
  expect(requestKeyOf('f', 'request_1')).not.toBe(requestKeyOf('f', 'request_2'));
  expect(requestKeyOf('f', 'request_1')).toMatch(/^[0-9a-f]{64}$/);
});
