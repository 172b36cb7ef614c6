import { type Actor, AppError, type Clock } from '@ortoo/shared/kernel';
import { isSecretOf, type Key, readKey, whyRefused } from './key.rules.ts';
import type { KeyStore } from './key.store.ts';

/** A revocation counts everywhere after this time at the latest. */
const CACHED_MS = 30_000;
/** Keys remembered at most; the oldest go first. */
const CACHED_MAX = 10_000;

export type KeyRing = {
  /** Who presents an Authorization header. Throws UNAUTHENTICATED with a reason that says what is wrong with the key. */
  authenticate(authorization: string): Promise<Actor>;
};

/**
 * Checks keys. One that cannot be right by its form or check digits costs no look-up; one that was found is remembered
 * for half a minute, one that was not is looked up again each time.
 */
export function createKeyRing({ store, pepper, clock }: { store: KeyStore; pepper: Buffer; clock: Clock }): KeyRing {
  const remembered = new Map<string, { key: Key; untilMs: number }>();

  async function find(id: string): Promise<Key | undefined> {
    const known = remembered.get(id);
    if (known && known.untilMs > clock.nowMs()) return known.key;
    remembered.delete(id);
    const key = await store.find(id);
    if (key) {
      const oldest = remembered.size >= CACHED_MAX ? remembered.keys().next().value : undefined;
      if (oldest !== undefined) remembered.delete(oldest);
      remembered.set(id, { key, untilMs: clock.nowMs() + CACHED_MS });
    }
    return key;
  }

  return {
    async authenticate(authorization) {
      const presented = readKey(tokenOf(authorization));
      if (!presented)
        throw refused('key.malformed', 'This is not a key of ours: its form or its check digits are wrong.');
      const key = await find(presented.id);
      if (!key || !isSecretOf(key, presented.secret, pepper)) throw refused('key.unknown', 'There is no such key.');
      const why = whyRefused(key, clock.now());
      if (why) throw refused(`key.${why}`, `The key is ${why}.`);
      return { type: 'key', id: key.id, scopes: [...key.scopes] };
    },
  };
}

function tokenOf(authorization: string): string {
  const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
  if (token === undefined) throw refused('key.scheme-unknown', 'Authorization must be `Bearer` and a key.');
  return token;
}

function refused(reason: string, message: string): AppError {
  return new AppError('UNAUTHENTICATED', reason, message);
}
