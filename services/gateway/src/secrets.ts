import { hkdfSync } from 'node:crypto';

/** Secrets of the gateway, each derived from the one that replicas share; one cannot be computed from another. */
export type Secrets = { cursor: Buffer; keyPepper: Buffer };

/** Derives the gateway's secrets from ORTOO_SECRET. Source: RFC 5869 (HKDF with SHA-256, 32 bytes each). */
export function deriveSecrets(secret: string): Secrets {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', `ortoo/${purpose}/v1`, 32));
  return { cursor: derive('cursor'), keyPepper: derive('key-pepper') };
}
