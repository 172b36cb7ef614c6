import { type Context, failpoint } from '../kernel/index.ts';
import type { Difference } from './difference.ts';
import { type StoredDocument, stateOf } from './envelope.ts';
import { changeInstant, readRepeated, remembers, type StoreCore } from './store-core.ts';
import { requireVersion } from './store-stale.ts';
import { buildEntry, nextEnvelope, requireWritable, type Step, tryOnCurrent, writeStep } from './store-write.ts';

export type RemoveOptions<T> = {
  id: string;
  v: number;
  /** What has to hold elsewhere, asked about the version that is named; throws where it does not. */
  allow?(state: T): Promise<void> | undefined;
  requestKey?: string | undefined;
};

/** Stays in a tombstone, since lists by category and caches have to learn of it. */
const keptInTombstone = ['categories'];

/** Turns a document into its tombstone; see `VersionedStore.remove`. */
export async function removeDocument<T>(
  core: StoreCore<T>,
  ctx: Context,
  options: RemoveOptions<T>,
): Promise<{ id: string; v: number }> {
  return await tryOnCurrent(core, ctx, options, async (current) => {
    if (remembers(current, options.requestKey)) {
      const { v } = await readRepeated(core, ctx, options);
      return { id: options.id, v };
    }
    await requireVersion(core, ctx, current, { v: options.v });
    requireWritable(core, current);
    await options.allow?.(stateOf(current, core.bodyNames) as T);
    const step = buildRemoveStep(core, ctx, current, options.requestKey);
    const isWritten = await writeStep(core, ctx, current, step);
    if (isWritten) failpoint('store.tombstone-not-published');
    return isWritten ? { id: options.id, v: step.entry.v } : undefined;
  });
}

function buildRemoveStep<T>(
  core: StoreCore<T>,
  ctx: Context,
  current: StoredDocument,
  requestKey: string | undefined,
): Step {
  const at = changeInstant(core.clock, current.changedAt);
  const before = stateOf(current, core.bodyNames);
  const removed = Object.keys(before).filter((name) => !keptInTombstone.includes(name));
  const difference: Difference = { patch: Object.fromEntries(removed.map((name) => [name, null])), nulls: [] };
  return {
    set: { ...nextEnvelope(current, at, false), live: false, visible: false },
    unset: [...removed, 'keys'],
    entry: buildEntry(core, ctx, { v: current.v + 1, type: 'deleted', at, difference, requestKey }),
  };
}
