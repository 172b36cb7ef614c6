import { type Static, Type } from 'typebox';
import { Instant, type Kind, kinds, Version } from './atoms.ts';

/** One pending entry of a document: what happened at version `v`. `fields` are the top-level members that changed. */
export const ChangeEntry = Type.Object({
  v: Version,
  type: Type.String({ examples: ['created', 'updated', 'published', 'deleted'] }),
  at: Instant,
  actor: Type.Optional(Type.String()),
  fields: Type.Array(Type.String()),
});
export type ChangeEntry = Static<typeof ChangeEntry>;

/**
 * A change on the bus: CloudEvents 1.0 in structured JSON. It carries the whole state at version `v` and the list of
 * entries that lead there, so a reader needs no earlier message. `state` is absent for a tombstone, for personal data
 * and for a state over 700 KB, which is then asked for over rpc (`isStateByReference`).
 * Members that a reader does not know are to be passed over.
 */
export const Change = Type.Object({
  specversion: Type.Literal('1.0'),
  id: Type.String({ description: '`<id>:<v>`, also the message id.' }),
  source: Type.String({ examples: ['ortoo/catalog'] }),
  type: Type.String({ examples: ['mn.ortoo.company.changed.v1'] }),
  subject: Type.String({ description: 'The id of the document.' }),
  time: Instant,
  datacontenttype: Type.Literal('application/json'),
  data: Type.Object({
    kind: Type.Enum([...kinds]),
    id: Type.String(),
    v: Version,
    live: Type.Boolean({ description: 'false: the document was deleted.' }),
    visible: Type.Boolean({ description: 'Whether the public may see this state.' }),
    check: Type.Integer({ description: 'crc32 of `id:v:live` as int32; sums of it are compared when reconciling.' }),
    changedAt: Instant,
    firstPublishedAt: Type.Optional(Instant),
    isStateByReference: Type.Optional(Type.Boolean()),
    state: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    changes: Type.Array(ChangeEntry),
  }),
});
export type Change = Static<typeof Change>;

/** The one version of the change's schema; a reader sets aside what it does not know. */
export function changeType(kind: Kind): string {
  return `mn.ortoo.${kind}.changed.v1`;
}

/** Builds the message for a document at its current version. */
export function buildChange(service: string, data: Change['data']): Change {
  return {
    specversion: '1.0',
    id: `${data.id}:${data.v}`,
    source: `ortoo/${service}`,
    type: changeType(data.kind),
    subject: data.id,
    time: data.changedAt,
    datacontenttype: 'application/json',
    data,
  };
}
