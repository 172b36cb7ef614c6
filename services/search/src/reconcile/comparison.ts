import { type ReconcileMode, type ReconcileResult, type SearchKind, searchKinds } from '@ortoo/shared/contracts';
import { AppError, type Clock, pause } from '@ortoo/shared/kernel';
import type { Engine } from '../index/engine.ts';
import type { Owners } from '../owners.client.ts';
import { differingDays, findingsIn, narrow, noCounts, pairById, suspect } from './reconcile.rules.ts';
import type { Doubt, Repair } from './repair.ts';
import type { CompareOptions, Run } from './run.ts';

/** What changed more recently may still be on its way. */
const SETTLE_MS = 60_000;
/** A new index has caught up before it is compared. */
const VERIFY_SETTLE_MS = 2_000;
const VERIFY_ATTEMPTS = 5;
const VERIFY_PAUSE_MS = 500;
/** Suspects that are asked for once more together. */
const DOUBTS_MAX = 200;

export type ComparisonDeps = {
  engine: Pick<Engine, 'summarize' | 'walkVersions' | 'refresh'>;
  owners: Pick<Owners, 'summary' | 'walkVersions'>;
  repair: Repair;
  clock: Clock;
  /** How long a change may be on its way; tests make it short. */
  settleMs?: number | undefined;
};

/** Compares an index with its owners and brings what differs into it. */
export type Comparison = {
  /** One comparison. Throws when an owner or the engine does not answer, or on an abort. */
  run(index: string, mode: ReconcileMode, options: CompareOptions): Promise<ReconcileResult>;
  /**
   * Compares until nothing differs but what cannot be indexed. Throws UNAVAILABLE `search.not-equal` when it stays
   * different, and as `run`.
   */
  verify(index: string, options: CompareOptions): Promise<ReconcileResult>;
};

export function createComparison({ engine, owners, repair, clock, settleMs = SETTLE_MS }: ComparisonDeps): Comparison {
  async function daysOf(index: string, kind: SearchKind, mode: ReconcileMode): Promise<string[] | undefined | null> {
    if (mode === 'full') return undefined;
    const [theirs, ours] = await Promise.all([owners.summary(kind), engine.summarize(index, kind)]);
    return narrow(differingDays(theirs, ours));
  }

  async function compareKind(run: Run, kind: SearchKind): Promise<void> {
    const { index, mode, counts, signal, say } = run;
    const days = await daysOf(index, kind, mode);
    if (days === null) return;
    let doubts: Doubt[] = [];
    const settle = async () => {
      await repair({ ...run, kind, doubts });
      doubts = [];
    };
    for await (const pair of pairById(owners.walkVersions(kind, days), engine.walkVersions(index, kind, days))) {
      signal.throwIfAborted();
      counts.compared += 1;
      if (counts.compared % 1_000 === 0) say(`comparing ${kind}: ${counts.compared} documents so far`);
      const id = pair.owner?.id ?? pair.index?.id ?? '';
      if (suspect(pair.owner, pair.index)) doubts.push({ id, isTombstone: pair.index?.live === false });
      if (doubts.length >= DOUBTS_MAX) await settle();
    }
    if (doubts.length > 0) await settle();
  }

  async function compare(
    index: string,
    { mode, ageMs, signal, say }: CompareOptions & { mode: ReconcileMode; ageMs: number },
  ): Promise<ReconcileResult> {
    const startedMs = clock.nowMs();
    const startedAt = clock.now();
    const counts = noCounts();
    await engine.refresh(index);
    for (const kind of searchKinds) {
      signal.throwIfAborted();
      say(`comparing ${kind}`);
      await compareKind({ index, mode, counts, settledMs: startedMs - ageMs, signal, say }, kind);
    }
    if (counts.repaired > 0) await engine.refresh(index);
    return { at: clock.now(), startedAt, mode, ...counts, tookMs: clock.nowMs() - startedMs };
  }

  return {
    run: (index, mode, options) => compare(index, { ...options, mode, ageMs: settleMs }),

    verify: async (index, options) => {
      let result: ReconcileResult | undefined;
      for (let attempt = 1; attempt <= VERIFY_ATTEMPTS; attempt += 1) {
        result = await compare(index, { ...options, mode: 'cheap', ageMs: Math.min(settleMs, VERIFY_SETTLE_MS) });
        if (findingsIn(result) === result.left) return result;
        await pause(VERIFY_PAUSE_MS, options.signal);
      }
      throw AppError.unavailable('search.not-equal', `${index} differs from its owners: ${JSON.stringify(result)}`);
    },
  };
}
