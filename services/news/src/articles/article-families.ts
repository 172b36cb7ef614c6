import type { ArticleKin, ArticleState, ViewOptions } from '@ortoo/shared/contracts';
import { AppError, type Context } from '@ortoo/shared/kernel';
import type { Picked, Stored } from '@ortoo/shared/outbox';
import type { ArticleStore } from './article.store.ts';
import { type Family, kinOf, type Relative, type Sibling } from './article-translation.rules.ts';

/** Relatives that one look-up reads at most: those of a page of 100 articles, in five languages twice over. */
const RELATIVES_MAX = 1_000;
const members = ['language', 'slug', 'translationOf'] as const;

type Shown = Partial<Pick<ViewOptions, 'view' | 'fields'>>;
type Known<D> = D & { kin?: ArticleKin };

export type ArticleFamilies = ReturnType<typeof createArticleFamilies>;

/** Which articles are the same in other languages: looked up by one query, however many articles are asked about. */
export function createArticleFamilies(articles: Pick<ArticleStore, 'find' | 'pick'>) {
  /** What the reader may know of the relatives of some documents; nothing when it picks other members. */
  async function withKin<D extends { id: string; state: ArticleState }>(
    ctx: Context,
    documents: D[],
    { view = 'staff', fields }: Shown,
  ): Promise<Known<D>[]> {
    if (documents.length === 0 || !asksForKin(fields)) return documents;
    const roots = [...new Set(documents.map(({ id, state }) => state.translationOf ?? id))];
    const ofFamilies = { $or: [{ _id: { $in: roots } }, { translationOf: { $in: roots } }] };
    const filter = view === 'public' ? { $and: [ofFamilies, { visible: true }] } : ofFamilies;
    const siblings = (await articles.pick(ctx, { filter, members, limit: RELATIVES_MAX })).map(siblingOf);
    return documents.map((document) => {
      const { id, state } = document;
      return { ...document, kin: kinOf({ id, translationOf: state.translationOf }, siblings) };
    });
  }

  return {
    withKin,

    /** Of one document. */
    one: async <D extends { id: string; state: ArticleState }>(
      ctx: Context,
      document: D,
      shown: Shown,
    ): Promise<Known<D>> => {
      const [known] = await withKin(ctx, [document], shown);
      return known ?? document;
    },

    /** Of one document that was just written. Throws TIMEOUT when the look-up fails: nothing may say that it was not. */
    written: async (
      ctx: Context,
      document: Stored<ArticleState>,
      view?: ViewOptions['view'],
    ): Promise<Known<Stored<ArticleState>>> => {
      const [known] = await withKin(ctx, [document], view ? { view } : {}).catch((cause: unknown) => {
        throw AppError.timeout('news.outcome-unknown', 'What was written cannot be shown just now.', cause);
      });
      return known ?? document;
    },

    /** What the rules of translations need to know before a write; nothing when it says nothing of languages. */
    async around(ctx: Context, body: object, id: string): Promise<{ family?: Family }> {
      const named = namedIn(body);
      if (named === undefined && !('language' in body)) return {};
      const filter = { $or: [{ _id: { $in: [id, ...(named === undefined ? [] : [named])] } }, { translationOf: id }] };
      const found = (await articles.pick(ctx, { filter, members, limit: RELATIVES_MAX })).map(siblingOf);
      const current = found.find((other) => other.id === id)?.translationOf;
      const original = named ?? current;
      const translations = found.filter((other) => other.translationOf === id);
      return { family: { id, original: await originalOf(ctx, original, found), translations } };
    },
  };

  async function originalOf(ctx: Context, id: string | undefined, found: Sibling[]): Promise<Relative | undefined> {
    const known = found.find((other) => other.id === id);
    if (known || id === undefined) return known;
    const stored = await articles.find(ctx, id);
    return stored && { id, language: stored.state.language, translationOf: stored.state.translationOf };
  }
}

/** The original that an unchecked body names. */
function namedIn(body: { translationOf?: unknown }): string | undefined {
  return typeof body.translationOf === 'string' ? body.translationOf : undefined;
}

function asksForKin(fields: readonly string[] | undefined): boolean {
  return fields?.some((name) => /^translation(?:s(?:\.|$)|Of$)/.test(name)) ?? true;
}

function siblingOf({ id, state }: Picked<ArticleState, (typeof members)[number]>): Sibling {
  return { id, ...state };
}
