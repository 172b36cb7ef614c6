import { type Static, type TObject, type TProperties, type TSchema, Type } from 'typebox';
import { closed, Instant, LocaleTag, Version } from './atoms.ts';
import { FIELDS_MAX } from './fields.ts';
import { MoveBody, moves } from './moves.ts';

/**
 * One call between services. `reply` is a schema, or `bytes`: ready JSON that the gateway hands on without reading it,
 * with what it needs to know beside it in reply headers (`ReplyMeta`).
 */
export type Call = {
  request: TSchema;
  reply: TSchema | 'bytes';
  deadlineMs: number;
  isIdempotent: boolean;
  /** A request may have this many bytes, instead of half of what a message holds. */
  requestBytesMax?: number;
};

/** Milliseconds that a caller waits at most, by the kind of work. */
export const READ_DEADLINE_MS = 2_000;
export const WRITE_DEADLINE_MS = 5_000;
export const SEARCH_DEADLINE_MS = 10_000;

/** What a `bytes` reply says of itself; all text, since it travels in headers. */
export type ReplyMeta = {
  /** Version of the one document in the reply. */
  v?: string;
  id?: string;
  updatedAt?: string;
  /** Language of `display`. */
  lang?: string;
  /** The current slug, when an old one was asked for, or the document that this one was merged into; the body is then empty. */
  movedTo?: string;
  /** Sort values of the last item (JSON) when there are more items. */
  next?: string;
  total?: string;
};

/** How the caller wants to see what it gets. */
export const presentation = {
  view: Type.Enum(['public', 'staff'], { description: 'staff sees drafts and what is not public.' }),
  lang: LocaleTag,
};
export type Presentation = { view: 'public' | 'staff'; lang: Static<typeof LocaleTag> };

const fields = Type.Optional(
  Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
    minItems: 1,
    maxItems: FIELDS_MAX,
    description: 'Members of the view to show, dotted inside members; id, kind and v are always there.',
  }),
);

export const requestKey = Type.Optional(
  Type.String({ maxLength: 128, description: 'A repeat with the same key has one effect.' }),
);

/** Reads one document by id or slug; `bytes` of its view. Old slugs answer `movedTo`. */
export const getCall = () =>
  ({
    request: Type.Object({ ref: Type.String({ minLength: 1, maxLength: 200 }), fields, ...presentation }, closed),
    reply: 'bytes' as const,
    deadlineMs: READ_DEADLINE_MS,
    isIdempotent: true,
  }) satisfies Call;
export type GetRequest = Static<ReturnType<typeof getCall>['request']>;

/** Reads up to 100 documents by id; `bytes` of an array in the order asked, what is missing or hidden left out. */
export const getManyCall = () =>
  ({
    request: Type.Object(
      { ids: Type.Array(Type.String({ maxLength: 200 }), { maxItems: 100 }), fields, ...presentation },
      closed,
    ),
    reply: 'bytes' as const,
    deadlineMs: READ_DEADLINE_MS,
    isIdempotent: true,
  }) satisfies Call;
export type GetManyRequest = Static<ReturnType<typeof getManyCall>['request']>;

/** Sort values of the last item seen, the id last; made and read by the owner alone. */
const SortValues = Type.Array(Type.Union([Type.String(), Type.Number(), Type.Null()]), { minItems: 1, maxItems: 5 });
export type SortValues = Static<typeof SortValues>;

/** Lists documents; `bytes` of the array of items, with `next` and, when asked, `total` beside it. */
export const listCall = <P extends TProperties>(filter: TObject<P>, sorts: string[]) => ({
  request: Type.Object(
    {
      filter,
      sort: Type.Optional(
        Type.Array(Type.Enum(sorts.flatMap((name) => [name, `-${name}`])), { minItems: 1, maxItems: 3 }),
      ),
      limit: Type.Integer({ minimum: 1, maximum: 100 }),
      after: Type.Optional(SortValues),
      isTotalWanted: Type.Optional(Type.Boolean()),
      fields,
      ...presentation,
    },
    closed,
  ),
  reply: 'bytes' as const,
  deadlineMs: READ_DEADLINE_MS,
  isIdempotent: true,
});
export type ListRequest<F> = Presentation & {
  filter: F;
  sort?: string[];
  limit: number;
  after?: SortValues;
  isTotalWanted?: boolean;
  fields?: string[];
};

