import type { Context } from '../kernel/index.ts';
import { applyDifference, type JsonRecord } from './difference.ts';
import { PENDING_MAX, type PendingEntry, stateOf } from './envelope.ts';
import { type Revision, SNAPSHOT_EVERY } from './revisions.ts';
import { type StoreCore, statementMs } from './store-core.ts';

/** Between a version and the whole state before it lie at most this many. */
const LOOK_BACK = SNAPSHOT_EVERY + PENDING_MAX;

/**
 * The state of a document as it was at a version, from the nearest whole state before it and the patches since, those
 * included that are not published yet. Undefined when there was no such version or it is no longer kept.
 */
export async function readPastState<T>(
  core: StoreCore<T>,
  ctx: Context,
  { id, v }: { id: string; v: number },
): Promise<JsonRecord | undefined> {
  const maxTimeMS = statementMs(ctx, core.clock);
  // The document first: what the relay clears from it meanwhile is then found among the revisions.
  const document = await core.guard.read(() => core.documents().findOne({ _id: id }, { maxTimeMS }));
  if (!document || v > document.v || v < 1) return undefined;
  if (v === document.v) return stateOf(document, core.bodyNames);
  if (core.isPersonal) return undefined;
  const wanted = Array.from({ length: Math.min(v, LOOK_BACK + 1) }, (_, step) => `${id}:${v - step}`);
  const rows = await core.guard.read(() =>
    core
      .revisions()
      .find({ _id: { $in: wanted } }, { maxTimeMS })
      .toArray(),
  );
  return buildPastState(v, [...rows, ...document.pending.map(toStep)]);
}

type Step = Pick<Revision, 'v' | 'patch' | 'nulls' | 'state'>;

function toStep({ v, patch = {}, nulls }: PendingEntry): Step {
  return v === 1 ? { v, state: patch } : { v, patch, ...(nulls ? { nulls } : {}) };
}

/** Walks back to a whole state and forward again; undefined when a step is missing. */
function buildPastState(v: number, steps: Step[]): JsonRecord | undefined {
  const byVersion = new Map(steps.map((step) => [step.v, step]));
  const patches: Step[] = [];
  for (let at = v; at >= 1; at -= 1) {
    const step = byVersion.get(at);
    if (!step) return undefined;
    if (step.state)
      return patches.reduceRight(
        (state, { patch = {}, nulls = [] }) => applyDifference(state, { patch, nulls }),
        step.state,
      );
    patches.push(step);
  }
  return undefined;
}
