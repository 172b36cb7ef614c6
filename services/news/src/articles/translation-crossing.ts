import { type ArticleState, isSameJson, touch } from '@ortoo/shared/contracts';
import { AppError, type Clock, type Context } from '@ortoo/shared/kernel';
import { actorName, type Stored } from '@ortoo/shared/outbox';
import type { ArticleStore } from './article.store.ts';
import type { ArticleFamilies } from './article-families.ts';

type CrossingDeps = {
  articles: Pick<ArticleStore, 'change' | 'remove' | 'revision'>;
  families: Pick<ArticleFamilies, 'around'>;
  clock: Clock;
};

/**
 * Looks at translations once more when they are written. Of writes of the same moment each may be right, and together make
 * a translation of a translation: whoever sees that takes its own write back, a new article with it.
 */
export function createTranslationCheck({ articles, families, clock }: CrossingDeps) {
  async function isCrossed(ctx: Context, { id, state }: Stored<ArticleState>): Promise<boolean> {
    const { translationOf, language } = state;
    const { family } = await families.around(ctx, { translationOf, language }, id);
    return family?.original?.translationOf !== undefined || (family?.translations.length ?? 0) > 0;
  }

  /** Whether it was taken back: a write that left the original as it was is not what crossed. */
  async function takeBack(ctx: Context, { id, v, state: written }: Stored<ArticleState>): Promise<boolean> {
    if (v === 1) {
      await articles.remove(ctx, { id, v });
      return true;
    }
    const { state: before } = await articles.revision(ctx, { id, v: v - 1 });
    const { translationOf } = before;
    if (translationOf === written.translationOf) return false;
    const stamp = { now: clock.now(), actorId: actorName(ctx) };
    const decide = (state: ArticleState): ArticleState => {
      const { translationOf: _crossing, ...own } = isSameJson(state, written) ? before : state;
      return touch(state, { ...own, ...(translationOf === undefined ? {} : { translationOf }) }, stamp);
    };
    await articles.change(ctx, { id, type: 'taken-back', decide });
    return true;
  }

  /** Throws CONFLICT `article.translations-crossed`, and TIMEOUT when the look cannot be had: what was written stays unsure. */
  return async (ctx: Context, written: Stored<ArticleState>): Promise<Stored<ArticleState>> => {
    if (written.state.translationOf === undefined) return written;
    const isTaken = await look(ctx, written).catch((cause: unknown) => {
      throw AppError.timeout('news.outcome-unknown', 'Whether what was written stays is not certain yet.', cause);
    });
    if (!isTaken) return written;
    const sentence = 'Writes of the same moment would make a translation of a translation.';
    throw AppError.conflict('article.translations-crossed', sentence);
  };

  async function look(ctx: Context, written: Stored<ArticleState>): Promise<boolean> {
    return (await isCrossed(ctx, written)) && (await takeBack(ctx, written));
  }
}
