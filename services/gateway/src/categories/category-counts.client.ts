import type { CountsReply, CountsRequest } from '@ortoo/shared/contracts';
import { type Clock, type Context, isOverWithin, type Logger, serviceContext } from '@ortoo/shared/kernel';

/** By code; a category that search has not heard of yet has nothing in it. */
export type Counts = CountsReply['categories'];

export type CategoryCounts = {
  /**
   * What is published in each category, asked for at most a second ago; with tokens, not before their versions are
   * counted (at most 2 s). While search is away the last counts, up to a minute old; then undefined. Never throws.
   */
  current(ctx: Context, waitFor?: string[]): Promise<Counts | undefined>;
};

const FRESH_MS = 1_000;
const KEPT_MS = 60_000;
/** A reader of categories waits no longer for their counts. */
const PATIENCE_MS = 1_000;
const DEADLINE_MS = 5_000;

type Options = {
  ask(ctx: Context, request: CountsRequest): Promise<CountsReply>;
  log: Logger;
  clock: Clock;
};

/** Asks search for the counts of all categories at once, one question a second however many readers there are. */
export function createCategoryCounts({ ask, log, clock }: Options): CategoryCounts {
  let known: { counts: Counts; atMs: number } | undefined;
  let askedMs = Number.NEGATIVE_INFINITY;
  let asking: Promise<Counts | undefined> | undefined;

  async function count(ctx: Context, request: CountsRequest): Promise<Counts | undefined> {
    try {
      const { categories } = await ask(ctx, request);
      known = { counts: categories, atMs: clock.nowMs() };
      return categories;
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'categories could not be counted');
      return undefined;
    }
  }

  /** Serves all who read meanwhile, so it is bound to no request. */
  function refresh(): void {
    askedMs = clock.nowMs();
    const context = serviceContext({ log, service: 'gateway', clock, forMs: DEADLINE_MS });
    asking = count(context, {}).finally(() => {
      asking = undefined;
    });
  }

  return {
    async current(ctx, waitFor) {
      const own = waitFor && (await count(ctx, { waitFor }));
      if (own) return own;
      if (!waitFor && !asking && clock.nowMs() - askedMs >= FRESH_MS) refresh();
      if (asking) await isOverWithin(PATIENCE_MS, asking);
      return known && clock.nowMs() - known.atMs < KEPT_MS ? known.counts : undefined;
    },
  };
}
