import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashSecret, hasScope, isSecretOf, type Key, readKey, whyRefused, writeKey } from './key.rules.ts';

const pepper = Buffer.alloc(32, 7);
const presented = { id: 'key_01h455vb4pex5vsknk084sn02q', secret: 'ab'.repeat(32) };
const key = (overrides: Partial<Key> = {}): Key => ({
  id: presented.id,
  name: 'test',
  scopes: ['catalog:write'],
  hash: hashSecret(presented.secret, pepper),
  createdAt: '2026-01-01T00:00:00.000Z',
  ...overrides,
});

test('a written key reads back as what it was', () => {
  expect(writeKey(presented)).toMatch(/^ok_live_[0-9a-z]{26}_[0-9a-f]{64}_[0-9a-f]{8}$/);
  expect(readKey(writeKey(presented))).toEqual(presented);
});

test('a key with any character changed is refused by its form or its check digits', () => {
  const text = writeKey(presented);
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.constantFrom(...Array.from('0123456789abcdefxyz_-A')), (at, put) => {
      fc.pre(text[at] !== put);
      expect(readKey(`${text.slice(0, at)}${put}${text.slice(at + 1)}`)).toBeUndefined();
    }),
  );
});

test.each(['', 'ok_live_', 'sk_live_abc', `${writeKey(presented)} `, `${writeKey(presented)}\n`])(
  '%j is no key',
  (text) => {
    expect(readKey(text)).toBeUndefined();
  },
);

test('a stored hash does not hold the secret and takes the pepper to make', () => {
  expect(key().hash).not.toContain(presented.secret);
  expect(hashSecret(presented.secret, Buffer.alloc(32, 8))).not.toBe(key().hash);
});

test('only the right secret belongs to a key', () => {
  expect(isSecretOf(key(), presented.secret, pepper)).toBe(true);
  expect(isSecretOf(key(), 'cd'.repeat(32), pepper)).toBe(false);
  expect(isSecretOf(key({ hash: '' }), presented.secret, pepper)).toBe(false);
});

describe('a key', () => {
  const now = '2026-06-01T00:00:00.000Z';
  test('without an end is good', () => expect(whyRefused(key(), now)).toBeUndefined());
  test('is good until it expires', () => {
    expect(whyRefused(key({ expiresAt: '2026-06-01T00:00:00.001Z' }), now)).toBeUndefined();
    expect(whyRefused(key({ expiresAt: now }), now)).toBe('expired');
  });
  test('that was revoked is refused', () => expect(whyRefused(key({ revokedAt: now }), now)).toBe('revoked'));
});

test('admin has every scope, others what they were given', () => {
  expect(hasScope(['admin'], 'news:publish')).toBe(true);
  expect(hasScope(['news:write'], 'news:publish')).toBe(false);
  expect(hasScope([], 'news:write')).toBe(false);
});
