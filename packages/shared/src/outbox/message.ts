import { buildChange, type Change, type ChangeEntry, type Kind, type Service } from '../contracts/index.ts';
import { fieldsOf, type PendingEntry, type StoredDocument, stateOf } from './envelope.ts';

/** A state that takes more bytes than this is asked for over rpc; a message of the stream holds 900 KB. */
const STATE_BYTES_MAX = 700 * 1024;

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

/**
 * The message about a document: its whole state at its version and the pending entries that lead there. A personal
 * state never travels: whoever may see it asks the owner.
 */
export function buildMessage(options: {
  service: Service;
  kind: Kind;
  document: StoredDocument;
  bodyNames: readonly string[];
  isPersonal: boolean;
  /** Entries from before those that are pending; of a document that is published again. */
  past?: ChangeEntry[] | undefined;
}): string {
  const { service, kind, document, bodyNames, isPersonal, past = [] } = options;
  const changes = [...past, ...document.pending.map(toChangeEntry)];
  const data = buildChangeData(kind, document, { bodyNames, changes });
  const { state, ...reference } = data;
  if (state && isPersonal) return JSON.stringify(buildChange(service, { ...reference, isStateByReference: true }));
  const whole = JSON.stringify(buildChange(service, data));
  const isLarge =
    state !== undefined &&
    Buffer.byteLength(whole) > STATE_BYTES_MAX &&
    Buffer.byteLength(JSON.stringify(state)) > STATE_BYTES_MAX;
  return isLarge ? JSON.stringify(buildChange(service, { ...reference, isStateByReference: true })) : whole;
}

function toChangeEntry(entry: PendingEntry): ChangeEntry {
  const { v, type, at, actor } = entry;
  return { v, type, at, actor, fields: fieldsOf(entry) };
}
