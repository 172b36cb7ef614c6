import { AppError, type Clock } from '@ortoo/shared/kernel';
import type { LedgerEntry, LedgerStore, StoredAnswer } from './ledger.store.ts';

/** A use of a key that runs now: the id that its effect carries, and the handle to end it. */
export type Run = { id: string; resourceId: string; untilMs: number };
type Claim = { type: 'run'; run: Run } | { type: 'replay'; answer: StoredAnswer };

export type Ledger = {
  /**
   * Begins a use of a key. `freshId` is reserved by the first run and carried by each that follows. Throws CONFLICT
   * `idempotency.in-flight` while another run goes on, UNPROCESSABLE `idempotency.body-differs`, UNAVAILABLE.
   */
  claim(use: { id: string; bodyHash: string; freshId: string }): Promise<Claim>;
  /** Keeps the answer for repeats. */
  finish(run: Run, answer: StoredAnswer): Promise<void>;
  /** Lets a repeat run at once: nothing to be kept was answered. The reserved id stays, since something may have happened. */
  release(run: Run): Promise<void>;
};

/** A run that is not over by then counts as lost: longer than any request may take. */
const RUN_MS = 20_000;
const KEPT_MS = 24 * 60 * 60 * 1000;
/** How soon a repeat of a request in flight is worth a try. */
const RETRY_MS = 1_000;
/** Others may claim, expire or end the same key between two looks. */
const TRIES_MAX = 5;

/** Keeps repeated requests from having a second effect, across replicas and crashes. */
export function createLedger({ store, clock }: { store: LedgerStore; clock: Clock }): Ledger {
  async function tryToClaim({ id, bodyHash, freshId }: Parameters<Ledger['claim']>[0]): Promise<Claim | undefined> {
    const nowMs = clock.nowMs();
    const untilMs = nowMs + RUN_MS;
    const fresh = { id, bodyHash, resourceId: freshId, untilMs, expiresAtMs: nowMs + KEPT_MS };
    if (await store.insert(fresh)) return { type: 'run', run: fresh };
    const known = await store.find(id);
    if (!known) return undefined;
    if (known.expiresAtMs <= nowMs) {
      await store.removeExpired(id, nowMs);
      return undefined;
    }
    requireSameBody(known, bodyHash);
    if (known.answer) return { type: 'replay', answer: known.answer };
    if (known.untilMs > nowMs) throw inFlight();
    const isOurs = await store.extend(id, { fromMs: known.untilMs, toMs: untilMs });
    return isOurs ? { type: 'run', run: { ...known, untilMs } } : undefined;
  }

  return {
    async claim(use) {
      for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
        const claim = await tryToClaim(use);
        if (claim) return claim;
      }
      throw inFlight();
    },
    finish: ({ id, untilMs }, answer) => store.finish(id, { untilMs, answer }),
    async release({ id, untilMs }) {
      await store.extend(id, { fromMs: untilMs, toMs: Math.min(untilMs - 1, clock.nowMs()) });
    },
  };
}

function requireSameBody(known: LedgerEntry, bodyHash: string): void {
  if (known.bodyHash === bodyHash) return;
  throw new AppError(
    'UNPROCESSABLE',
    'idempotency.body-differs',
    'This Idempotency-Key was used with another body; take a new key for a new request.',
  );
}

function inFlight(): AppError {
  return AppError.conflict('idempotency.in-flight', 'A request with this Idempotency-Key is being worked on.', {
    retryAfterMs: RETRY_MS,
  });
}
