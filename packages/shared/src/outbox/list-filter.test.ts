import { expect, test } from 'vitest';
import { anyKeyOf, anyOf, buildListFilter } from './list-filter.ts';

test('the public never gets a filter without visibility', () => {
  expect(buildListFilter({}, 'public', [])).toEqual({ $and: [{ visible: true }] });
  expect(buildListFilter({ status: ['draft'] }, 'public', [])).toEqual({
    $and: [{ visible: true }, { status: { $in: ['draft'] } }],
  });
});

test('staff gets what is visible and what is not, both named; of statuses that the public never sees, the latter alone', () => {
  expect(buildListFilter({}, 'staff', [])).toEqual({ $and: [{ visible: { $in: [true, false] } }] });
  for (const [status, visible] of [
    [['draft', 'in_review'], [false]],
    [
      ['draft', 'published'],
      [true, false],
    ],
  ] as const)
    expect(buildListFilter({ status: [...status] }, 'staff', [])).toEqual({
      $and: [{ visible: { $in: visible } }, { status: { $in: status } }],
    });
});

test('each filter is a condition of its own, those on keys too', () => {
  const own = [...anyOf('language', ['mn']), ...anyKeyOf('reg', ['1']), ...anyOf('legalForm', undefined)];
  const since = '2026-01-01T00:00:00.000Z';
  expect(buildListFilter({ ids: ['a'], externalId: ['erp:x'], updatedSince: since }, 'staff', own)).toEqual({
    $and: [
      { visible: { $in: [true, false] } },
      { _id: { $in: ['a'] } },
      { keys: { $in: ['ext:erp:x'] } },
      { updatedAt: { $gte: since } },
      { language: { $in: ['mn'] } },
      { keys: { $in: ['reg:1'] } },
    ],
  });
});
