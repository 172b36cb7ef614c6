import { expect, test } from 'vitest';
import { AppError, errorCodes, isErrorCode } from './errors.ts';

test('a defect is hidden behind INTERNAL and kept as the cause for the log', () => {
  const defect = new TypeError('x is not a function, password=hunter2');
  const shown = AppError.from(defect);
  expect(shown).toMatchObject({ code: 'INTERNAL', reason: 'internal', cause: defect });
  expect(shown.message).not.toContain('hunter2');
});

test('an AppError is handed on as it is', () => {
  const error = AppError.notFound('company.not-found', 'No such company.');
  expect(AppError.from(error)).toBe(error);
});

test('several faults become one sentence that names the first place and counts the rest', () => {
  const error = AppError.invalid('request.invalid', [
    { pointer: '/a', message: 'is missing' },
    { pointer: '/b', message: 'is missing' },
  ]);
  expect(error.message).toBe('/a: is missing (and 1 more)');
  expect(error.details?.errors).toHaveLength(2);
});

test('a version mismatch says the current version', () => {
  expect(AppError.versionMismatch('company_1', 8, 7)).toMatchObject({
    code: 'VERSION_MISMATCH',
    details: { current: { v: 8 } },
  });
});

test('only listed codes are taken from the wire', () => {
  expect(errorCodes.every(isErrorCode)).toBe(true);
  expect(isErrorCode('EVIL')).toBe(false);
});
