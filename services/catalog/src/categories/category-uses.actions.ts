import type { CategoryState, Change } from '@ortoo/shared/contracts';
import { AppError, type Clock, type Context, type Logger, serviceContext } from '@ortoo/shared/kernel';
import type { CategoryStore } from './category.store.ts';
import { codesIn } from './category-codes.rules.ts';
import type { CategoryUses } from './category-uses.client.ts';

const LOOK_DEADLINE_MS = 10_000;

type KeepingDeps = { categories: CategoryStore; uses: CategoryUses; clock: Clock; log: Logger };
export type CategoryKeeping = ReturnType<typeof createCategoryKeeping>;

/**
 * Sees to it that what documents name is a category. Each document as it was published has its codes looked up, and each
 * deletion of a category what is in it: whichever of the two comes last is followed by a look that sees both, and the
 * deletion is taken back, since a document has to be in some category and only its editors know another.
 */
export function createCategoryKeeping({ categories, uses, clock, log }: KeepingDeps) {
  /** The category as it was before it was deleted, at its next version. One that was made anew meanwhile stays. */
  async function takeBack(ctx: Context, code: string): Promise<void> {
    const { items } = await categories.revisions(ctx, { id: code, limit: 1 });
    const before = (items[0]?.v ?? 0) - 1;
    const { state } = await categories.revision(ctx, { id: code, v: before });
    const next: CategoryState = { ...state, updatedAt: clock.now() };
    await categories.create(ctx, { id: code, type: 'taken-back', state: next }).catch((error: unknown) => {
      if (!(error instanceof AppError && error.reason === 'category.exists')) throw error;
    });
    log.warn({ id: code }, 'a category was deleted while something was put into it; it is back');
  }

  /** Takes the deletion of a category back when something is in it; answers what is. One that lives stays as it is. */
  async function keep(ctx: Context, code: string): Promise<Record<string, number>> {
    const counts = await uses.count(ctx, code);
    const isUsed = Object.values(counts).some((count) => count > 0);
    if (!isUsed) return {};
    await takeBack(ctx, code).catch((error: unknown) => {
      if (!(error instanceof AppError && ['NOT_FOUND', 'GONE'].includes(error.code))) throw error;
      log.error({ err: error, id: code, uses: counts }, 'documents are in a category that cannot be brought back');
    });
    return counts;
  }

  /** The codes that changes name; a state that was too large to travel is looked up. */
  async function codesNamed(ctx: Context, changes: Change[]): Promise<string[]> {
    const named = changes.flatMap(({ data: { kind, id, live, state } }) => {
      if (kind === 'category') return live ? [] : [id];
      return live && state ? codesIn(state.categories) : [];
    });
    const absent = changes.filter(({ data: { live, state } }) => live && !state);
    const kinds = [...new Set(absent.map(({ data }) => data.kind))];
    const looked = kinds.map((kind) => {
      const ofKind = absent.filter(({ data }) => data.kind === kind);
      return uses.codesOf(
        ctx,
        kind,
        ofKind.map(({ data }) => data.id),
      );
    });
    return [...new Set([...named, ...(await Promise.all(looked)).flat()])];
  }

  return {
    keep,

    /** What follows from changes of documents and categories. */
    async apply(changes: Change[], signal: AbortSignal): Promise<void> {
      const ctx = serviceContext({ log, service: 'catalog', clock, forMs: LOOK_DEADLINE_MS });
      const codes = await codesNamed(ctx, changes);
      const known = await categories.known(ctx, codes);
      for (const code of codes.filter((one) => !known.has(one))) {
        signal.throwIfAborted();
        await keep(ctx, code);
      }
    },
  };
}
