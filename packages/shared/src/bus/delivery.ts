import type { JsMsg } from 'nats';
import { kinds } from '../contracts/atoms.ts';
import { Change, changeType } from '../contracts/change.ts';
import { createParser } from '../contracts/parse.ts';
import { AppError } from '../kernel/errors.ts';
import { decodeJson } from './codec.ts';

/** A change as it was delivered. `deliveries` counts from 1; `bytes` is the size of its payload. */
export type Delivery = {
  change: Change;
  subject: string;
  /** Its place in the stream. */
  sequence: number;
  deliveries: number;
  /** When the stream stored it, milliseconds since the epoch. */
  publishedMs: number;
  bytes: number;
};

const parseChange = createParser(Change, 'change.invalid');
const knownTypes: ReadonlySet<string> = new Set(kinds.map(changeType));

/** Thrown for a message that no repeat can mend; `message` is the reason. */
export class PoisonError extends Error {
  override readonly name = 'PoisonError';
}

/** Reads a change. Throws a PoisonError that names what is wrong with it. */
export function readDelivery(msg: JsMsg): Delivery {
  const { deliveryCount, timestampNanos, streamSequence } = msg.info;
  return {
    change: readChange(msg.data),
    subject: msg.subject,
    sequence: streamSequence,
    deliveries: deliveryCount,
    publishedMs: timestampNanos / 1e6,
    bytes: msg.data.byteLength,
  };
}

function readChange(data: Uint8Array): Change {
  const value = readJson(data);
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
  if (typeof type === 'string' && !knownTypes.has(type)) throw new PoisonError(`unknown type ${type.slice(0, 200)}`);
  try {
    return parseChange(value);
  } catch (error) {
    throw new PoisonError(error instanceof AppError ? `not a change: ${error.message}` : 'not a change');
  }
}

function readJson(data: Uint8Array): unknown {
  try {
    return decodeJson(data);
  } catch {
    throw new PoisonError('not JSON that can be taken');
  }
}
