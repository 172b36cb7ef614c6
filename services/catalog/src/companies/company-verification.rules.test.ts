import { expect, test } from 'vitest';
import { mayVerify, settleVerification } from './company-verification.rules.ts';

const now = '2026-02-01T00:00:00.000Z';
const earlier = '2026-01-01T00:00:00.000Z';
const stored = { level: 'email' as const, checkedAt: earlier };
const settle = (next: Parameters<typeof settleVerification>[0], before?: typeof stored, isAllowed = true) =>
  settleVerification(next, { before, isAllowed, now });

test.each([
  [['catalog:write'], false],
  [['catalog:write', 'catalog:publish'], true],
  [['admin'], true],
  [[], false],
])('who has %j may verify: %s', (scopes, isAllowed) => {
  expect(mayVerify(scopes)).toBe(isAllowed);
});

test.each([
  ['the first one is checked now', { level: 'phone' as const }, undefined, { level: 'phone', checkedAt: now }],
  [
    'a time that is told counts, in UTC',
    { level: 'phone' as const, checkedAt: '2026-01-05T08:00:00+08:00' },
    undefined,
    { level: 'phone', checkedAt: '2026-01-05T00:00:00.000Z' },
  ],
  ['another level is checked now', { level: 'onsite' as const }, stored, { level: 'onsite', checkedAt: now }],
  [
    'another level with the time of the old one is checked now',
    { level: 'onsite' as const, checkedAt: earlier },
    stored,
    { level: 'onsite', checkedAt: now },
  ],
  [
    'the same level can be checked again',
    { level: 'email' as const, checkedAt: '2026-01-20T00:00:00.000Z' },
    stored,
    { level: 'email', checkedAt: '2026-01-20T00:00:00.000Z' },
  ],
  ['the same one without its time stays', { level: 'email' as const }, stored, stored],
  ['what is taken away is gone', undefined, stored, undefined],
  ['none is said as it is', { level: 'none' as const }, undefined, { level: 'none' }],
])('%s', (_what, next, before, verification) => {
  expect(settle(next, before)).toEqual({ ...(verification ? { verification } : {}), faults: [] });
});

test.each([
  ['given', { level: 'email' as const }, undefined],
  ['raised', { level: 'onsite' as const }, stored],
  ['dated anew', { level: 'email' as const, checkedAt: now }, stored],
  ['taken away', undefined, stored],
])('without the scope it cannot be %s', (_what, next, before) => {
  expect(() => settle(next, before, false)).toThrow(
    expect.objectContaining({
      code: 'FORBIDDEN',
      reason: 'company.verification-forbidden',
      details: { required: ['catalog:publish'] },
    }),
  );
});

test('without the scope it can be sent back as it was read', () => {
  expect(settle(stored, stored, false)).toEqual({ verification: stored, faults: [] });
  expect(settle(undefined, undefined, false)).toEqual({ faults: [] });
});

test.each([
  ['2026-02-01T00:00:00.001Z', 'lies in the future'],
  ['2016-12-31T23:59:60Z', 'is no instant that can be compared'],
])('a check at %s %s', (checkedAt, message) => {
  expect(settle({ level: 'phone', checkedAt }).faults).toEqual([
    { pointer: '/verification/checkedAt', message, expected: `at most ${now}`, reason: 'company.checked-at-invalid' },
  ]);
});