/** A write to the document `id`, which has one effect for a request key; `bytes` of a view of it. */
export const writeCall = <P extends TProperties>(members: P) => ({
  request: Type.Object({ id: Type.String({ maxLength: 200 }), ...members, requestKey }, closed),
  reply: 'bytes' as const,
  deadlineMs: WRITE_DEADLINE_MS,
  isIdempotent: false,
});

/** Creates a document under an id that the gateway made; `bytes` of the staff view. */
export const createCall = <I extends TSchema>(input: I) => writeCall({ input, lang: LocaleTag });
export type CreateRequest<I> = { id: string; input: I; lang: Presentation['lang']; requestKey?: string };

/**
 * Changes a document that must be at version `v`: `merge` applies an RFC 7396 patch to its input members, `replace`
 * takes `body` for all of them. The owner checks the outcome against the input schema. `bytes` of the staff view.
 */
export const changeCall = () =>
  writeCall({
    v: Version,
    mode: Type.Enum(['merge', 'replace']),
    body: Type.Record(Type.String(), Type.Unknown()),
    lang: LocaleTag,
  });
export type ChangeRequest = Static<ReturnType<typeof changeCall>['request']>;

/** Moves a document in the workflow; a `v`, when given, must be current. `bytes` of the view asked for. */
export const moveCall = () =>
  writeCall({
    v: Type.Optional(Version),
    move: Type.Enum([...moves]),
    body: Type.Optional(MoveBody),
    lang: LocaleTag,
    /** Who may publish need not be who may see all; without it, staff. */
    view: Type.Optional(presentation.view),
  });
export type MoveRequest = Static<ReturnType<typeof moveCall>['request']>;

export const Written = Type.Object({ id: Type.String(), v: Version });
export type Written = Static<typeof Written>;

/** Deletes a document that must be at version `v`; answers the tombstone's id and version. */
export const removeCall = () =>
  ({
    request: Type.Object({ id: Type.String({ maxLength: 200 }), v: Version, requestKey }, closed),
    reply: Written,
    deadlineMs: WRITE_DEADLINE_MS,
    isIdempotent: false,
  }) satisfies Call;
export type RemoveRequest = Static<ReturnType<typeof removeCall>['request']>;

/**
 * Pages through everything that an owner has, tombstones included, in the order of ids: `bytes` of an array of change
 * data (`Change.data` without entries), with `next` (the last id) when there is more. A page stays under 256 KB.
 */
export const exportCall = () =>
  ({
    request: Type.Object(
      {
        after: Type.Optional(Type.String({ maxLength: 200 })),
        limit: Type.Integer({ minimum: 1, maximum: 500 }),
        ids: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 500 })),
      },
      closed,
    ),
    reply: 'bytes' as const,
    deadlineMs: SEARCH_DEADLINE_MS,
    isIdempotent: true,
  }) satisfies Call;
export type ExportRequest = Static<ReturnType<typeof exportCall>['request']>;

/** Pending changes of an owner's outbox, for health and dashboards. */
export const OutboxState = Type.Object({ pending: Type.Integer(), oldestMs: Type.Integer() });
export type OutboxState = Static<typeof OutboxState>;
export const outboxStateCall = () =>
  ({
    request: Type.Object({}, closed),
    reply: OutboxState,
    deadlineMs: READ_DEADLINE_MS,
    isIdempotent: true,
  }) satisfies Call;

/**
 * Publishes again everything that has changed since a moment. For whoever finds that the stream has lost what it had
 * acknowledged; harmless otherwise, since a version that is known already changes nothing.
 */
export const outboxRearmCall = () =>
  ({
    request: Type.Object({ since: Instant }, closed),
    reply: Type.Object({ documents: Type.Integer() }),
    deadlineMs: SEARCH_DEADLINE_MS,
    isIdempotent: true,
  }) satisfies Call;
