import type { Instant } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Status } from './atoms.ts';
import { type Move, moves } from './calls.ts';
import { isSameJson } from './merge-patch.ts';

/** From where each move leads where, and what its change is called on the bus. */
const table: Record<Move, { from: readonly Status[]; to: Status; changeType: string }> = {
  publish: {
    from: ['draft', 'in_review', 'rejected', 'scheduled', 'archived'],
    to: 'published',
    changeType: 'published',
  },
  unpublish: { from: ['published'], to: 'draft', changeType: 'unpublished' },
};

/** The moves that a document with this status can make. */
export function allowedMoves(status: Status): Move[] {
  return moves.filter((move) => table[move].from.includes(status));
}

/** The type of the change that a move makes. */
export function changeTypeOf(move: Move): string {
  return table[move].changeType;
}

/** Who writes, and when. */
export type Stamp = { now: Instant; actorId: string };

/** What a decision about a document needs to know from outside. */
export type Judging = {
  stamp: Stamp;
  /** What makes the slug free when the name's own is taken, e.g. `-2`. */
  suffix: string;
  /** The codes of categories that exist; those that the body names at least. */
  knownCategories: ReadonlySet<string>;
};

/** What every document with a workflow keeps of its life. */
export type DocumentLife = {
  status: Status;
  createdAt: Instant;
  updatedAt: Instant;
  /** The latest publication; it stays while the document is a draft again. */
  publishedAt?: Instant;
  createdBy?: string;
  updatedBy?: string;
};

/** The life of a document that begins now. */
export function beginLife(status: Status, { now, actorId }: Stamp): DocumentLife {
  const published = status === 'published' ? { publishedAt: now } : {};
  return { status, createdAt: now, updatedAt: now, createdBy: actorId, updatedBy: actorId, ...published };
}

/** The life of a document without the rest of its state. */
export function lifeOf({
  status,
  createdAt,
  updatedAt,
  publishedAt,
  createdBy,
  updatedBy,
}: DocumentLife): DocumentLife {
  return {
    status,
    createdAt,
    updatedAt,
    ...(publishedAt ? { publishedAt } : {}),
    ...(createdBy ? { createdBy } : {}),
    ...(updatedBy ? { updatedBy } : {}),
  };
}

/** `next` as written now, or `current` itself when nothing differs: then there is nothing to write. */
export function touch<T extends { updatedAt: Instant; updatedBy?: string }>(current: T, next: T, stamp: Stamp): T {
  if (isSameJson(current, next)) return current;
  return { ...next, updatedAt: stamp.now, updatedBy: stamp.actorId };
}

/** The state after a move. Throws CONFLICT `workflow.move-refused` with the moves that are allowed. */
export function moveDocument<T extends DocumentLife>(state: T, move: Move, { now, actorId }: Stamp): T {
  const { from, to } = table[move];
  if (!from.includes(state.status)) {
    throw AppError.conflict('workflow.move-refused', `A document that is ${state.status} cannot ${move}.`, {
      allowed: allowedMoves(state.status),
    });
  }
  const published = to === 'published' ? { publishedAt: now } : {};
  return { ...state, status: to, ...published, updatedAt: now, updatedBy: actorId };
}
