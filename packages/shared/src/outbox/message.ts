import { buildChange, type Change, type ChangeEntry, type Kind, type Service } from '../contracts/index.ts';
import { type PendingEntry, type StoredDocument, stateOf } from './envelope.ts';

/** A state that takes more bytes than this is asked for over rpc; a message of the stream holds 900 KB. */
const STATE_BYTES_MAX = 700 * 1024;

/** Kinds whose states are personal and never travel in messages. */
const personalKinds: readonly Kind[] = ['inquiry'];

type Published = Omit<StoredDocument, 'pending' | 'requests'>;

/** The data of a change or of an export: a document at its version. A tombstone has no state. */
export function buildChangeData(
  kind: Kind,
  document: Published,
  { bodyNames, changes }: { bodyNames: readonly string[]; changes: ChangeEntry[] },
): Change['data'] {
  const { _id: id, v, live, visible, check, changedAt, firstPublishedAt } = document as StoredDocument;
  return {
    kind,
    id,
    v,
    live,
    visible,
    check,
    changedAt,
    ...(firstPublishedAt ? { firstPublishedAt } : {}),
    ...(live ? { state: stateOf(document, bodyNames) } : {}),
    changes,
  };
}

/** The message about a document: its whole state at its version and the pending entries that lead there. */
export function buildMessage(options: {
  service: Service;
  kind: Kind;
  document: StoredDocument;
  bodyNames: readonly string[];
  /** Entries from before those that are pending; of a document that is published again. */
  past?: ChangeEntry[] | undefined;
}): string {
  const { service, kind, document, bodyNames, past = [] } = options;
  const changes = [...past, ...document.pending.map(toChangeEntry)];
  const data = buildChangeData(kind, document, { bodyNames, changes });
  const { state, ...reference } = data;
  if (state && personalKinds.includes(kind))
    return JSON.stringify(buildChange(service, { ...reference, isStateByReference: true }));
  const whole = JSON.stringify(buildChange(service, data));
  const isLarge =
    state !== undefined &&
    Buffer.byteLength(whole) > STATE_BYTES_MAX &&
    Buffer.byteLength(JSON.stringify(state)) > STATE_BYTES_MAX;
  return isLarge ? JSON.stringify(buildChange(service, { ...reference, isStateByReference: true })) : whole;
}

function toChangeEntry({ v, type, at, actor, patch }: PendingEntry): ChangeEntry {
  return { v, type, at, actor, fields: Object.keys(patch) };
}
