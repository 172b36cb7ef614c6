import type { ArticleState, Change } from '@ortoo/shared/contracts';
import {
  AppError,
  type Clock,
  type Context,
  type Logger,
  newRequestId,
  newTraceparent,
  serviceContext,
} from '@ortoo/shared/kernel';
import { actorName, type Stored } from '@ortoo/shared/outbox';
import type { ArticleStore } from '../articles/article.store.ts';
import { headOfCircle, type Placing, place, printOf } from './duplicate.rules.ts';
import type { Candidate } from './duplicate.store.ts';
import type { Duplicates } from './duplicates.actions.ts';
import { ALIKE_MIN, likenessOf } from './fingerprint.rules.ts';

/** What follows from one change is done within this time, a page of a group's members at a time. */
const PAGE_DEADLINE_MS = 10_000;
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
  const begin = (): Context =>
    serviceContext({
      log,
      service: 'news',
      requestId: newRequestId(),
      traceparent: newTraceparent(),
      deadlineMs: clock.nowMs() + PAGE_DEADLINE_MS,
    });

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

  async function placeOf(ctx: Context, { id, state }: Held): Promise<Placing['next']> {
    const { isDuplicateByHand, duplicateOf } = state;
    if (isDuplicateByHand && duplicateOf === undefined) return { isDuplicateByHand };
    if (isDuplicateByHand && duplicateOf !== undefined) {
      const head = await walkUp(ctx, id, duplicateOf);
      if (head !== id) return { duplicateOf: head, isDuplicateByHand };
    }
    const head = await duplicates.headOf(ctx, printOf(state), id);
    return head === undefined ? {} : { duplicateOf: head };
  }

  /** Puts an article where it belongs now. */
  async function settle(ctx: Context, article: Held): Promise<void> {
    const { id, state } = article;
    const { duplicateOf, isDuplicateByHand } = state;
    const seen = { duplicateOf, isDuplicateByHand, fingerprint: printOf(state).fingerprint };
    const next = await placeOf(ctx, article);
    const decide = (current: ArticleState) =>
      place(current, { seen, next }, { now: clock.now(), actorId: actorName(ctx) });
    if (decide(state) === state) return;
    await articles.change(ctx, { id, type: 'grouped', decide }).catch((error: unknown) => {
      if (!(error instanceof AppError && error.code === 'NOT_FOUND')) throw error; // deleted meanwhile
    });
  }

  async function settleById(ctx: Context, id: string): Promise<void> {
    const found = await articles.find(ctx, id);
    if (found) await settle(ctx, found);
  }

  /** The younger ones that are like a head and do not say so yet. */
  async function settleYounger(ctx: Context, { id, state }: Held): Promise<void> {
    if (state.duplicateOf !== undefined) return;
    const { items } = await duplicates.alike(ctx, printOf(state), id);
    const younger = items.filter((one) => one.id > id && !one.state.isDuplicateByHand);
    for (const one of younger) await settleById(ctx, one.id);
  }

  /** Those that name an article and no longer can: it is gone, a duplicate itself, or says something else now. */
  async function settleMembers(id: string, head: Held | undefined, signal: AbortSignal): Promise<void> {
    for (let after = '', isComplete = false; !isComplete; ) {
      signal.throwIfAborted();
      const ctx = begin();
      const page = await articles.members(ctx, id, after);
      const isIn = ({ state }: (typeof page.items)[number]) =>
        head !== undefined &&
        head.state.duplicateOf === undefined &&
        (state.isDuplicateByHand || likenessOf(state.fingerprint ?? '', head.state.fingerprint ?? '') >= ALIKE_MIN);
      for (const member of page.items.filter((one) => !isIn(one))) await settleById(ctx, member.id);
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
        if (data.live) await settleById(ctx, data.id);
        const article = await articles.find(ctx, data.id);
        if (article) await settleYounger(ctx, article);
        await settleMembers(data.id, article, signal);
      }
    },
  };
}
