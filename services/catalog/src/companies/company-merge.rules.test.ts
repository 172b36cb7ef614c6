import type { CompanyState } from '@ortoo/shared/contracts';
import { expect, test } from 'vitest';
import { forgetMerge, mergeCompany, mergeOf, requireUnmerged, undoMerge } from './company-merge.rules.ts';

const stamp = { now: '2026-02-01T00:00:00.000Z', actorId: 'key_b' };
const copy: CompanyState = {
  displayName: { en: 'Copy' },
  categories: { primary: 'food' },
  registrationNumber: '5123456',
  slug: 'copy',
  isSlugPinned: false,
  oldSlugs: ['older'],
  quality: { score: 0, parts: { completeness: 0, verification: 0 } },
  status: 'published',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
};
const into = (found?: { id: string; mergedInto?: string }, ref = 'stays') => ({
  id: 'copy',
  target: { ref, ...(found ? { found } : {}) },
});
const merged = mergeCompany(copy, into({ id: 'a' }), stamp);

test('a merged company is archived with all that is its own', () => {
  expect(merged).toEqual({
    ...copy,
    status: 'archived',
    mergedInto: 'a',
    mergePair: 'a copy',
    updatedAt: stamp.now,
    updatedBy: 'key_b',
  });
});

test.each(['draft', 'in_review', 'rejected', 'scheduled', 'archived'] as const)(
  'one that is %s can be merged',
  (status) => {
    const plan = {
      publishAt: '2027-01-01T00:00:00.000Z',
      unpublishAt: '2028-01-01T00:00:00.000Z',
      rejectionReason: 'x',
    };
    const state = mergeCompany({ ...copy, ...plan, status }, into({ id: 'a' }), stamp);
    expect(state).toEqual(merged);
  },
);

test('both ways of a pair hold the same key, so that one of them alone can be', () => {
  const back = mergeCompany(copy, { id: 'a', target: { ref: 'x', found: { id: 'copy' } } }, stamp);
  expect(back.mergePair).toBe(merged.mergePair);
});

test('into the same company again is no change', () => {
  expect(mergeCompany(merged, into({ id: 'a' }), stamp)).toBe(merged);
  expect(mergeCompany(merged, into({ id: 'a', mergedInto: 'b' }), stamp)).toBe(merged);
});

test.each([
  ['an unknown company', undefined, 'company.merge-target-unknown', 'there is no company stays'],
  ['itself', { id: 'copy' }, 'company.merge-into-itself', 'is the company itself'],
])('into %s is refused at /into', (_what, found, reason, message) => {
  expect(() => mergeCompany(copy, into(found), stamp)).toThrow(
    expect.objectContaining({
      code: 'VALIDATION_FAILED',
      reason,
      details: { errors: [{ pointer: '/into', message, expected: 'the id or slug of another company' }] },
    }),
  );
});

test.each([
  ['a merged one', copy, { id: 'a', mergedInto: 'b' }, { reason: 'company.merge-into-merged', details: { id: 'b' } }],
  ['a second one', merged, { id: 'c' }, { reason: 'company.merged', details: { id: 'a', allowed: ['unarchive'] } }],
])('into %s is refused with where that went', (_what, state, found, said) => {
  expect(() => mergeCompany(state, into(found), stamp)).toThrow(expect.objectContaining({ code: 'CONFLICT', ...said }));
});

test('a merge that is undone leaves what was before, its plan too', () => {
  const planned = { ...copy, status: 'scheduled' as const, publishAt: '2027-01-01T00:00:00.000Z' };
  const undone = undoMerge(mergeCompany(planned, into({ id: 'a' }), stamp), planned, stamp);
  expect(undone).toEqual({ ...planned, updatedAt: stamp.now, updatedBy: 'key_b' });
  expect(undoMerge(copy, planned, stamp)).toBe(copy);
});

test('a merged company leaves the archive by unarchive alone, and is its own again', () => {
  expect(() => requireUnmerged(merged, 'unarchive')).not.toThrow();
  expect(() => requireUnmerged(copy, 'publish')).not.toThrow();
  expect(() => requireUnmerged(merged, 'publish')).toThrow(
    expect.objectContaining({ reason: 'company.merged', details: { id: 'a', allowed: ['unarchive'] } }),
  );
  expect(forgetMerge({ ...merged, status: 'draft' })).not.toHaveProperty('mergedInto');
  expect(forgetMerge({ ...merged, status: 'draft' })).not.toHaveProperty('mergePair');
  expect(forgetMerge(merged)).toBe(merged);
});

test('a change of its members keeps where it went', () => {
  expect(mergeOf(merged)).toEqual({ mergedInto: 'a', mergePair: 'a copy' });
  expect(mergeOf(copy)).toEqual({});
});
