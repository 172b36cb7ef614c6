import type { Delivery, Outcome } from '@ortoo/shared/bus';
import { backoffMs } from '@ortoo/shared/kernel';
import type { Verdict } from './index/bulk-verdict.ts';

/** The index has caught up this soon after an engine that was away is back, however long it was away. */
const TRANSIENT_RETRY = { firstMs: 1_000, maxMs: 15_000 };
/** So long a batch is held before it is answered: nothing is gained by asking an index that refuses more often. */
const HOLD_MS = { refused: 5_000, lost: 1_000, transient: 0 };
const AFTER_HOLD_MS = 1_000;

/** What keeps changes from being indexed. */
export type Trouble = Extract<Verdict, { type: 'transient' | 'refused' | 'lost' }>;

/** Of each document the place of the delivery with its highest version, in the order of the batch. */
export function pickNewest(batch: Pick<Delivery, 'change'>[]): number[] {
  const newest = new Map<string, number>();
  batch.forEach(({ change: { data } }, place) => {
    const rival = newest.get(data.id);
    if (rival === undefined || data.v >= (batch[rival]?.change.data.v ?? 0)) newest.set(data.id, place);
  });
  return [...newest.values()].toSorted((a, b) => a - b);
}

/**
 * One outcome per delivery, from the verdicts on the newest of each document. An older one shares the fate of the
 * newest, since the newest holds all that it said; only where the newest is poison it gets its own turn.
 */
export function settleBatch(
  batch: Pick<Delivery, 'change' | 'deliveries'>[],
  verdicts: Map<number, Verdict>,
): Outcome[] {
  const byId = new Map([...verdicts].map(([place, verdict]) => [batch[place]?.change.data.id, { place, verdict }]));
  return batch.map(({ change: { data }, deliveries }, place): Outcome => {
    const found = byId.get(data.id);
    if (!found) return { type: 'retry' };
    const isNewest = found.place === place || data.v === batch[found.place]?.change.data.v;
    if (found.verdict.type === 'poison' && !isNewest) return { type: 'retry', afterMs: 0 };
    return toOutcome(found.verdict, deliveries);
  });
}

function toOutcome(verdict: Verdict, deliveries: number): Outcome {
  switch (verdict.type) {
    case 'done':
      return { type: 'done' };
    case 'poison':
    case 'too-large':
      return { type: 'poison', reason: verdict.reason };
    case 'transient':
      return { type: 'retry', afterMs: backoffMs(deliveries, TRANSIENT_RETRY) };
    case 'lost':
    case 'refused':
      return { type: 'retry', afterMs: AFTER_HOLD_MS };
  }
}

/** The trouble that a batch met: what stops all changes before what stops one. */
export function troubleOf(verdicts: Verdict[]): Trouble | undefined {
  const types = ['lost', 'refused', 'transient'] as const;
  return types
    .map((type) => verdicts.find((verdict): verdict is Trouble => verdict.type === type))
    .find((found) => found !== undefined);
}

/** How long the next batch is put off. What is transient may be over at once, and says so by its delay. */
export function holdMs({ type }: Trouble): number {
  return HOLD_MS[type];
}
