import { type Static, Type } from 'typebox';
import { closed, Instant, LocaleTag, Version } from './atoms.ts';
import { type Call, READ_DEADLINE_MS, writeCall } from './calls.ts';

const Ref = Type.String({ minLength: 1, maxLength: 200 });

/** What happened at one version of a document. */
export const RevisionEntry = Type.Object(
  {
    v: Version,
    at: Instant,
    actor: Type.String({ description: 'The id of the key that wrote, or the name of a service.' }),
    types: Type.Array(Type.String({ examples: ['created', 'updated', 'published', 'restored', 'deleted'] }), {
      description: 'What was done.',
    }),
    fields: Type.Array(Type.String(), {
      description: 'The members that changed; not those that every write stamps (`updatedAt`, `updatedBy`).',
    }),
  },
  { $id: 'Revision', description: 'One version of a document: who did what to which members, and when.' },
);
export type RevisionEntry = Static<typeof RevisionEntry>;

/** Fields and actors that one list asks for at most. */
export const REVISION_FILTERS_MAX = 20;

/**
 * Lists the versions of a document, the newest first, of a deleted one too; `bytes` of an array of `RevisionEntry`, with
 * `next` (the last `v`) when there are more. `fields` keeps versions that changed any of these places: RFC 6901
 * pointers; inside a list every change of the list counts, since a list is replaced as a whole.
 */
export const revisionsCall = () =>
  ({
    request: Type.Object(
      {
        ref: Ref,
        limit: Type.Integer({ minimum: 1, maximum: 100 }),
        before: Type.Optional(Version),
        fields: Type.Optional(
          Type.Array(Type.String({ pattern: '^(?:/(?:[^~/]|~[01])*)+$', maxLength: 400 }), {
            minItems: 1,
            maxItems: REVISION_FILTERS_MAX,
          }),
        ),
        actors: Type.Optional(Type.Array(Ref, { minItems: 1, maxItems: REVISION_FILTERS_MAX })),
      },
      closed,
    ),
    reply: 'bytes' as const,
    deadlineMs: READ_DEADLINE_MS,
    isIdempotent: true,
  }) satisfies Call;
export type RevisionsRequest = Static<ReturnType<typeof revisionsCall>['request']>;

/** Reads a document as it was at version `v`; `bytes` of its staff view. */
export const revisionCall = () =>
  ({
    request: Type.Object({ ref: Ref, v: Version, lang: LocaleTag }, closed),
    reply: 'bytes' as const,
    deadlineMs: READ_DEADLINE_MS,
    isIdempotent: true,
  }) satisfies Call;
export type RevisionRequest = Static<ReturnType<typeof revisionCall>['request']>;

/**
 * Makes a new version with what callers had set at version `revision`, of a document that must be at version `v`.
 * `bytes` of the staff view.
 */
export const restoreCall = () => writeCall({ v: Version, revision: Version, lang: LocaleTag });
export type RestoreRequest = Static<ReturnType<typeof restoreCall>['request']>;
