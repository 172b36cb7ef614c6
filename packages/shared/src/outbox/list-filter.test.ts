import { expect, test } from 'vitest';
import { anyKeyOf, anyOf, buildListFilter } from './list-filter.ts';

test('the public never gets a filter without visibility', () => {
  expect(buildListFilter({}, 'public', [])).toEqual({ $and: [{ visible: true }] });
  expect(buildListFilter({ status: ['draft'] }, 'public', [])).toEqual({
    $and: [{ visible: true }, { status: { $in: ['draft'] } }],
  });
  expect(buildListFilter({}, 'staff', [])).toEqual({});
});

test('each filter is a condition of its own, those on keys too', () => {
  const own = [...anyOf('language', ['mn']), ...anyKeyOf('reg', ['1']), ...anyOf('legalForm', undefined)];
  const since = '2026-01-01T00:00:00.000Z';
  expect(buildListFilter({ ids: ['a'], externalId: ['erp:x'], updatedSince: since }, 'staff', own)).toEqual({
    $and: [
      { _id: { $in: ['a'] } },
      { keys: { $in: ['ext:erp:x'] } },
      { updatedAt: { $gte: since } },
      { language: { $in: ['mn'] } },
      { keys: { $in: ['reg:1'] } },
    ],
  });
});
