import { type Static, Type } from 'typebox';
import { closed, Instant } from '../atoms.ts';
import { type Call, READ_DEADLINE_MS, WRITE_DEADLINE_MS } from '../calls.ts';
import { SearchState } from './query.ts';

const nothing = Type.Object({}, closed);
const read = { deadlineMs: READ_DEADLINE_MS, isIdempotent: true };
const write = { deadlineMs: WRITE_DEADLINE_MS, isIdempotent: false };
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

export const reconcileModes = ['cheap', 'full'] as const;
const Mode = Type.Enum([...reconcileModes], {
  description: 'cheap compares counts and sums by day and looks closer where they differ; full compares every version.',
});
export type ReconcileMode = Static<typeof Mode>;

/** What the last comparison of the index with its owners found. */
export const ReconcileResult = Type.Object({
  at: Instant,
  startedAt: Instant,
  mode: Mode,
  compared: Type.Integer({ description: 'Documents on both sides whose versions were compared.' }),
  missing: Type.Integer({ description: 'Documents of an owner that the index did not hold.' }),
  stale: Type.Integer({ description: 'Documents that the index held in an older version.' }),
  extra: Type.Integer({ description: 'Documents that the index held and no owner has.' }),
  ahead: Type.Integer({ description: 'Documents that the index held in a newer version: an owner was restored.' }),
  repaired: Type.Integer(),
  left: Type.Integer({ description: 'Documents that cannot be indexed; the log says why.' }),
  tookMs: Type.Integer(),
  error: Type.Optional(Type.String({ description: 'Why the run ended early; the counts are those until then.' })),
});
export type ReconcileResult = Static<typeof ReconcileResult>;

export const ReconcileState = Type.Object({
  running: orNull(Type.String({ description: 'What the run at work is doing; null when none is.' })),
  last: orNull(ReconcileResult),
});
export type ReconcileState = Static<typeof ReconcileState>;

export const RebuildState = Type.Object({
  name: Type.String({ description: 'The physical index that is being filled or, when none is, the one that answers.' }),
  state: Type.Enum(['filling', 'done']),
  doing: orNull(Type.String()),
  documents: Type.Integer({ description: 'Documents taken from the owners so far.' }),
  left: Type.Integer({ description: 'Documents that could not be indexed.' }),
  startedAt: orNull(Instant),
  tookMs: orNull(Type.Integer()),
});
export type RebuildState = Static<typeof RebuildState>;

export const DeadLetter = Type.Object({
  sequence: Type.Integer({ minimum: 1 }),
  at: Instant,
  durable: Type.String({ description: 'The consumer that set it aside.' }),
  subject: Type.String({ description: 'Where it was published.' }),
  originSequence: Type.Integer({ description: 'Its place in the stream of changes.' }),
  reason: Type.String(),
  id: orNull(Type.String({ description: '`<id>:<v>`, where it can be read.' })),
  bytes: Type.Integer(),
});
export type DeadLetter = Static<typeof DeadLetter>;

export const DeadLetterList = Type.Object({ items: Type.Array(DeadLetter), next: orNull(Type.Integer()) });
export type DeadLetterList = Static<typeof DeadLetterList>;

/** With the message as it was: its JSON, or its text; null above 256 KB. */
export const DeadLetterShown = Type.Object({ ...DeadLetter.properties, message: Type.Unknown() });
export type DeadLetterShown = Static<typeof DeadLetterShown>;

export const Replayed = Type.Object({
  sequence: Type.Integer({ description: 'Its new place in the stream of changes.' }),
  messageId: Type.String(),
});
export type Replayed = Static<typeof Replayed>;

/** The stream, the index and what was set aside, each null while it cannot be asked. */
export const SearchPipeline = Type.Object({
  stream: orNull(Type.Object({ first: Type.Integer(), last: Type.Integer(), createdAt: Instant })),
  index: orNull(SearchState),
  deadLetters: orNull(Type.Integer()),
  reconcile: orNull(ReconcileResult),
});
export type SearchPipeline = Static<typeof SearchPipeline>;

const OneLetter = Type.Object({ sequence: Type.Integer({ minimum: 1 }) }, closed);

/** The calls by which the pipeline is looked after; all answered by search. */
export const upkeepCalls = {
  'rpc.search.pipeline': { request: nothing, reply: SearchPipeline, ...read },
  'rpc.search.rebuild.start': { request: nothing, reply: RebuildState, ...write },
  'rpc.search.rebuild.state': { request: nothing, reply: RebuildState, ...read },
  'rpc.search.reconcile.start': {
    request: Type.Object({ mode: Mode }, closed),
    reply: Type.Object({ startedAt: Instant }),
    ...write,
  },
  'rpc.search.reconcile.state': { request: nothing, reply: ReconcileState, ...read },
  'rpc.search.deadLetter.list': {
    request: Type.Object(
      { after: Type.Optional(Type.Integer({ minimum: 0 })), limit: Type.Integer({ minimum: 1, maximum: 100 }) },
      closed,
    ),
    reply: DeadLetterList,
    ...read,
  },
  'rpc.search.deadLetter.get': { request: OneLetter, reply: DeadLetterShown, ...read },
  'rpc.search.deadLetter.replay': { request: OneLetter, reply: Replayed, ...write },
} satisfies Record<string, Call>;
