import { type CreateRequest, type Extraction, type ExtractRequest, writeWithFreeSlug } from '@ortoo/shared/contracts';
import { AppError, type Clock, type Context } from '@ortoo/shared/kernel';
import { actorName } from '@ortoo/shared/outbox';
import { openArticle } from '../articles/article.rules.ts';
import type { ArticleStore } from '../articles/article.store.ts';
import type { KnownCategories } from '../categories/known-categories.follower.ts';
import type { Duplicates } from '../duplicates/duplicates.actions.ts';
import type { Mentions } from '../mentions/mentions.ts';
import { withMentions } from './extract.rules.ts';
import {
  alreadyTaken,
  canonicalOf,
  categoryWords,
  draftOf,
  type Given,
  ingestKeys,
  type ReadArticle,
  requireOnePage,
  withGiven,
} from './intake.rules.ts';
import type { PageReader } from './intake-thread.client.ts';

type IntakeDeps = {
  articles: ArticleStore;
  categories: KnownCategories;
  duplicates: Duplicates;
  pages: PageReader;
  mentions: Mentions;
  clock: Clock;
};
type Target = { id: string; requestKey?: string | undefined; isOnlyNew?: boolean };
export type IntakeActions = ReturnType<typeof createIntakeActions>;

/** What can be done with raw pages: read them, and store what was read as a draft. */
export function createIntakeActions({ articles, categories, duplicates, pages, mentions, clock }: IntakeDeps) {
  async function read(ctx: Context, request: ExtractRequest): Promise<ReadArticle> {
    requireOnePage(request);
    const words = categoryWords(await categories.names(ctx));
    const { page, canonicalUrl } = await pages.read(ctx, request, words);
    const extraction = withMentions(page, mentions.find, mentions.isComplete());
    return { extraction, canonicalUrl: canonicalOf(canonicalUrl, request.url) };
  }

  /** An editor may have written of the page already, by its address. */
  async function requireNew(ctx: Context, id: string, canonicalUrl: string | undefined): Promise<void> {
    if (canonicalUrl === undefined) return;
    const filter = { canonicalUrl, _id: { $ne: id } };
    const [holder] = await articles.pick(ctx, { filter, members: ['slug'], limit: 1 });
    if (holder) throw alreadyTaken(canonicalUrl, holder.id);
  }

  async function store(ctx: Context, { id, requestKey, isOnlyNew = false }: Target, found: ReadArticle) {
    const input = draftOf(found);
    const keys = ingestKeys(found);
    await requireNew(ctx, id, input.canonicalUrl);
    const [sight, named, knownCategories] = await Promise.all([
      duplicates.sight(ctx, input, id),
      mentions.lookUp(input),
      categories.known(ctx),
    ]);
    if (isOnlyNew && sight.found?.head !== undefined) throw alreadyIngested(sight.found.head);
    const judging = { stamp: { now: clock.now(), actorId: actorName(ctx) }, knownCategories, ...named };
    return await writeWithFreeSlug(id, (suffix) => {
      const state = { ...openArticle(input, { ...judging, suffix, duplicates: sight }), ingestKeys: keys };
      return articles.create(ctx, { id, state, requestKey });
    });
  }

  return {
    /** Throws VALIDATION_FAILED `intake.request-invalid` and what `PageReader.read` throws. */
    extract: async (ctx: Context, request: ExtractRequest): Promise<Extraction> =>
      (await read(ctx, request)).extraction,

    /**
     * Throws what `extract` throws, UNPROCESSABLE `intake.article-not-recognised`, CONFLICT `article.already-ingested`
     * with the `id` of the article that has the same address or was made of the same text.
     */
    async ingest(ctx: Context, { id, input: request, requestKey }: CreateRequest<ExtractRequest>) {
      const found = await read(ctx, request);
      const stored = await store(ctx, { id, requestKey }, found);
      return { stored: await duplicates.beside(ctx, stored), extraction: found.extraction };
    },

    /**
     * Stores a page of which something is known before it is read, unless nearly the same text is there. Throws what
     * `ingest` throws, CONFLICT `article.already-ingested` for a near-duplicate too.
     */
    async take(ctx: Context, { id, input: request, given }: { id: string; input: ExtractRequest; given: Given }) {
      const { extraction, canonicalUrl } = await read(ctx, request);
      return await store(ctx, { id, isOnlyNew: true }, { extraction: withGiven(extraction, given), canonicalUrl });
    },
  };
}

const alreadyIngested = (id: string) =>
  AppError.conflict('article.already-ingested', 'An article with nearly this text is there already.', { id });
