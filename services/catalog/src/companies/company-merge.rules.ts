import type { CompanyState, Move, Stamp } from '@ortoo/shared/contracts';
import { AppError } from '@ortoo/shared/kernel';

/** The company that a copy is to be merged into, as it was asked for and as it was found. */
export type MergeTarget = {
  ref: string;
  found?: {
    id: string;
    /** Where it was itself merged into, at the end of the chain. */
    mergedInto?: string;
  };
};

/**
 * The copy after a merge: archived, with what is its own (slugs, numbers, ids in other systems). The state itself when
 * it was merged into that company before. Throws VALIDATION_FAILED `company.merge-target-unknown` and
 * `company.merge-into-itself`, CONFLICT `company.merged` for a copy that was merged into another company, and
 * `company.merge-into-merged` for a target that is a copy itself; `id` is where that one has gone.
 */
export function mergeCompany(
  state: CompanyState,
  { id, target }: { id: string; target: MergeTarget },
  { now, actorId }: Stamp,
): CompanyState {
  const { ref, found } = target;
  if (!found) throw badTarget('target-unknown', `there is no company ${ref}`);
  if (found.id === id) throw badTarget('into-itself', 'is the company itself');
  if (state.mergedInto === found.id) return state;
  if (state.mergedInto !== undefined) throw mergedAlready(state.mergedInto);
  if (found.mergedInto !== undefined) {
    const sentence = `The company ${ref} was merged into ${found.mergedInto}; merge into that one.`;
    throw AppError.conflict('company.merge-into-merged', sentence, { id: found.mergedInto });
  }
  const { publishAt: _begin, unpublishAt: _end, rejectionReason: _reason, ...lasting } = state;
  return {
    ...lasting,
    status: 'archived',
    mergedInto: found.id,
    mergePair: [id, found.id].sort().join(' '),
    updatedAt: now,
    updatedBy: actorId,
  };
}

/** A merge as it is undone when it crossed another one: the copy as it was before. */
export function undoMerge(state: CompanyState, before: CompanyState, { now, actorId }: Stamp): CompanyState {
  const { mergedInto, mergePair: _pair, ...own } = state;
  if (mergedInto === undefined) return state;
  const { publishAt, unpublishAt, rejectionReason } = before;
  return {
    ...own,
    status: before.status,
    ...(publishAt === undefined ? {} : { publishAt }),
    ...(unpublishAt === undefined ? {} : { unpublishAt }),
    ...(rejectionReason === undefined ? {} : { rejectionReason }),
    updatedAt: now,
    updatedBy: actorId,
  };
}

/** Throws CONFLICT `company.merged` for a move of a merged company, unless it takes it out of the archive. */
export function requireUnmerged({ mergedInto }: CompanyState, move: Move): void {
  if (mergedInto !== undefined && move !== 'unarchive') throw mergedAlready(mergedInto);
}

/** A company that leaves the archive is its own again. */
export function forgetMerge(state: CompanyState): CompanyState {
  if (state.status === 'archived') return state;
  const { mergedInto: _into, mergePair: _pair, ...own } = state;
  return own;
}

/** What a change of its members leaves as it is. */
export function mergeOf({ mergedInto, mergePair }: CompanyState): Pick<CompanyState, 'mergedInto' | 'mergePair'> {
  return { ...(mergedInto === undefined ? {} : { mergedInto }), ...(mergePair === undefined ? {} : { mergePair }) };
}

function badTarget(reason: string, message: string): AppError {
  const expected = 'the id or slug of another company';
  return AppError.invalid(`company.merge-${reason}`, { pointer: '/into', message, expected });
}

function mergedAlready(into: string): AppError {
  const sentence = `The company was merged into ${into}; \`unarchive\` takes that back.`;
  return AppError.conflict('company.merged', sentence, { id: into, allowed: ['unarchive'] });
}
