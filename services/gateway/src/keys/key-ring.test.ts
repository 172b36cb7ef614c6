import { AppError, type Clock, toInstant } from '@ortoo/shared/kernel';
import { expect, test } from 'vitest';
import { hashSecret, type Key, writeKey } from './key.rules.ts';
import { createKeyRing } from './key-ring.ts';

const pepper = Buffer.alloc(32, 7);
const secret = 'ab'.repeat(32);
const id = 'key_01h455vb4pex5vsknk084sn02q';
const authorization = `Bearer ${writeKey({ id, secret })}`;

/** A ring over a store that counts look-ups, with a clock that the test turns. */
function ringOf(key: Partial<Key> | undefined) {
  let nowMs = 1_000_000;
  const clock: Clock = { nowMs: () => nowMs, now: () => toInstant(nowMs) };
  const stored = key && {
    id,
    name: 'test',
    scopes: [],
    hash: hashSecret(secret, pepper),
    createdAt: clock.now(),
    ...key,
  };
  const seen = { lookUps: 0 };
  const store = {
    find: async () => {
      seen.lookUps += 1;
      return stored as Key | undefined;
    },
    insert: async () => true,
    revoke: async () => undefined,
  };
  return { ring: createKeyRing({ store, pepper, clock }), seen, clock, turn: (ms: number) => (nowMs += ms) };
}

const refusal = async (work: Promise<unknown>) =>
  work.then(
    () => 'accepted',
    (error: unknown) => (error instanceof AppError ? `${error.code} ${error.reason}` : String(error)),
  );

test('a good key says who asks and what it may do', async () => {
  const { ring } = ringOf({ scopes: ['news:write'] });
  expect(await ring.authenticate(authorization)).toEqual({ type: 'key', id, scopes: ['news:write'] });
});

test.each([
  ['Basic dXNlcjpwYXNz', 'key.scheme-unknown'],
  ['Bearer', 'key.scheme-unknown'],
  ['Bearer nonsense', 'key.malformed'],
  [authorization.slice(0, -1), 'key.malformed'],
])('%s costs no look-up', async (header, reason) => {
  const { ring, seen } = ringOf({});
  expect(await refusal(ring.authenticate(header))).toBe(`UNAUTHENTICATED ${reason}`);
  expect(seen.lookUps).toBe(0);
});

test.each([
  ['that does not exist', undefined, 'key.unknown'],
  ['with another secret', { hash: hashSecret('cd'.repeat(32), pepper) }, 'key.unknown'],
  ['that expired', { expiresAt: toInstant(1) }, 'key.expired'],
  ['that was revoked', { revokedAt: toInstant(1) }, 'key.revoked'],
])('a key %s is refused', async (_what, key, reason) => {
  expect(await refusal(ringOf(key).ring.authenticate(authorization))).toBe(`UNAUTHENTICATED ${reason}`);
});

test('a key is looked up once in half a minute, and again after it', async () => {
  const { ring, seen, turn } = ringOf({});
  await ring.authenticate(authorization);
  turn(29_999);
  await ring.authenticate(authorization);
  expect(seen.lookUps).toBe(1);
  turn(1);
  await ring.authenticate(authorization);
  expect(seen.lookUps).toBe(2);
});

test('a remembered key expires on time', async () => {
  const { ring, turn } = ringOf({ expiresAt: toInstant(1_000_500) });
  expect(await refusal(ring.authenticate(authorization))).toBe('accepted');
  turn(500);
  expect(await refusal(ring.authenticate(authorization))).toBe('UNAUTHENTICATED key.expired');
});
