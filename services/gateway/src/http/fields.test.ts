import { Article, Company } from '@ortoo/shared/contracts';
import { AppError } from '@ortoo/shared/kernel';
import { expect, test } from 'vitest';
import { createFieldCheck } from './fields.ts';

const faultsOf = (names: string[], shape: typeof Company | typeof Article = Company) => {
  try {
    createFieldCheck(shape)(names);
    return [];
  } catch (error) {
    if (error instanceof AppError) return error.details?.errors ?? [];
    throw error;
  }
};

test('members are known by their names, dotted inside members, lists and unions', () => {
  expect(faultsOf(['displayName', 'displayName.mn', 'locations.address.region', 'quality.parts.completeness'])).toEqual(
    [],
  );
  expect(faultsOf(['body.text', 'body.level', 'body.url', 'source.domain'], Article)).toEqual([]);
});

test('each unknown one is named at its place with the nearest known', () => {
  expect(faultsOf(['slug', 'displayNme', 'locations.adress', '__proto__', '', 'slug.x'])).toEqual([
    expect.objectContaining({ pointer: '/fields/1', message: 'is not a known member; did you mean displayName?' }),
    expect.objectContaining({ pointer: '/fields/2', message: expect.stringContaining('locations.address') }),
    expect.objectContaining({ pointer: '/fields/3' }),
    expect.objectContaining({ pointer: '/fields/4' }),
    expect.objectContaining({ pointer: '/fields/5' }),
  ]);
});
