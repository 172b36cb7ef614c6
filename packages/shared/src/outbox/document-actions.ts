import {
  changeTypeOf,
  type DocumentLife,
  type ExportRequest,
  type GetManyRequest,
  type GetRequest,
  type Kind,
  type MoveRequest,
  moveDocument,
  parseRef,
  type RemoveRequest,
  requireSeen,
} from '../contracts/index.ts';
import type { Clock, Context } from '../kernel/index.ts';
import { actorName } from './envelope.ts';
import type { VersionedStore } from './versioned-store.ts';

/** What can be done alike with every kind that has a slug and a workflow. */
export function createDocumentActions<T extends DocumentLife & { slug: string }>(options: {
  kind: Kind;
  store: VersionedStore<T>;
  clock: Clock;
}) {
  const { kind, store, clock } = options;
  return {
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

    /** Throws CONFLICT `workflow.move-refused`, and what `VersionedStore.change` throws. */
    move: (ctx: Context, { move, ...request }: MoveRequest) =>
      store.change(ctx, {
        ...request,
        type: changeTypeOf(move),
        decide: (state) => moveDocument(state, move, { now: clock.now(), actorId: actorName(ctx) }),
      }),

    remove: (ctx: Context, request: RemoveRequest) => store.remove(ctx, request),

    exportPage: (ctx: Context, request: ExportRequest) => store.exportPage(ctx, request),
  };
}
