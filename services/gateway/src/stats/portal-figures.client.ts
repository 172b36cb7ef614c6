import type { Bus } from '@ortoo/shared/bus';
import {
  type BytesReply,
  type CountsReply,
  inquiryStates,
  type ListRequest,
  type SearchKind,
  type SearchState,
  type Status,
  statuses,
} from '@ortoo/shared/contracts';
import {
  type Clock,
  type Context,
  type Instant,
  type Logger,
  serviceContext,
  shiftInstant,
} from '@ortoo/shared/kernel';

/** Kinds that have a workflow. */
export const countedKinds = ['company', 'offering', 'article', 'event'] as const satisfies SearchKind[];
type CountedKind = (typeof countedKinds)[number];
type InquiryState = (typeof inquiryStates)[number];

/** How much there is of what; a part that cannot be asked at the moment is null. */
export type PortalFigures = {
  counts: Record<CountedKind, Record<Status, number>> | null;
  categories: CountsReply['categories'] | null;
  queues: {
    drafts: number | null;
    inReview: number | null;
    scheduled: number | null;
    duplicates: number | null;
    inquiries: Record<InquiryState, number> | null;
  };
  changed: ({ since: Instant } & Record<CountedKind, number>) | null;
  index: SearchState | null;
};

type Tools = { bus: Pick<Bus, 'call' | 'callBytes'>; clock: Clock };
const DAY_MS = 24 * 60 * 60 * 1000;

/** All who ask within this time are told the same. */
const KEPT_MS = 2_000;
/** A part that takes longer is null. */
const DEADLINE_MS = 5_000;

/**
 * Figures that are two seconds old at most, asked for once however many dashboards there are: they are the same for all
 * who may read them. Never throws.
 */
export function createPortalFigures({ bus, log, clock }: Tools & { log: Logger }): () => Promise<PortalFigures> {
  let kept: { figures: PortalFigures; untilMs: number } | undefined;
  let asking: Promise<PortalFigures> | undefined;

  /** Serves all who ask meanwhile, so it is bound to no request. */
  async function ask(): Promise<PortalFigures> {
    const untilMs = clock.nowMs() + KEPT_MS;
    const figures = await readPortalFigures(serviceContext({ log, service: 'gateway', clock, forMs: DEADLINE_MS }), {
      bus,
      clock,
    });
    kept = { figures, untilMs };
    return figures;
  }

  return async () => {
    if (kept && clock.nowMs() < kept.untilMs) return kept.figures;
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return await asking;
  };
}

/** Asks the owners and search how much there is of everything, all at once; what nobody answers is null. Never throws. */
async function readPortalFigures(ctx: Context, { bus, clock }: Tools): Promise<PortalFigures> {
  const since = shiftInstant(clock.now(), -DAY_MS);
  const [counts, categories, duplicates, inquiries, changed, index] = await Promise.all([
    orAway(ctx, 'counts', countByStatus(ctx, bus)),
    orAway(ctx, 'categories', bus.call(ctx, 'rpc.search.counts', {})),
    orAway(ctx, 'duplicates', readTotal(bus.callBytes(ctx, 'rpc.news.article.list', totalOf({ duplicate: true })))),
    orAway(ctx, 'inquiries', countInquiries(ctx, bus)),
    orAway(ctx, 'changed', countChanged(ctx, bus, since)),
    orAway(ctx, 'index', bus.call(ctx, 'rpc.search.state', {})),
  ]);
  const waiting = (status: Status) => counts && countedKinds.reduce((sum, kind) => sum + counts[kind][status], 0);
  const queues = { drafts: waiting('draft'), inReview: waiting('in_review'), scheduled: waiting('scheduled') };
  return {
    counts,
    categories: categories?.categories ?? null,
    queues: { ...queues, duplicates, inquiries },
    changed: changed && { since, ...changed },
    index,
  };
}

/** What a part says, null while it says nothing. */
export async function orAway<T>(ctx: Context, part: string, asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    ctx.log.warn({ part, reason: (error as Error).message }, 'a part of the figures could not be asked');
    return null;
  }
}

/** As the index has it: one search a status counts every kind. */
async function countByStatus(ctx: Context, bus: Tools['bus']): Promise<NonNullable<PortalFigures['counts']>> {
  const found = await Promise.all(
    statuses.map((status) =>
      bus.call(ctx, 'rpc.search.query', { status: [status], limit: 1, lang: 'en', view: 'staff' }),
    ),
  );
  return recordOf(countedKinds, (kind) =>
    recordOf(statuses, (status) => found[statuses.indexOf(status)]?.kinds[kind] ?? 0),
  );
}

async function countInquiries(ctx: Context, bus: Tools['bus']): Promise<Record<InquiryState, number>> {
  const totals = await Promise.all(
    inquiryStates.map((state) =>
      readTotal(bus.callBytes(ctx, 'rpc.catalog.inquiry.list', totalOf({ state: [state] }))),
    ),
  );
  return recordOf(inquiryStates, (state) => totals[inquiryStates.indexOf(state)] ?? 0);
}

async function countChanged(ctx: Context, bus: Tools['bus'], since: Instant): Promise<Record<CountedKind, number>> {
  const request = totalOf({ updatedSince: since });
  const [company, offering, article, event] = await Promise.all(
    (
      ['rpc.catalog.company.list', 'rpc.catalog.offering.list', 'rpc.news.article.list', 'rpc.news.event.list'] as const
    ).map((call) => readTotal(bus.callBytes(ctx, call, request))),
  );
  return { company: company ?? 0, offering: offering ?? 0, article: article ?? 0, event: event ?? 0 };
}

/** A list of which nothing but its total is wanted. */
function totalOf<F>(filter: F): ListRequest<F> {
  return { filter, limit: 1, isTotalWanted: true, fields: ['id'], view: 'staff', lang: 'en' };
}

async function readTotal(asked: Promise<BytesReply>): Promise<number> {
  return Number((await asked).meta.total);
}

function recordOf<K extends string, V>(keys: readonly K[], make: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<K, V>;
}
