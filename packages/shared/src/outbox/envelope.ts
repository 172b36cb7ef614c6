import { crc32 } from 'node:zlib';
import { isRecord } from '../contracts/index.ts';
import { AppError, type Context, type Instant } from '../kernel/index.ts';
import type { JsonRecord } from './difference.ts';

/** One change that is committed and not yet acknowledged by the stream. */
export type PendingEntry = {
  v: number;
  type: string;
  at: Instant;
  actor: string;
  /** Leads from `v - 1` to `v`; absent in a personal store, which keeps values in documents alone. */
  patch?: JsonRecord;
  /** The top-level members that changed, where there is no patch. */
  fields?: string[];
  /** Pointers of members that are null after the patch; absent when there is none. */
  nulls?: string[];
  /** The request key that made the change. */
  request?: string;
};

/** The top-level members that an entry changed. */
export function fieldsOf({ patch = {}, fields = Object.keys(patch) }: PendingEntry): string[] {
  return fields;
}

/** What the store keeps beside the state; the members of the state lie at the top level, next to these. */
export type Envelope = {
  _id: string;
  v: number;
  live: boolean;
  visible: boolean;
  firstPublishedAt?: Instant;
  changedAt: Instant;
  check: number;
  keys?: string[];
  pending: PendingEntry[];
  pendingSince?: Instant;
  /** The document is published again, in this round, though nothing may be pending: the stream has lost it. */
  rearm?: { round: number; since: Instant };
  requests: { key: string; v: number }[];
};
export type StoredDocument = Envelope & JsonRecord;

/** A document as stores answer it. */
export type Stored<T> = {
  id: string;
  v: number;
  visible: boolean;
  firstPublishedAt?: Instant;
  changedAt: Instant;
  state: T;
};

/** Changes that one document may have waiting; above it writes to it are refused. */
export const PENDING_MAX = 32;
/** Request keys that a document remembers. */
export const REQUESTS_MAX = 8;
/** A state has at most this much JSON, so that every answer that shows it fits into one message of the bus (1 MB). */
export const STATE_MAX_BYTES = 800 * 1024;

const envelopeNames = [
  '_id',
  'v',
  'live',
  'visible',
  'firstPublishedAt',
  'changedAt',
  'check',
  'keys',
  'pending',
  'pendingSince',
  'rearm',
  'requests',
];

/**
 * The state's members that are stored. A contract may name `v` among them (documents show it); it is the envelope's
 * own and is left out. Throws when another member would collide with the envelope or cannot be a MongoDB field.
 */
export function bodyNamesOf(kind: string, memberNames: string[]): string[] {
  const names = memberNames.filter((name) => name !== 'v');
  const taken = names.filter((name) => envelopeNames.includes(name));
  if (taken.length > 0)
    throw new Error(`The state of ${kind} has members named ${taken.join(', ')}: those names are the store's own.`);
  const odd = names.filter((name) => !/^[A-Za-z][A-Za-z0-9]*$/.test(name));
  if (odd.length > 0) throw new Error(`The state of ${kind} has members that cannot be fields: ${odd.join(', ')}.`);
  return names;
}

/** crc32 of `id:v:live` as int32: its sums are compared when index and owner are reconciled. */
export function checkOf(id: string, v: number, live: boolean): number {
  return crc32(`${id}:${v}:${live}`) | 0;
}

/** The members of the state in a stored document. */
export function stateOf(document: JsonRecord, bodyNames: readonly string[]): JsonRecord {
  const state: JsonRecord = {};
  for (const name of bodyNames) if (document[name] !== undefined) state[name] = document[name];
  return state;
}

export function toStored<T>(
  document: Omit<StoredDocument, 'pending' | 'requests'>,
  bodyNames: readonly string[],
): Stored<T> {
  const { _id: id, v, visible, firstPublishedAt, changedAt } = document as StoredDocument;
  return {
    id,
    v,
    visible,
    ...(firstPublishedAt ? { firstPublishedAt } : {}),
    changedAt,
    state: stateOf(document, bodyNames) as T,
  };
}

type Shape = { kind: string; bodyNames: readonly string[] };

/**
 * A state as JSON has it: undefined members are absent, shared references are copies. Throws PAYLOAD_TOO_LARGE
 * `<kind>.too-large`, and a defect when it is not a record or has a member that the contract does not name.
 */
export function toJsonState(state: unknown, { kind, bodyNames }: Shape): JsonRecord {
  const text = JSON.stringify(state);
  const copy: unknown = JSON.parse(text);
  if (!isRecord(copy)) throw new TypeError('A state must be a record.');
  const unknown = Object.keys(copy).filter((name) => !bodyNames.includes(name));
  if (unknown.length > 0)
    throw new TypeError(`The state has members that its contract does not name: ${unknown.join(', ')}.`);
  const bytes = Buffer.byteLength(text);
  if (bytes > STATE_MAX_BYTES) throw tooLarge(kind, copy, bytes);
  return copy;
}

function tooLarge(kind: string, state: JsonRecord, bytes: number): AppError {
  const sizes = Object.entries(state).map(([name, value]) => ({
    name,
    bytes: Buffer.byteLength(JSON.stringify(value)),
  }));
  const largest = sizes.reduce((one, other) => (other.bytes > one.bytes ? other : one));
  return new AppError(
    'PAYLOAD_TOO_LARGE',
    `${kind}.too-large`,
    `The ${kind} would have ${bytes} bytes, more than the ${STATE_MAX_BYTES} it may; /${largest.name} alone has ${largest.bytes}.`,
    {
      details: {
        errors: [
          {
            pointer: `/${largest.name}`,
            message: `has ${largest.bytes} bytes`,
            expected: `less: ${STATE_MAX_BYTES} in all`,
          },
        ],
      },
    },
  );
}

/** Who is written into a change. An anonymous caller's id is an address and stays out. */
export function actorName(ctx: Context): string {
  return ctx.actor.type === 'anonymous' ? 'anonymous' : ctx.actor.id;
}
