import type { TObject } from 'typebox';
import {
  type ChangeRequest,
  type Kind,
  parseRef,
  type RestoreRequest,
  type RevisionEntry,
  type RevisionRequest,
  type RevisionsRequest,
} from '../contracts/index.ts';
import type { Context } from '../kernel/index.ts';
import type { Stored } from './envelope.ts';
import type { VersionedStore } from './versioned-store.ts';

type RevisionActionsOptions<T> = {
  kind: Kind;
  store: Pick<VersionedStore<T>, 'findByKey' | 'revisions' | 'revision'>;
  /** What readers see, and what callers set. */
  shapes: { view: TObject; input: TObject };
  /** The kind's own way to change a document; `type` is what the change is called. */
  change(ctx: Context, request: ChangeRequest, type: string): Promise<Stored<T>>;
};

/** What every write stamps; a revision tells it by `at` and `actor`. */
const stamps = ['updatedAt', 'updatedBy'];

/** What can be done alike with the past of every kind. A deleted document is named by its id: its slugs are free. */
export function createRevisionActions<T extends Record<string, unknown>>({
  kind,
  store,
  shapes,
  change,
}: RevisionActionsOptions<T>) {
  const settable = Object.keys(shapes.input.properties).filter((name) => name !== 'slug' && name !== 'status');
  const shown = Object.keys(shapes.view.properties).filter((name) => !stamps.includes(name));

  /** A category's id is a word as slugs are; that no slug leads anywhere makes it an id. */
  const idOf = async (ctx: Context, ref: string): Promise<string> => {
    const asked = parseRef(kind, ref);
    if (asked.type === 'id') return asked.id;
    return (await store.findByKey(ctx, asked.key))?.id ?? ref;
  };

  /** The body that says what a state says. A slug that was set by hand comes back; one that was made follows the name. */
  const bodyOf = (state: Record<string, unknown>) => ({
    ...Object.fromEntries(settable.filter((name) => state[name] !== undefined).map((name) => [name, state[name]])),
    ...(state.isSlugPinned === true ? { slug: state.slug } : {}),
  });

  return {
    /** Throws what `VersionedStore.revisions` throws. */
    revisions: async (ctx: Context, { ref, ...query }: RevisionsRequest) => {
      const { items, next } = await store.revisions(ctx, { ...query, id: await idOf(ctx, ref) });
      return {
        items: items.map(
          ({ v, at, actor, type, fields }): RevisionEntry => ({
            v,
            at,
            actor,
            types: [type],
            fields: fields.filter((name) => shown.includes(name)),
          }),
        ),
        ...(next === undefined ? {} : { next: String(next) }),
      };
    },

    /** Throws what `VersionedStore.revision` throws. */
    revision: async (ctx: Context, { ref, v }: RevisionRequest) => store.revision(ctx, { id: await idOf(ctx, ref), v }),

    /**
     * A new version that says what callers had set at an earlier one, by the rules of today. Status, publication and the
     * slugs that redirect stay as they are. Throws what `VersionedStore.revision` and `change` throw.
     */
    restore: async (ctx: Context, { id: ref, revision, ...request }: RestoreRequest) => {
      const id = await idOf(ctx, ref);
      const { state } = await store.revision(ctx, { id, v: revision });
      return await change(ctx, { ...request, id, mode: 'replace', body: bodyOf(state) }, 'restored');
    },
  };
}
