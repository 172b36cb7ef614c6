import { expect, test } from 'vitest';
import { isAtLeast, parseVersion } from './version.ts';

test.each([
  ['6.0.5', '6.0', true],
  ['7.0.0', '6.0', true],
  ['5.0.31', '6.0', false],
  ['2.12.0-RC.1', '2.12', true],
  ['v2.9.25', '2.12', false],
  ['8.16.6', '8.16', true],
  ['8.9.2', '8.16', false],
  ['9', '8.16', true],
  ['unknown', '8.16', false],
])('%s against at least %s: %s', (version, minimum, expected) => {
  expect(isAtLeast(version, minimum)).toBe(expected);
});

test('a version is read number by number', () => {
  expect(parseVersion('v2.15.1-beta')).toEqual([2, 15, 1]);
  expect(parseVersion('beta')).toBeUndefined();
});
