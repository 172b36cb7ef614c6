import { hash } from 'node:crypto';
import { type Actor, AppError } from '@ortoo/shared/kernel';
import { canonicalJson } from '../http/canonical-json.ts';

/** Printable ASCII without spaces and quotation marks; quoted (a string of RFC 9651) or not. */
const KEY = /^(?:"([\x21\x23-\x5b\x5d-\x7e]{1,255})"|([\x21\x23-\x5b\x5d-\x7e]{1,255}))$/;

/**
 * The key of a request; undefined without the header. Throws VALIDATION_FAILED `idempotency.key-invalid`.
 * Source: draft-ietf-httpapi-idempotency-key-header-07; the quotation marks that it asks for may be left out.
 */
export function readIdempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const [, quoted, plain] = KEY.exec(String(header).trim()) ?? [];
  const key = quoted ?? plain;
  if (key !== undefined) return key;
  throw AppError.invalid('idempotency.key-invalid', {
    pointer: '/Idempotency-Key',
    message: 'is not a key',
    expected: '1 to 255 printable characters of ASCII, a UUID for example',
  });
}

type Asked = { actor: Pick<Actor, 'type' | 'id'>; route: string; params: unknown; key: string };

/** Names one use of a key: another caller, route or document has another. Lowercase hex of SHA-256. */
export function fingerprintOf({ actor, route, params, key }: Asked): string {
  return hash('sha256', canonicalJson([actor.type, actor.id, route, params, key]));
}

/** Tells bodies apart by what they say; none and an empty object say the same. */
export function fingerprintOfBody(body: unknown): string {
  return hash('sha256', canonicalJson(body ?? {}));
}

/**
 * What owners remember a request by. It holds the reserved id, which is fresh after each 24 hours, so that a key may
 * be used again then.
 */
export function requestKeyOf(fingerprint: string, resourceId: string): string {
  return hash('sha256', `${fingerprint}:${resourceId}`);
}
