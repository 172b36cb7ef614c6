import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shiftInstant } from '../kernel/clock.ts';
import { type Status, statuses } from './atoms.ts';
import { type Move, moves } from './moves.ts';
import {
  allowedMoves,
  beginLife,
  changeTypeOf,
  type DocumentLife,
  describeMove,
  dueMove,
  lifeOf,
  moveDocument,
  touch,
} from './workflow.ts';

const born = { now: '2026-01-01T00:00:00.000Z', actorId: 'key_a' };
const later = { now: '2026-02-01T00:00:00.000Z', actorId: 'key_b' };
const soon = '2026-03-01T00:00:00.000Z';
const end = '2026-04-01T00:00:00.000Z';

/** What the workflow allows, as it is written down in the design of the API; the code's own table is compared with it. */
const design: Record<Move, Partial<Record<Status, Status>>> = {
  submit: { draft: 'in_review', rejected: 'in_review' },
  reject: { in_review: 'rejected' },
  publish: {
    draft: 'published',
    in_review: 'published',
    rejected: 'published',
    scheduled: 'published',
    archived: 'published',
  },
  schedule: { draft: 'scheduled', in_review: 'scheduled', rejected: 'scheduled', published: 'published' },
  unschedule: { scheduled: 'draft' },
  unpublish: { published: 'draft' },
  archive: { draft: 'archived', published: 'archived', rejected: 'archived' },
  unarchive: { archived: 'draft' },
};

/** A life with this status and all that belongs to it. */
function lifeIn(status: Status): DocumentLife {
  return {
    ...beginLife(status, born),
    ...(status === 'scheduled' ? { publishAt: soon } : {}),
    ...(status === 'scheduled' || status === 'published' ? { unpublishAt: end } : {}),
    ...(status === 'rejected' ? { rejectionReason: 'A source is missing.' } : {}),
  };
}

const bodies: Partial<Record<Move, object>> = {
  reject: { reason: 'Not yet.' },
  schedule: { publishAt: soon },
};
const orderOf = (move: Move, status: Status) => ({
  move,
  body: move === 'schedule' && status === 'published' ? { unpublishAt: end } : bodies[move],
});

const pairs = statuses.flatMap((status) => moves.map((move) => ({ status, move, to: design[move][status] })));

test.each(pairs.filter(({ to }) => to))('$status: $move leads to $to', ({ status, move, to }) => {
  expect(moveDocument(lifeIn(status), orderOf(move, status), later)).toMatchObject({
    status: to,
    createdAt: born.now,
    createdBy: 'key_a',
    updatedAt: later.now,
    updatedBy: 'key_b',
  });
  expect(allowedMoves(status)).toContain(move);
});

test.each(pairs.filter(({ to }) => !to))('$status: $move is refused, naming what is allowed', ({ status, move }) => {
  const allowed = moves.filter((other) => design[other][status]);
  const refused = { code: 'CONFLICT', reason: 'workflow.move-refused', details: { allowed } };
  expect(() => moveDocument(lifeIn(status), orderOf(move, status), later)).toThrow(expect.objectContaining(refused));
});

test('each move is called by a word of its own on the bus, and described for people', () => {
  expect(moves.map(changeTypeOf)).toEqual([
    'submitted',
    'rejected',
    'published',
    'scheduled',
    'unscheduled',
    'unpublished',
    'archived',
    'unarchived',
  ]);
  expect(describeMove('submit')).toBe('draft, rejected → in_review');
  expect(describeMove('schedule')).toBe('draft, in_review, rejected → scheduled');
});

test('publishedAt is the latest publication and outlives an unpublish', () => {
  const published = beginLife('published', born);
  expect(published.publishedAt).toBe(born.now);
  const drafted = moveDocument(published, { move: 'unpublish' }, later);
  expect(drafted).toMatchObject({ status: 'draft', publishedAt: born.now, updatedBy: 'key_b' });
  expect(moveDocument(drafted, { move: 'publish' }, later).publishedAt).toBe(later.now);
  expect(beginLife('in_review', born)).not.toHaveProperty('publishedAt');
});

test('a change that changes nothing leaves the document untouched', () => {
  const state = { ...beginLife('draft', born), tags: ['a'] };
  expect(touch(state, { ...state, tags: ['a'] }, later)).toBe(state);
  expect(touch(state, { ...state, tags: ['b'] }, later)).toMatchObject({ updatedAt: later.now, updatedBy: 'key_b' });
});

test.each(statuses)('an edit of what is %s keeps the whole life', (status) => {
  const life = { ...lifeIn(status), publishedAt: born.now };
  expect(lifeOf({ ...life, name: 'x' } as DocumentLife)).toEqual(life);
});

test('the reason of a rejection is kept until the document leaves that status, and then gone', () => {
  const rejected = moveDocument(
    beginLife('in_review', born),
    { move: 'reject', body: { reason: 'No source.' } },
    later,
  );
  expect(rejected.rejectionReason).toBe('No source.');
  for (const move of allowedMoves('rejected'))
    expect(moveDocument(rejected, orderOf(move, 'rejected'), later), move).not.toHaveProperty('rejectionReason');
});

