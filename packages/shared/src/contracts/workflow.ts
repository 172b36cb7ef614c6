import type { Instant } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Status } from './atoms.ts';
import { isSameJson } from './merge-patch.ts';
import { type Move, type MoveBody, moves } from './moves.ts';
import { readSchedule } from './schedule.ts';

type Step = { from: readonly Status[]; to: Status; changeType: string };

/** From where each move leads where, and what its change is called on the bus. */
const table: Record<Move, Step> = {
  submit: { from: ['draft', 'rejected'], to: 'in_review', changeType: 'submitted' },
  reject: { from: ['in_review'], to: 'rejected', changeType: 'rejected' },
  publish: {
    from: ['draft', 'in_review', 'rejected', 'scheduled', 'archived'],
    to: 'published',
    changeType: 'published',
  },
  // What is published stays so: only the end can be set (`statusAfter`).
  schedule: { from: ['draft', 'in_review', 'rejected', 'published'], to: 'scheduled', changeType: 'scheduled' },
  unschedule: { from: ['scheduled'], to: 'draft', changeType: 'unscheduled' },
  unpublish: { from: ['published'], to: 'draft', changeType: 'unpublished' },
  archive: { from: ['draft', 'published', 'rejected'], to: 'archived', changeType: 'archived' },
  unarchive: { from: ['archived'], to: 'draft', changeType: 'unarchived' },
};

/** The moves that a document with this status can make. */
export function allowedMoves(status: Status): Move[] {
  return moves.filter((move) => table[move].from.includes(status));
}

/** The type of the change that a move makes. */
export function changeTypeOf(move: Move): string {
  return table[move].changeType;
}

/** In words from where a move leads where. */
export function describeMove(move: Move): string {
  const { from, to } = table[move];
  const leaving = from.filter((status) => statusAfter(move, status) !== status);
  return `${leaving.join(', ')} → ${to}`;
}

function statusAfter(move: Move, status: Status): Status {
  return move === 'schedule' && status === 'published' ? status : table[move].to;
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
  /** There exactly while it is scheduled. */
  publishAt?: Instant;
  /** The planned end of its publication: only while it is scheduled or published. */
  unpublishAt?: Instant;
  /** There exactly while it is rejected. */
  rejectionReason?: string;
  createdBy?: string;
  updatedBy?: string;
};

/** The life of a document that begins now. */
export function beginLife(status: Status, { now, actorId }: Stamp): DocumentLife {
  const published = status === 'published' ? { publishedAt: now } : {};
  return { status, createdAt: now, updatedAt: now, createdBy: actorId, updatedBy: actorId, ...published };
}

/** The life of a document without the rest of its state. */
export function lifeOf(state: DocumentLife): DocumentLife {
  const { status, createdAt, updatedAt, publishedAt, createdBy, updatedBy } = state;
  return {
    status,
    createdAt,
    updatedAt,
    ...(publishedAt ? { publishedAt } : {}),
    ...planOf(state),
    ...(createdBy ? { createdBy } : {}),
    ...(updatedBy ? { updatedBy } : {}),
  };
}

type Plan = Pick<DocumentLife, 'publishAt' | 'unpublishAt' | 'rejectionReason'>;

function planOf({ publishAt, unpublishAt, rejectionReason }: DocumentLife): Plan {
  return {
    ...(publishAt === undefined ? {} : { publishAt }),
    ...(unpublishAt === undefined ? {} : { unpublishAt }),
    ...(rejectionReason === undefined ? {} : { rejectionReason }),
  };
}

/** `next` as written now, or `current` itself when nothing differs: then there is nothing to write. */
export function touch<T extends { updatedAt: Instant; updatedBy?: string }>(current: T, next: T, stamp: Stamp): T {
  if (isSameJson(current, next)) return current;
  return { ...next, updatedAt: stamp.now, updatedBy: stamp.actorId };
}

/** A move with what it takes: a reason to reject, instants to schedule. */
export type MoveOrder = { move: Move; body?: MoveBody | undefined };

/**
 * The state after a move. Throws CONFLICT `workflow.move-refused` with the moves that are allowed, and
 * VALIDATION_FAILED `workflow.reason-missing` or `workflow.schedule-invalid` for what the move takes.
 */
export function moveDocument<T extends DocumentLife>(state: T, { move, body = {} }: MoveOrder, stamp: Stamp): T {
  const { status } = state;
  if (!table[move].from.includes(status)) throw refused(status, `A document that is ${status} cannot ${move}.`);
  if (move === 'schedule' && status === 'published' && body.publishAt !== undefined)
    throw refused(status, 'A document that is published can be scheduled for its end alone, by unpublishAt.');
  const { publishAt: _begin, unpublishAt: _end, rejectionReason: _reason, ...lasting } = state;
  const to = statusAfter(move, status);
  return {
    ...(lasting as T),
    status: to,
    ...(to === 'published' && status !== to ? { publishedAt: stamp.now } : {}),
    ...planAfter(state, { move, body }, stamp.now),
    updatedAt: stamp.now,
    updatedBy: stamp.actorId,
  };
}

function refused(status: Status, message: string): AppError {
  return AppError.conflict('workflow.move-refused', message, { allowed: allowedMoves(status) });
}

/** What is planned after a move. An end that was planned outlives only the publication that it ends. */
function planAfter({ status, unpublishAt }: DocumentLife, { move, body = {} }: MoveOrder, now: Instant): Plan {
  if (move === 'schedule') return readSchedule(body, { isPublished: status === 'published', now });
  if (move === 'publish') return unpublishAt === undefined ? {} : { unpublishAt };
  if (move !== 'reject') return {};
  if (body.reason !== undefined) return { rejectionReason: body.reason };
  throw AppError.invalid('workflow.reason-missing', { pointer: '/reason', message: 'is missing', expected: 'a text' });
}

/** The move that the clock makes now: what is scheduled is published, what is published is archived. */
export function dueMove(
  { status, publishAt, unpublishAt }: DocumentLife,
  now: Instant,
): 'publish' | 'archive' | undefined {
  if (status === 'scheduled' && publishAt !== undefined && publishAt <= now) return 'publish';
  if (status === 'published' && unpublishAt !== undefined && unpublishAt <= now) return 'archive';
  return undefined;
}
