import { expect, test } from 'vitest';
import { statuses } from './atoms.ts';
import { moves } from './calls.ts';
import { allowedMoves, beginLife, moveDocument, touch } from './workflow.ts';

const born = { now: '2026-01-01T00:00:00.000Z', actorId: 'key_a' };
const later = { now: '2026-02-01T00:00:00.000Z', actorId: 'key_b' };

const pairs = statuses.flatMap((status) =>
  moves.map((move) => ({ status, move, isAllowed: allowedMoves(status).includes(move) })),
);

test.each(pairs.filter(({ isAllowed }) => isAllowed))('$status: $move is done', ({ status, move }) => {
  expect(moveDocument(beginLife(status, born), move, later)).toMatchObject({
    updatedAt: later.now,
    updatedBy: 'key_b',
  });
});

test.each(pairs.filter(({ isAllowed }) => !isAllowed))(
  '$status: $move is refused, naming what is allowed',
  ({ status, move }) => {
    expect(() => moveDocument(beginLife(status, born), move, later)).toThrow(
      expect.objectContaining({
        code: 'CONFLICT',
        reason: 'workflow.move-refused',
        details: { allowed: allowedMoves(status) },
      }),
    );
  },
);

test('the table is the one of the workflow', () => {
  expect(Object.fromEntries(statuses.map((status) => [status, allowedMoves(status)]))).toEqual({
    draft: ['publish'],
    in_review: ['publish'],
    scheduled: ['publish'],
    published: ['unpublish'],
    rejected: ['publish'],
    archived: ['publish'],
  });
});

test('publishedAt is the latest publication and outlives an unpublish', () => {
  const published = beginLife('published', born);
  expect(published.publishedAt).toBe(born.now);
  const drafted = moveDocument(published, 'unpublish', later);
  expect(drafted).toMatchObject({ status: 'draft', publishedAt: born.now, updatedBy: 'key_b' });
  expect(moveDocument(drafted, 'publish', later).publishedAt).toBe(later.now);
  expect(beginLife('in_review', born)).not.toHaveProperty('publishedAt');
});

test('a change that changes nothing leaves the document untouched', () => {
  const state = { ...beginLife('draft', born), tags: ['a'] };
  expect(touch(state, { ...state, tags: ['a'] }, later)).toBe(state);
  expect(touch(state, { ...state, tags: ['b'] }, later)).toMatchObject({ updatedAt: later.now, updatedBy: 'key_b' });
});
