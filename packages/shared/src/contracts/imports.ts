import { type Static, Type } from 'typebox';
import { closed, Instant } from './atoms.ts';
import { type Call, READ_DEADLINE_MS, WRITE_DEADLINE_MS } from './calls.ts';

/** What may be imported: the service that owns the kind, and the media types that it reads. One row a kind. */
export const importKinds = {
  event: { service: 'news', mediaTypes: ['text/calendar'] },
} as const satisfies Record<string, { service: 'news' | 'catalog'; mediaTypes: readonly string[] }>;
/** What is known by its key is changed, what is not is created. */
export const importModes = ['upsert'] as const;

/** Bytes of an upload, faults of one row that are told, and rows that one call for a report answers, each at most. */
export const importBounds = { uploadBytes: 256 * 1024 * 1024, rowFaults: 10, reportRows: 200 };

const ImportId = Type.String({
  pattern: '^import_[0-7][0-9a-hjkmnp-tv-z]{25}$',
  description: 'Id of an import.',
  examples: ['import_01h455vb4pex5vsknk084sn02q'],
});
const count = (description: string) => Type.Integer({ minimum: 0, description });
const FaultSchema = Type.Object({
  pointer: Type.String({ description: 'RFC 6901, into the create body that the row stands for.' }),
  message: Type.String(),
  expected: Type.Optional(Type.String()),
});

const ImportCounts = Type.Object({
  read: count('Rows that were read.'),
  created: count('Documents that were created, or in a dry run would be.'),
  updated: count('Documents that were changed, or would be.'),
  unchanged: count('Rows that say what is known, or less than that.'),
  rejected: count('Rows with a fault.'),
  undone: Type.Optional(count('After an undo: rows that were taken back.')),
  kept: Type.Optional(count('After an undo: rows whose documents were edited since.')),
});

const jobMembers = {
  id: ImportId,
  kind: Type.Enum(Object.keys(importKinds) as (keyof typeof importKinds)[]),
  mode: Type.Enum([...importModes]),
  dryRun: Type.Boolean(),
  state: Type.Enum(['running', 'done', 'failed', 'undone']),
  counts: ImportCounts,
  progress: Type.Number({ minimum: 0, maximum: 1, description: 'The share of the rows that are done.' }),
  createdAt: Instant,
  finishedAt: Type.Optional(Instant),
};

/** Why an import failed, as it travels between services. */
const ImportFailure = Type.Object({
  code: Type.String(),
  reason: Type.String(),
  message: Type.String(),
  errors: Type.Optional(Type.Array(FaultSchema)),
});

/** An import as its owner tells of it. */
export const ImportState = Type.Object({ ...jobMembers, failure: Type.Optional(ImportFailure) });
export type ImportState = Static<typeof ImportState>;

/** What came of one row, by its number from 1. */
export const ImportRow = Type.Object(
  {
    row: Type.Integer({ minimum: 1 }),
    outcome: Type.Enum(['created', 'updated', 'unchanged', 'rejected', 'undone', 'kept']),
    id: Type.Optional(Type.String({ description: 'The document; in a dry run one that exists.' })),
    errors: Type.Optional(Type.Array(FaultSchema, { maxItems: importBounds.rowFaults })),
  },
  { $id: 'ImportRow', description: 'A line of the report.' },
);
export type ImportRow = Static<typeof ImportRow>;

const given = { id: Type.String({ maxLength: 200 }) };

/** Imports of a service. What is uploaded lies in the bucket of uploads; the call names it. */
const importCalls = {
  /** A repeat with the same id answers what the first one made. */
  create: {
    request: Type.Object(
      {
        ...given,
        kind: jobMembers.kind,
        mode: jobMembers.mode,
        dryRun: jobMembers.dryRun,
        mediaType: Type.String({ maxLength: 200 }),
        upload: Type.String({ maxLength: 200 }),
      },
      closed,
    ),
    reply: ImportState,
    deadlineMs: WRITE_DEADLINE_MS,
    isIdempotent: false,
  },
  get: {
    request: Type.Object(given, closed),
    reply: ImportState,
    deadlineMs: READ_DEADLINE_MS,
    isIdempotent: true,
  },
  /** Rows whose outcome is known, in their order. */
  report: {
    request: Type.Object(
      {
        ...given,
        after: Type.Integer({ minimum: 0 }),
        limit: Type.Integer({ minimum: 1, maximum: importBounds.reportRows }),
      },
      closed,
    ),
    reply: Type.Object({ items: Type.Array(ImportRow) }),
    deadlineMs: READ_DEADLINE_MS,
    isIdempotent: true,
  },
  /** Begins to take back; answers when that is done or after some seconds. */
  undo: {
    request: Type.Object(given, closed),
    reply: ImportState,
    deadlineMs: WRITE_DEADLINE_MS,
    isIdempotent: true,
  },
} satisfies Record<string, Call>;

export type ImportRequest = Static<typeof importCalls.create.request>;

export const newsImportCalls = {
  'rpc.news.import.create': importCalls.create,
  'rpc.news.import.get': importCalls.get,
  'rpc.news.import.report': importCalls.report,
  'rpc.news.import.undo': importCalls.undo,
};
