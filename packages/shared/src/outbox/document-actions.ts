import {
  type ChangeRequest,
  type CreateRequest,
  changeTypeOf,
  type DocumentLife,
  type EditRequest,
  type ExportRequest,
  type GetManyRequest,
  type GetRequest,
  type Judging,
  type Kind,
  type Move,
  type MoveOrder,
  type MoveRequest,
  moveDocument,
  parseRef,
  type RemoveRequest,
  requireSeen,
  type Stamp,
  type SummaryRequest,
  type VersionsRequest,
  writeWithFreeSlug,
} from '../contracts/index.ts';
import type { Clock, Context } from '../kernel/index.ts';
import { createDueMoves } from './due-moves.ts';
import { actorName } from './envelope.ts';
import { notFound } from './store-core.ts';
import type { VersionedStore } from './versioned-store.ts';

type DocumentActionsOptions<T, I extends object, L extends object> = {
  kind: Kind;
  store: VersionedStore<T>;
  clock: Clock;
  /** The pure decisions of the kind: its first state, and the state after an edit. */
  open(input: I, judging: Judging & L): T;
  revise(state: T, edit: EditRequest, judging: Judging & L): T;
  /**
   * What has to hold outside the document before it moves; throws CONFLICT. Asked about the state that the move then
   * starts from, after the workflow has allowed it.
   */
  requireMovable?: ((ctx: Context, state: T, move: Move) => Promise<void>) | undefined;
  /** What else a move changes, whoever makes it; absent: nothing. */
  afterMove?: (state: T) => T;
  /** Looks up which categories exist, at least of those that an unchecked body names. */
  knownCategories(ctx: Context, body: object): Promise<ReadonlySet<string>>;
  /** Looks up what else the decisions need of other documents, by an unchecked body. Absent: they need nothing. */
  lookUp?: (ctx: Context, body: object, id: string) => Promise<L>;
  /** What has to hold outside the document before it is deleted; throws CONFLICT. Asked about the version that is named. */
  requireRemovable?: (ctx: Context, id: string) => Promise<void>;
};

/**
 * What can be done alike with every kind that has a slug and a workflow. Every write is one versioned document; its
 * change is published by the relay. Writes name the document as reads do, by its id or any slug of its.
 */
export function createDocumentActions<
  T extends DocumentLife & { slug: string },
  I extends object,
  L extends object = Record<never, never>,
>(options: DocumentActionsOptions<T, I, L>) {
  const { kind, store, clock, open, revise, knownCategories } = options;
  const { requireMovable, afterMove, lookUp, requireRemovable } = options;

  const idOf = async (ctx: Context, ref: string): Promise<string> => {
    const asked = parseRef(kind, ref);
    if (asked.type === 'id') return asked.id;
    const found = await store.findByKey(ctx, asked.key);
    if (!found) throw notFound(kind, ref);
    return found.id;
  };

  const judgingOf = async (ctx: Context, body: object, id: string) => {
    const [known, found] = await Promise.all([knownCategories(ctx, body), lookUp?.(ctx, body, id)]);
    const stamp = { now: clock.now(), actorId: actorName(ctx) };
    return { stamp, knownCategories: known, ...(found as L) }; // without a look-up, nothing is asked for
  };

  const moveState = (state: T, order: MoveOrder, stamp: Stamp): T => {
    const moved = moveDocument(state, order, stamp);
    return afterMove ? afterMove(moved) : moved;
  };

  return {
    /** The id of the document that an id or a slug names. Throws NOT_FOUND. */
    idOf,

    /** By id or slug; an old slug answers where it moved. Throws NOT_FOUND, for what the public may not see too. */
    get: async (ctx: Context, { ref, view }: GetRequest) => {
      const asked = parseRef(kind, ref);
      const found = await (asked.type === 'id' ? store.find(ctx, asked.id) : store.findByKey(ctx, asked.key));
      return requireSeen(found, { kind, ref, view });
    },

    /** In the order asked; what is missing or may not be seen is left out. */
    getMany: async (ctx: Context, { ids, view }: GetManyRequest) => {
      const found = await store.getMany(ctx, ids);
      return found.filter(({ visible }) => visible || view === 'staff');
    },

    /** Throws VALIDATION_FAILED naming every fault, and what `VersionedStore.create` throws. */
    create: async (ctx: Context, { id, input, requestKey }: CreateRequest<I>) => {
      const judging = await judgingOf(ctx, input, id);
      return await writeWithFreeSlug(id, (suffix) =>
        store.create(ctx, { id, state: open(input, { ...judging, suffix }), requestKey }),
      );
    },

    /** Throws VALIDATION_FAILED naming every fault, and what `VersionedStore.change` throws. */
    change: async (ctx: Context, { id: ref, v, mode, body, requestKey }: ChangeRequest, type = 'updated') => {
      const id = await idOf(ctx, ref);
      const judging = await judgingOf(ctx, body, id);
      return await writeWithFreeSlug(id, (suffix) =>
        store.change(ctx, {
          id,
          v,
          type,
          decide: (state) => revise(state, { mode, body }, { ...judging, suffix }),
          requestKey,
        }),
      );
    },

    /** Throws what `moveDocument`, `requireMovable` and `VersionedStore.change` throw. */
    move: async (ctx: Context, { move, body, ...request }: MoveRequest) =>
      store.change(ctx, {
        ...request,
        id: await idOf(ctx, request.id),
        type: changeTypeOf(move),
        compared: ['status'], // who may move need not be who may see all
        decide: (state) => moveState(state, { move, body }, { now: clock.now(), actorId: actorName(ctx) }),
        allow: (state) => requireMovable?.(ctx, state, move),
      }),

    /** Makes the moves that are due; for the worker. */
    moveDue: createDueMoves({ kind, store, clock, moveState, requireMovable }),

    /** Throws what `requireRemovable` and `VersionedStore.remove` throw. */
    remove: async (ctx: Context, request: RemoveRequest) => {
      const id = await idOf(ctx, request.id);
      return await store.remove(ctx, { ...request, id, allow: () => requireRemovable?.(ctx, id) });
    },

    exportPage: (ctx: Context, request: ExportRequest) => store.exportPage(ctx, request),

    summary: (ctx: Context, request: SummaryRequest) => store.summary(ctx, request),

    versions: (ctx: Context, request: VersionsRequest) => store.versions(ctx, request),
  };
}
