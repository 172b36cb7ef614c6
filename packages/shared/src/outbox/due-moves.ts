import {
  changeTypeOf,
  type DocumentLife,
  dueMove,
  type Kind,
  type Move,
  type MoveOrder,
  type Stamp,
} from '../contracts/index.ts';
import { AppError, type Clock, type Context, type Instant, type Logger, serviceContext } from '../kernel/index.ts';
import { type DueMember, dueMembers, type Planned } from './store-earliest.ts';
import type { VersionedStore } from './versioned-store.ts';

/** Documents that are read, and then moved side by side, at a time: fewer than MongoDB's connections. */
const BATCH = 32;
const DEADLINE_MS = 10_000;
/** Who moves, in changes and in `updatedBy`. */
const ACTOR = 'schedule';

const moveOf = { publishAt: 'publish', unpublishAt: 'archive' } as const satisfies Record<DueMember, Move>;

/** What one look at a kind found: when something is due next, and one of the failures that the next look may mend. */
export type Look = { nextAt?: Instant | undefined; failure?: unknown };

type DueMovesOptions<T> = {
  kind: Kind;
  store: VersionedStore<T>;
  clock: Clock;
  /** The state after a move, as it is when somebody makes it by hand. */
  moveState(state: T, order: MoveOrder, stamp: Stamp): T;
  requireMovable?: ((ctx: Context, state: T, move: Move) => Promise<void>) | undefined;
};

/**
 * Makes the function that makes all moves of one kind that are due. Replicas may do so at the same time: a move is a
 * versioned write that decides on the current state whether it is due, so that the slower one writes nothing.
 */
export function createDueMoves<T extends DocumentLife>(options: DueMovesOptions<T>) {
  const { kind, store, clock, moveState, requireMovable } = options;

  const begin = (log: Logger): Context => serviceContext({ log, service: ACTOR, clock, forMs: DEADLINE_MS });

  /** Answers the state after the move when it was this call that moved the document. */
  async function moveOne(ctx: Context, id: string, { due, move }: { due: Move; move: Move }): Promise<T | undefined> {
    let isDue = false;
    const { state: after } = await store.change(ctx, {
      id,
      type: changeTypeOf(move),
      decide: (state) => {
        isDue = dueMove(state, clock.now()) === due;
        return isDue ? moveState(state, { move }, { now: clock.now(), actorId: ACTOR }) : state;
      },
      // What is to go is never kept, whatever else holds.
      allow: (state) => (move === 'publish' ? requireMovable?.(ctx, state, move) : undefined),
    });
    return isDue ? after : undefined;
  }

  async function makeMove(log: Logger, { id, at }: Planned, due: Move): Promise<void> {
    const ctx = begin(log);
    try {
      const moved = await moveOne(ctx, id, { due, move: due });
      if (moved) log.info({ kind, id, move: due, lateMs: clock.nowMs() - Date.parse(at) }, 'moved as planned');
      // Its end may have passed too: it is not to be seen for as long as all else that is due takes.
      const next = moved && dueMove(moved, clock.now());
      if (next === 'archive') await makeMove(log, { id, at: moved?.unpublishAt ?? at }, next);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'NOT_FOUND') return; // it was deleted meanwhile
      if (error.code !== 'CONFLICT' || due !== 'publish') throw error;
      const { reason, message: detail } = error;
      const isBack = await moveOne(begin(log), id, { due, move: 'unschedule' });
      if (isBack) log.warn({ kind, id, at, reason, detail }, 'a planned publication was refused; it is a draft again');
    }
  }

  /** Beyond a document that cannot be moved just now come others: each look goes through all that is due. */
  async function look(log: Logger, member: DueMember, signal: AbortSignal): Promise<Look> {
    let failure: unknown;
    let after: Planned | undefined;
    while (!signal.aborted) {
      const rows = await store.earliest(begin(log), { member, after, limit: BATCH });
      const now = clock.now();
      const due = rows.filter(({ at }) => at <= now);
      const done = await Promise.allSettled(due.map((planned) => makeMove(log, planned, moveOf[member])));
      failure ??= done.find((one) => one.status === 'rejected')?.reason;
      const next = rows[due.length];
      if (next || rows.length < BATCH) return { nextAt: next?.at, failure };
      after = rows.at(-1);
    }
    return { failure };
  }

  /** Throws what reads throw. What is due twice is published and at once archived, as the workflow has it. */
  return async (log: Logger, signal: AbortSignal): Promise<Look> => {
    const looks: Look[] = [];
    for (const member of dueMembers) looks.push(await look(log, member, signal));
    return {
      nextAt: looks.flatMap(({ nextAt }) => nextAt ?? []).toSorted()[0],
      failure: looks.find(({ failure }) => failure !== undefined)?.failure,
    };
  };
}
