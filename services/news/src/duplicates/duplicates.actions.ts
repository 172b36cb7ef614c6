import {
  ARTICLE_DUPLICATES_MAX,
  type ArticleDuplicate,
  type ArticleDuplicates,
  type ArticleState,
  POSSIBLE_ARTICLES_MAX,
  parseRef,
} from '@ortoo/shared/contracts';
import { AppError, type Clock, type Context } from '@ortoo/shared/kernel';
import type { Stored } from '@ortoo/shared/outbox';
import { foreseePrint } from '../articles/article.rules.ts';
import type { ArticleStore } from '../articles/article.store.ts';
import type { DuplicateSight, Print } from './duplicate.rules.ts';
import type { Candidate } from './duplicate.store.ts';
import { ALIKE_MIN, likenessOf } from './fingerprint.rules.ts';

/** What a creation waits at most for the articles like it: it has happened, and its answer must not be lost over them. */
const BESIDE_MS = 500;

/** Members of which the text of an article is made. */
const textMembers = ['headline', 'summary', 'body'];

type DuplicateDeps = { articles: ArticleStore; clock: Clock };
export type Duplicates = ReturnType<typeof createDuplicates>;

/** Who looks for articles that are there twice. */
export function createDuplicates({ articles, clock }: DuplicateDeps) {
  /** The articles that are duplicates of none and whose text is nearly this one, the oldest first. */
  async function alike(ctx: Context, { fingerprint, duplicateKeys = [] }: Print, id: string) {
    if (fingerprint === undefined) return { items: [], isComplete: true };
    const { items, isComplete } = await articles.heads(ctx, duplicateKeys, id);
    if (!isComplete) ctx.log.warn({ id, looked: items.length }, 'more articles share a key than are looked at');
    const near = items.filter(({ state }) => likenessOf(state.fingerprint ?? '', fingerprint) >= ALIKE_MIN);
    return { items: near, isComplete };
  }

  async function foreseen(ctx: Context, body: object, id: string): Promise<DuplicateSight['found']> {
    if (!textMembers.some((name) => name in body)) return undefined;
    const current = await articles.find(ctx, id);
    const print = foreseePrint(body, current?.state);
    if (!print || print.fingerprint === current?.state.fingerprint) return undefined;
    const { items } = await alike(ctx, print, id);
    return { fingerprint: print.fingerprint, head: oldestBefore(items, id) };
  }

  async function group(ctx: Context, { id, state }: Stored<ArticleState>): Promise<ArticleDuplicates> {
    const head = state.duplicateOf ?? id;
    const [near, above, members] = await Promise.all([
      alike(ctx, state, id),
      articles.candidates(ctx, [head]),
      articles.members(ctx, head),
    ]);
    const all = new Map([...above, ...near.items, ...members.items].map((one) => [one.id, one]));
    all.delete(id);
    const items = [...all.values()].map((one) => showDuplicate(one, state.fingerprint));
    return {
      items: items.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, ARTICLE_DUPLICATES_MAX),
      isComplete: near.isComplete && members.isComplete && items.length <= ARTICLE_DUPLICATES_MAX,
    };
  }

  return {
    alike,

    /** What is to be known before an article is written, by its unchecked body. */
    sight: async (ctx: Context, body: object, id: string): Promise<DuplicateSight> => {
      const { duplicateOf } = body as { duplicateOf?: unknown };
      const [found, [named]] = await Promise.all([
        foreseen(ctx, body, id),
        typeof duplicateOf === 'string' ? articles.candidates(ctx, [duplicateOf]) : [],
      ]);
      const above = named?.state.duplicateOf;
      return {
        id,
        ...(found ? { found } : {}),
        ...(named ? { named: { id: named.id, ...(above === undefined ? {} : { duplicateOf: above }) } } : {}),
      };
    },

    /** The articles of the group of one, and others like it. Throws NOT_FOUND for one that does not exist. */
    list: async (ctx: Context, { ref }: { ref: string }): Promise<ArticleDuplicates> => {
      const asked = parseRef('article', ref);
      const found = await (asked.type === 'id' ? articles.find(ctx, asked.id) : articles.findByKey(ctx, asked.key));
      if (!found) throw AppError.notFound('article.not-found', `There is no article ${ref}.`);
      return await group(ctx, found);
    },

    /** An article that was just made, with those like it; without them rather than an error or a long wait. */
    beside: async (ctx: Context, made: Stored<ArticleState>) => {
      if (made.state.duplicateOf === undefined) return made;
      const soon = { ...ctx, deadlineMs: Math.min(ctx.deadlineMs, clock.nowMs() + BESIDE_MS) };
      try {
        const { items } = await group(soon, made);
        return { ...made, possibleDuplicates: items.slice(0, POSSIBLE_ARTICLES_MAX) };
      } catch (error) {
        ctx.log.warn({ err: error, id: made.id }, 'the articles like a new one could not be looked for');
        return made;
      }
    },
  };
}

/** The oldest article that a text is a duplicate of, of those like it: ids are in the order of time. */
export function oldestBefore(heads: readonly Candidate[], id: string): string | undefined {
  return heads.find((head) => head.id < id)?.id;
}

function showDuplicate({ id, state }: Candidate, fingerprint: string | undefined): ArticleDuplicate {
  const { language, headline, summary, status, duplicateOf, isDuplicateByHand } = state;
  const score = likenessOf(state.fingerprint ?? '', fingerprint ?? '');
  return {
    id,
    display: { lang: language, name: headline, ...(summary === undefined ? {} : { summary }) },
    url: `/v1/articles/${id}`,
    status,
    score: Math.round(score * 100) / 100,
    ...(duplicateOf === undefined ? {} : { duplicateOf }),
    ...(isDuplicateByHand ? { isByHand: true } : {}),
  };
}
