import { createHmac, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Instant } from '@ortoo/shared/kernel';

/** Everything a key may be allowed. `admin` has all. */
export type Scope =
  | 'catalog:write'
  | 'catalog:publish'
  | 'news:write'
  | 'news:publish'
  | 'inquiries:read'
  | 'inquiries:write'
  | 'feeds:write'
  | 'imports:write'
  | 'stats:read'
  | 'admin';

/** A key as it is kept: of its secret only a peppered hash. */
export type Key = {
  id: string;
  name: string;
  scopes: Scope[];
  /** Lowercase hex of HMAC-SHA256 over the secret. */
  hash: string;
  createdAt: Instant;
  expiresAt?: Instant;
  revokedAt?: Instant;
};

/** The two parts of a key that a caller sent. */
export type Presented = { id: string; secret: string };

const FORM = /^(ok_live_([0-7][0-9a-hjkmnp-tv-z]{25})_([0-9a-f]{64}))_([0-9a-f]{8})$/;

/** Writes a key for its owner, `ok_live_<id>_<secret>_<crc>`; the check digits let a typing error fail without a look-up. */
export function writeKey({ id, secret }: Presented): string {
  const body = `ok_live_${id.replace(/^key_/, '')}_${secret}`;
  return `${body}_${checkDigits(body)}`;
}

/** Reads a key that a caller sent; undefined when its form or its check digits are wrong. */
export function readKey(text: string): Presented | undefined {
  const [, body, id, secret, crc] = FORM.exec(text) ?? [];
  if (body === undefined || id === undefined || secret === undefined || crc !== checkDigits(body)) return undefined;
  return { id: `key_${id}`, secret };
}

function checkDigits(body: string): string {
  return crc32(body).toString(16).padStart(8, '0');
}

/** What is stored instead of a secret. The pepper is not in the database, so that a copy of it does not help to guess. */
export function hashSecret(secret: string, pepper: Buffer): string {
  return createHmac('sha256', pepper).update(secret).digest('hex');
}

/** Whether a presented secret belongs to a key; takes the same time for any wrong one. */
export function isSecretOf(key: Key, secret: string, pepper: Buffer): boolean {
  const given = Buffer.from(hashSecret(secret, pepper), 'hex');
  const kept = Buffer.from(key.hash, 'hex');
  return given.length === kept.length && timingSafeEqual(given, kept);
}

/** Why a key that exists is not good at this moment; undefined when it is. */
export function whyRefused(key: Key, now: Instant): 'revoked' | 'expired' | undefined {
  if (key.revokedAt !== undefined && key.revokedAt <= now) return 'revoked';
  if (key.expiresAt !== undefined && key.expiresAt <= now) return 'expired';
  return undefined;
}

/** Whether a list of scopes covers one. */
export function hasScope(granted: readonly string[], scope: Scope): boolean {
  return granted.includes(scope) || granted.includes('admin');
}
