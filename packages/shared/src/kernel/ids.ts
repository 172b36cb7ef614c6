import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { typeid } from 'typeid-js';

/** Makes ids. A parameter everywhere, so that a test can foresee them. */
export type Ids = {
  /** A TypeID (`<prefix>_<26 characters>`), a UUIDv7 in base32: sortable by time, never reused. Source: TypeID 0.3. */
  next(prefix: string): string;
};

export const typeIds: Ids = {
  next: (prefix) => typeid(prefix).toString(),
};

/** A request id when the caller brought none. */
export function newRequestId(): string {
  return randomUUID();
}

/** A W3C trace context (`00-<32 hex>-<16 hex>-01`) for a request that brought none. */
export function newTraceparent(): string {
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
}

/** Random bytes for secrets, as lowercase hex of `bytes` × 2 characters. */
export function newSecret(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}

/** `ms` plus or minus up to `share` of it, so that replicas do not act in step. */
export function jitterMs(ms: number, share = 0.2): number {
  const spread = Math.round(ms * share);
  return spread < 1 ? ms : ms - spread + randomInt(2 * spread + 1);
}
