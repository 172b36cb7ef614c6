import { isDeepStrictEqual } from 'node:util';
import type { Context, Instant } from '../kernel/index.ts';
import { type Difference, diffStates, isEmptyDifference, type JsonRecord } from './difference.ts';
import { type Stored, type StoredDocument, stateOf, toJsonState, toStored } from './envelope.ts';
import { changeInstant, readConfirmed, readRepeated, remembers, type StoreCore, storedKeys } from './store-core.ts';
import { requireVersion } from './store-stale.ts';
import { buildEntry, nextEnvelope, requireWritable, type Step, tryOnCurrent, writeStep } from './store-write.ts';

export type ChangeOptions<T> = {
  id: string;
  v?: number | undefined;
  type: string;
  decide(state: T): T;
  /** What has to hold elsewhere, asked about the state that the write then builds on; throws where it does not. */
  allow?(state: T): Promise<void> | undefined;
  requestKey?: string | undefined;
  /** Members that a refusal may show; without it all that callers set. */
  compared?: readonly string[] | undefined;
};

/** Load → decide → one versioned write; see `VersionedStore.change`. */
export async function changeDocument<T>(
  core: StoreCore<T>,
  ctx: Context,
  options: ChangeOptions<T>,
): Promise<Stored<T>> {
  return await tryOnCurrent(core, ctx, options, async (current) => {
    if (remembers(current, options.requestKey))
      return toStored<T>(await readRepeated(core, ctx, options), core.bodyNames);
    await requireVersion(core, ctx, current, options);
    requireWritable(core, current);
    const before = stateOf(current, core.bodyNames);
    const after = toJsonState(options.decide(before as T), core);
    const difference = diffStates(before, after);
    if (isEmptyDifference(difference)) {
      const { _id, v, changedAt } = current;
      const confirmed = await readConfirmed(core, ctx, { _id, v, changedAt });
      return confirmed ? toStored<T>(confirmed, core.bodyNames) : undefined;
    }
    await options.allow?.(before as T);
    const step = buildChangeStep(core, ctx, { current, after, difference, options });
    const isWritten = await writeStep(core, ctx, current, step);
    return isWritten ? buildAnswer<T>(core, current, step) : undefined;
  });
}

type Change<T> = { current: StoredDocument; after: JsonRecord; difference: Difference; options: ChangeOptions<T> };

function buildChangeStep<T>(
  core: StoreCore<T>,
  ctx: Context,
  { current, after, difference, options }: Change<T>,
): Step {
  const at = changeInstant(core.clock, current.changedAt);
  const visible = core.isVisible(after as T);
  const keys = storedKeys(core, after);
  const names = Object.keys(difference.patch);
  const set = Object.fromEntries(names.filter((name) => name in after).map((name) => [name, after[name]]));
  const unset = names.filter((name) => !(name in after));
  if (keys && !isDeepStrictEqual(keys, current.keys)) set.keys = keys;
  if (!keys && current.keys) unset.push('keys');
  if (visible && !current.firstPublishedAt) set.firstPublishedAt = at;
  return {
    set: { ...set, ...nextEnvelope(current, at, true), visible },
    unset,
    entry: buildEntry(core, ctx, {
      v: current.v + 1,
      type: options.type,
      at,
      difference,
      requestKey: options.requestKey,
    }),
  };
}

/** The document as it is stored now, its members in the order in which a read finds them: both have the same bytes. */
function buildAnswer<T>(core: StoreCore<T>, current: StoredDocument, { set, unset, entry }: Step): Stored<T> {
  const { _id: id, firstPublishedAt } = current;
  const first = (set.firstPublishedAt as Instant | undefined) ?? firstPublishedAt;
  const stored = Object.entries({ ...current, ...set }).filter(([name]) => !unset.includes(name));
  return {
    id,
    v: entry.v,
    visible: set.visible === true,
    ...(first ? { firstPublishedAt: first } : {}),
    changedAt: entry.at,
    state: stateOf(Object.fromEntries(stored), core.bodyNames) as T,
  };
}
