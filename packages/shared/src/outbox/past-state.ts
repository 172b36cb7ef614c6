import type { Context } from '../kernel/index.ts';
import { applyDifference, type JsonRecord } from './difference.ts';
import { PENDING_MAX, type PendingEntry, type StoredDocument, stateOf } from './envelope.ts';
import { type Revision, SNAPSHOT_EVERY } from './revisions.ts';
import { type StoreCore, statementMs } from './store-core.ts';

/** Between a version and the whole state before it lie at most this many. */
const LOOK_BACK = SNAPSHOT_EVERY + PENDING_MAX;
const DELETED = 'deleted';

/** A document's newest version, and what it was at the one asked for: nothing when that is not there or not kept. */
export type Past = { newest: number; state?: JsonRecord; isDeletion: boolean };

/** The state of a document at a version; undefined when there was no such version or it is no longer kept. */
export async function readPastState<T>(
  core: StoreCore<T>,
  ctx: Context,
  version: { id: string; v: number },
): Promise<JsonRecord | undefined> {
  return (await readPast(core, ctx, version))?.state;
}

/**
 * What a document was at a version, from the nearest whole state before it and the patches since, those included that
 * are not published yet. Undefined when there is no such document, not even deleted.
 */
export async function readPast<T>(
  core: StoreCore<T>,
  ctx: Context,
  { id, v }: { id: string; v: number },
): Promise<Past | undefined> {
  const maxTimeMS = statementMs(ctx, core.clock);
  // The document first: what the relay clears from it meanwhile is then found among the revisions.
  const document = await core.guard.read(() => core.documents().findOne({ _id: id }, { maxTimeMS }));
  if (!document) return undefined;
  const newest = document.v;
  if (v > newest || v < 1) return { newest, isDeletion: false };
  if (v === newest) return { newest, state: stateOf(document, core.bodyNames), isDeletion: !document.live };
  if (core.isPersonal) return { newest, isDeletion: false };
  const wanted = Array.from({ length: Math.min(v, LOOK_BACK + 1) }, (_, step) => `${id}:${v - step}`);
  const rows = await core.guard.read(() =>
    core
      .revisions()
      .find({ _id: { $in: wanted } }, { maxTimeMS })
      .toArray(),
  );
  return { newest, ...buildPast(v, [...rows, ...toSteps(document)]) };
}

type Step = Pick<Revision, 'v' | 'type' | 'patch' | 'nulls' | 'state'>;

function toSteps({ pending }: StoredDocument): Step[] {
  return pending.map(({ v, type, patch = {}, nulls }: PendingEntry) =>
    v === 1 ? { v, type, state: patch } : { v, type, patch, ...(nulls ? { nulls } : {}) },
  );
}

/** Walks back to a whole state and forward again; without a state when a step is missing. */
function buildPast(v: number, steps: Step[]): Omit<Past, 'newest'> {
  const byVersion = new Map(steps.map((step) => [step.v, step]));
  const isDeletion = byVersion.get(v)?.type === DELETED;
  const patches: Step[] = [];
  for (let at = v; at >= 1; at -= 1) {
    const step = byVersion.get(at);
    if (!step) break;
    if (step.state) return { state: patches.reduceRight(applyStep, step.state), isDeletion };
    patches.push(step);
  }
  return { isDeletion };
}

function applyStep(state: JsonRecord, { patch = {}, nulls = [] }: Step): JsonRecord {
  return applyDifference(state, { patch, nulls });
}
