import type { ArticleState, Change } from '@ortoo/shared/contracts';
import { AppError, type Clock, type Context, type Logger, serviceContext } from '@ortoo/shared/kernel';
import { actorName, type Stored } from '@ortoo/shared/outbox';
import type { ArticleStore } from '../articles/article.store.ts';
import { headOfCircle, type Placing, place, storedPrint } from './duplicate.rules.ts';
import type { Candidate } from './duplicate.store.ts';
import { type Duplicates, oldestBefore } from './duplicates.actions.ts';
import { ALIKE_MIN, likenessOf } from './fingerprint.rules.ts';

/** One article is put in its place within this time. */
const SETTLE_DEADLINE_MS = 10_000;
/** Articles that name one another by hand; a longer chain is one that others still shorten. */
const CHAIN_MAX = 10;

type GroupsDeps = { articles: ArticleStore; duplicates: Duplicates; clock: Clock; log: Logger };
export type DuplicateGroups = ReturnType<typeof createDuplicateGroups>;
type Held = Pick<Stored<ArticleState>, 'id' | 'state'>;

/**
 * Keeps the groups of duplicates right. After every change of an article it, the younger articles like it and those
 * that name it are held against what is stored then: whichever of two writes that cross comes last is followed by a
 * look that sees both.
 */
export function createDuplicateGroups({ articles, duplicates, clock, log }: GroupsDeps) {
  const begin = (): Context => serviceContext({ log, service: 'news', clock, forMs: SETTLE_DEADLINE_MS });

  /** Up from an article by what was set by hand, to the one that is a duplicate of none; itself where that is gone. */
  async function walkUp(ctx: Context, id: string, first: string): Promise<string> {
    const chain = [id];
    for (let next: string | undefined = first; next !== undefined && chain.length <= CHAIN_MAX; ) {
      if (chain.includes(next)) return headOfCircle(chain, next);
      const [found]: Candidate[] = await articles.candidates(ctx, [next]);
      if (!found) break;
      chain.push(next);
      next = found.state.duplicateOf;
    }
    return chain.at(-1) ?? id;
  }

  async function placeOf(ctx: Context, { id, state }: Held, older: string | undefined): Promise<Placing['next']> {
    const { isDuplicateByHand, duplicateOf } = state;
    if (isDuplicateByHand && duplicateOf === undefined) return { isDuplicateByHand };
    if (isDuplicateByHand && duplicateOf !== undefined) {
      const head = await walkUp(ctx, id, duplicateOf);
      if (head !== id) return { duplicateOf: head, isDuplicateByHand };
    }
    return older === undefined ? {} : { duplicateOf: older };
  }

  /** Puts an article where it belongs now; answers whether it is the head of a group, and the younger ones like it. */
  async function settle(ctx: Context, article: Held): Promise<{ isHead: boolean; younger: Candidate[] }> {
    const { id, state } = article;
    const print = storedPrint(state);
    const { items: near } = await duplicates.alike(ctx, print, id);
    const next = await placeOf(ctx, article, oldestBefore(near, id));
    const { duplicateOf, isDuplicateByHand } = state;
    const seen = { duplicateOf, isDuplicateByHand, fingerprint: print.fingerprint };
    const decide = (current: ArticleState) =>
      place(current, { seen, next }, { now: clock.now(), actorId: actorName(ctx) });
    if (decide(state) !== state) await write(ctx, id, decide);
    const younger = near.filter((one) => one.id > id && !one.state.isDuplicateByHand);
    return { isHead: next.duplicateOf === undefined, younger };
  }

  async function write(ctx: Context, id: string, decide: (state: ArticleState) => ArticleState): Promise<void> {
    await articles.change(ctx, { id, type: 'grouped', decide }).catch((error: unknown) => {
      if (!(error instanceof AppError && error.code === 'NOT_FOUND')) throw error; // deleted meanwhile
    });
  }

  /** One by one: each may be the head of the next. */
  async function settleAll(found: readonly Candidate[], signal: AbortSignal): Promise<void> {
    for (const { id } of found) {
      signal.throwIfAborted();
      const ctx = begin();
      const article = await articles.find(ctx, id);
      if (article) await settle(ctx, article);
    }
  }

  /** Those that name an article and no longer can: it is gone, a duplicate itself, or says something else now. */
  async function settleMembers(id: string, head: Held | undefined, signal: AbortSignal): Promise<void> {
    const print = head ? (storedPrint(head.state).fingerprint ?? '') : '';
    const isIn = ({ state }: Candidate) =>
      head !== undefined && (state.isDuplicateByHand || likenessOf(state.fingerprint ?? '', print) >= ALIKE_MIN);
    for (let after = '', isComplete = false; !isComplete; ) {
      const page = await articles.members(begin(), id, after);
      await settleAll(
        page.items.filter((member) => !isIn(member)),
        signal,
      );
      after = page.items.at(-1)?.id ?? after;
      ({ isComplete } = page);
    }
  }

  return {
    /** What follows from changes of articles. Throws what stores throw, and ends when the signal aborts. */
    async apply(changes: Change[], signal: AbortSignal): Promise<void> {
      for (const { data } of changes) {
        signal.throwIfAborted();
        const ctx = begin();
        const article = data.live ? await articles.find(ctx, data.id) : undefined;
        const found = article && (await settle(ctx, article));
        if (found?.isHead) await settleAll(found.younger, signal);
        await settleMembers(data.id, found?.isHead ? article : undefined, signal);
      }
    },
  };
}
