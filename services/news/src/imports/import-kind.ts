import type { RuleFault } from '@ortoo/shared/contracts';
import type { Context } from '@ortoo/shared/kernel';

/** One row of a source: its number there, what it is known by, and what it says. */
export type SourceRow<T> = { row: number; key: string; item: T };

/** Reads a source that can be opened from its beginning again. Throws VALIDATION_FAILED for one that is none at all. */
export type ImportReader<T> = (
  open: () => AsyncIterable<Uint8Array>,
) => Promise<{ total: number; rows: () => AsyncIterable<SourceRow<T>> }>;

/** What is to be done about a row, as it is noted before it is done; `v` is the version that was looked at. */
export type Plan =
  | { type: 'create'; id: string }
  | { type: 'update'; id: string; v: number }
  | { type: 'unchanged'; id: string }
  | { type: 'rejected'; id?: string; faults: RuleFault[] };

/** What was written: the version, and when the document was last edited. */
export type WrittenRow = { id: string; v: number; updatedAt: string };

/** What imports need to know of a kind. */
export type ImportKind<T> = {
  /** By media type. */
  readers: Record<string, ImportReader<T>>;
  /** Looks and decides; writes nothing. */
  plan(ctx: Context, item: T): Promise<Plan>;
  /**
   * Does what was planned; a repeat with the same key has one effect. Throws VERSION_MISMATCH or CONFLICT when another
   * was faster, so that it is planned anew.
   */
  write(
    ctx: Context,
    work: { plan: Plan & { type: 'create' | 'update' }; item: T; requestKey: string },
  ): Promise<WrittenRow>;
  /** Takes a written row back, unless its document was edited since: then undefined. A repeat has one effect. */
  takeBack(
    ctx: Context,
    work: { type: 'create' | 'update'; written: WrittenRow; requestKey: string },
  ): Promise<WrittenRow | undefined>;
};
