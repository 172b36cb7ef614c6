import { AppError, type Context } from '../kernel/index.ts';
import { diffStates, type JsonRecord } from './difference.ts';
import { type Stored, type StoredDocument, stateOf, toJsonState, toStored } from './envelope.ts';
import {
  type CreateOptions,
  changeInstant,
  readRepeated,
  remembers,
  type StoreCore,
  storedKeys,
} from './store-core.ts';
import { buildEntry, nextEnvelope, type Step, tryOnCurrent, writeStep } from './store-write.ts';

/**
 * Makes a document again under an id that callers choose: from its tombstone, at the version after it, so that index
 * and readers, who know the tombstone, take it for newer. Throws CONFLICT `<kind>.exists` when it lives, or when this
 * very request made it before it was deleted.
 */
export async function reviveDocument<T>(
  core: StoreCore<T>,
  ctx: Context,
  { id, state, type = 'created', requestKey }: CreateOptions<T>,
): Promise<Stored<T>> {
  const after = toJsonState(state, core);
  return await tryOnCurrent(core, ctx, { id }, async (current) => {
    const isRepeat = remembers(current, requestKey);
    if (current.live && isRepeat) return toStored<T>(await readRepeated(core, ctx, { id, requestKey }), core.bodyNames);
    if (current.live || isRepeat) throw exists(core, id);
    const step = buildReviveStep(core, ctx, current, { after, type, requestKey });
    if (!(await writeStep(core, ctx, current, step))) return undefined;
    const { firstPublishedAt } = current;
    const envelope = { ...(firstPublishedAt ? { firstPublishedAt } : {}), _id: id, v: step.entry.v };
    return toStored<T>({ ...envelope, ...step.set } as StoredDocument, core.bodyNames);
  });
}

export function exists<T>({ kind }: StoreCore<T>, id: string): AppError {
  return AppError.conflict(`${kind}.exists`, `There is a ${kind} ${id} already.`, { id });
}

type Revival = { after: JsonRecord; type: string; requestKey: string | undefined };

function buildReviveStep<T>(
  core: StoreCore<T>,
  ctx: Context,
  current: StoredDocument,
  { after, type, requestKey }: Revival,
): Step {
  const at = changeInstant(core.clock, current.changedAt);
  const visible = core.isVisible(after as T);
  const keys = storedKeys(core, after);
  const before = stateOf(current, core.bodyNames);
  const difference = diffStates(before, after);
  return {
    set: {
      ...after,
      ...nextEnvelope(current, at, true),
      live: true,
      visible,
      ...(keys ? { keys } : {}),
      ...(visible && !current.firstPublishedAt ? { firstPublishedAt: at } : {}),
    },
    unset: Object.keys(before).filter((name) => !(name in after)),
    entry: buildEntry(core, ctx, { v: current.v + 1, type, at, difference, requestKey }),
  };
}
