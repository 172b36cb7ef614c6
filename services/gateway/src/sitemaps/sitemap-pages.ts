import type { BytesReply, SortValues } from '@ortoo/shared/contracts';
import type { Clock, Context } from '@ortoo/shared/kernel';
import { toBuffer } from '../http/answers.ts';

/** Documents between two places of the list by `createdAt`: new ones come to the last page alone. */
export type SitemapPage = {
  /** Where the page before ends; null for the first. */
  after: SortValues | null;
  /** The `createdAt` of its last document; null while there is no page after it. */
  until: string | null;
};

/** One step of the walk: `createdAt` of some documents, oldest first, after a position. */
export type Step = { createdAt: string[]; next: SortValues | null };
type Ask = (ctx: Context, after: SortValues | null) => Promise<Step>;

/** Documents of a page, about: pages end where a step does. */
const PAGE_SIZE = 1_000;
/** One question walks this long; the next goes on from there, and until then the last page holds the rest. */
const WALK_MS = 3_000;
/** Pages are counted out anew after this long, since what is published late makes old ones grow. */
const AGE_MAX_MS = 3_600_000;

type Walk = { closed: SitemapPage[]; after: SortValues | null; isWhole: boolean; startedMs: number };

/**
 * Divides the documents of one kind into pages of bounded size. Memory holds where pages begin, not what is in them; one
 * walk at a time, and a walk from the start replaces the last one when it is whole.
 */
export function createSitemapPages({ ask, clock }: { ask: Ask; clock: Clock }) {
  const begin = (): Walk => ({ closed: [], after: null, isWhole: false, startedMs: clock.nowMs() });
  let current = begin();
  let renewal: Walk | undefined;
  let running: Promise<SitemapPage[]> | undefined;

  async function pages(ctx: Context): Promise<SitemapPage[]> {
    if (current.isWhole && clock.nowMs() - current.startedMs > AGE_MAX_MS) renewal ??= begin();
    const walk = renewal ?? current;
    await advance(walk, { ctx, ask, clock });
    if (walk.isWhole && walk === renewal) {
      current = walk;
      renewal = undefined;
    }
    return [...current.closed, { after: current.after, until: null }];
  }

  return {
    /** All pages, the oldest first. */
    all(ctx: Context): Promise<SitemapPage[]> {
      running ??= pages(ctx).finally(() => {
        running = undefined;
      });
      return running;
    },
  };
}

/** Goes on to the end, or until the time is up; closes each page that is full. */
async function advance(walk: Walk, { ctx, ask, clock }: { ctx: Context; ask: Ask; clock: Clock }): Promise<void> {
  const stopMs = clock.nowMs() + WALK_MS;
  let count = 0;
  let position = walk.after;
  while (clock.nowMs() < stopMs) {
    const { createdAt, next } = await ask(ctx, position);
    count += createdAt.length;
    if (next === null) {
      walk.isWhole = true;
      return;
    }
    position = next;
    if (count < PAGE_SIZE) continue;
    walk.closed.push({ after: walk.after, until: createdAt.at(-1) ?? null });
    walk.after = next;
    count = 0;
  }
}

/** Reads a step from an owner's page of a list. */
export function toStep({
  body,
  meta,
}: BytesReply): Step & { items: { id: string; createdAt: string; updatedAt: string }[] } {
  const items = JSON.parse(toBuffer(body).toString()) as { id: string; createdAt: string; updatedAt: string }[];
  const next = meta.next === undefined ? null : (JSON.parse(meta.next) as SortValues);
  return { items, createdAt: items.map(({ createdAt }) => createdAt), next };
}