test('a rejection without a reason is refused at its place', () => {
  expect(() => moveDocument(beginLife('in_review', born), { move: 'reject' }, later)).toThrow(
    expect.objectContaining({
      code: 'VALIDATION_FAILED',
      reason: 'workflow.reason-missing',
      details: { errors: [{ pointer: '/reason', message: 'is missing', expected: 'a text' }] },
    }),
  );
});

test('a planned end outlives the publication by hand, and nothing else', () => {
  const planned = lifeIn('scheduled');
  expect(moveDocument(planned, { move: 'publish' }, later)).toMatchObject({ unpublishAt: end, publishedAt: later.now });
  expect(moveDocument(planned, { move: 'publish' }, later)).not.toHaveProperty('publishAt');
  for (const [status, move] of [
    ['scheduled', 'unschedule'],
    ['published', 'unpublish'],
    ['published', 'archive'],
  ] as const) {
    const moved = moveDocument(lifeIn(status), { move }, later);
    expect(moved, move).not.toHaveProperty('publishAt');
    expect(moved, move).not.toHaveProperty('unpublishAt');
  }
});

test('what is published can be given another end without being published anew', () => {
  const state = beginLife('published', born);
  expect(moveDocument(state, { move: 'schedule', body: { unpublishAt: end } }, later)).toEqual({
    ...state,
    unpublishAt: end,
    updatedAt: later.now,
    updatedBy: 'key_b',
  });
});

test('what is published is not scheduled to be published: a conflict that says so', () => {
  const body = { publishAt: soon, unpublishAt: end };
  expect(() => moveDocument(beginLife('published', born), { move: 'schedule', body }, later)).toThrow(
    expect.objectContaining({
      reason: 'workflow.move-refused',
      message: expect.stringContaining('unpublishAt'),
      details: { allowed: ['schedule', 'unpublish', 'archive'] },
    }),
  );
});

test('the clock moves what is due, at its instant and not before', () => {
  const [scheduled, published] = [lifeIn('scheduled'), lifeIn('published')];
  expect(dueMove(scheduled, shiftInstant(soon, -1))).toBeUndefined();
  expect(dueMove(scheduled, soon)).toBe('publish');
  expect(dueMove(published, shiftInstant(end, -1))).toBeUndefined();
  expect(dueMove(published, end)).toBe('archive');
  for (const status of statuses.filter((one) => one !== 'scheduled' && one !== 'published'))
    expect(dueMove(lifeIn(status), shiftInstant(end, 1)), status).toBeUndefined();
  expect(dueMove(beginLife('published', born), shiftInstant(end, 1))).toBeUndefined();
});

/** What a caller may order at a moment: any move, with instants before and after now. */
const anOrder = fc.record({
  move: fc.constantFrom(...moves),
  aheadMs: fc.integer({ min: -1_000, max: 10_000 }),
  forMs: fc.integer({ min: -1_000, max: 10_000 }),
  members: fc.subarray(['publishAt', 'unpublishAt', 'reason'] as const),
  passesMs: fc.integer({ min: 1, max: 5_000 }),
});

test('a walk of any moves stays in the table, is told truthfully what is allowed, and plans nothing that is over', () => {
  fc.assert(
    fc.property(fc.constantFrom(...statuses), fc.array(anOrder, { maxLength: 30 }), (first, orders) => {
      let state: DocumentLife = lifeIn(first);
      let now = later.now;
      for (const { move, aheadMs, forMs, members, passesMs } of orders) {
        now = shiftInstant(now, passesMs);
        const wanted = {
          reason: 'x',
          publishAt: shiftInstant(now, aheadMs),
          unpublishAt: shiftInstant(now, aheadMs + forMs),
        };
        const body = Object.fromEntries(members.map((name) => [name, wanted[name]]));
        const { status } = state;
        const outcome = attempt(() => moveDocument(state, { move, body }, { now, actorId: 'key_c' }));
        const isInTable = design[move][status] && !(status === 'published' && body.publishAt);
        const refusal = isInTable ? 'VALIDATION_FAILED' : 'CONFLICT';
        expect(outcome.type === 'refused' ? outcome.code : refusal).toBe(refusal);
        if (outcome.type === 'refused') continue;
        state = outcome.state;
        expect(state.status).toBe(design[move][status]);
        const { publishAt, unpublishAt, rejectionReason } = state;
        expect(publishAt !== undefined).toBe(state.status === 'scheduled');
        expect(rejectionReason !== undefined).toBe(state.status === 'rejected');
        expect(unpublishAt === undefined || ['scheduled', 'published'].includes(state.status)).toBe(true);
        expect(publishAt === undefined || unpublishAt === undefined || unpublishAt > publishAt).toBe(true);
        expect(move === 'schedule' ? dueMove(state, now) : undefined).toBeUndefined();
        const due = dueMove(state, soon);
        expect(due === undefined || allowedMoves(state.status).includes(due)).toBe(true);
      }
    }),
  );
});

function attempt(run: () => DocumentLife): { type: 'done'; state: DocumentLife } | { type: 'refused'; code: string } {
  try {
    return { type: 'done', state: run() };
  } catch (error) {
    return { type: 'refused', code: (error as { code: string }).code };
  }
}
