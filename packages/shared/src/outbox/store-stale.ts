import { AppError, type Context } from '../kernel/index.ts';
import { type StoredDocument, stateOf } from './envelope.ts';
import { readPastState } from './past-state.ts';
import type { StoreCore } from './store-core.ts';
import { buildThreeWay } from './three-way.ts';

type Asked<T> = {
  v?: number | undefined;
  /** What the caller would make of a state; absent for a deletion. */
  decide?: (state: T) => T;
  /** Members that the caller may see compared; all that callers set, unless named. */
  compared?: readonly string[] | undefined;
};

/**
 * Throws VERSION_MISMATCH when a live document is at another version than the one asked for. Its details have the
 * current version and `diff`: the caller's version (as long as it is kept), the current one, and what the caller would
 * make of theirs.
 */
export async function requireVersion<T>(
  core: StoreCore<T>,
  ctx: Context,
  current: StoredDocument,
  { v, decide, compared = core.isPersonal ? [] : core.settableNames }: Asked<T>,
): Promise<void> {
  const { _id: id } = current;
  if (v === undefined || v === current.v || !current.live) return;
  const now = stateOf(current, core.bodyNames);
  const base = await readPastState(core, ctx, { id, v });
  const yours = decide && decideSafely(ctx, decide, (base ?? now) as T);
  const { code, reason, message, details } = AppError.versionMismatch(id, current.v, v);
  throw new AppError(code, reason, message, {
    details: { ...details, ...buildThreeWay({ base, current: now, yours }, compared) },
  });
}

/** A change that the old state does not allow has no outcome to compare; the version is the answer all the same. */
function decideSafely<T>(ctx: Context, decide: (state: T) => T, state: T) {
  try {
    return decide(structuredClone(state)) as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof AppError)) ctx.log.warn({ err: error }, 'a change of a past version could not be compared');
    return undefined;
  }
}
