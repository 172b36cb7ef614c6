import { type Bus, decodeJson } from '@ortoo/shared/bus';
import { CategoryCode, type Change, createParser, isRecord, type SortValues } from '@ortoo/shared/contracts';
import {
  AppError,
  backoffMs,
  type Clock,
  type Context,
  type Logger,
  newRequestId,
  newTraceparent,
  pause,
  serviceContext,
} from '@ortoo/shared/kernel';
import { Type } from 'typebox';

/** A projection of the catalog's category codes and who is whose sub-category: loaded when it began, kept right by changes. */
export type CategoryCodes = {
  /**
   * The codes of all categories. While the catalog is away the last known ones are answered; throws UNAVAILABLE
   * `categories.unknown` when none were ever loaded.
   */
  known(ctx: Context): Promise<ReadonlySet<string>>;
  /** The codes and those of their sub-categories. Throws as `known`. */
  withChildren(ctx: Context, codes: string[]): Promise<string[]>;
  stop(): Promise<void>;
};

const LOAD_DEADLINE_MS = 2_000;
const PAGE_LIMIT = 100;
const RETRY = { firstMs: 250, maxMs: 5_000 };
const parseItems = createParser(
  Type.Array(Type.Object({ id: CategoryCode, parent: Type.Union([CategoryCode, Type.Null()]) })),
  'categories.reply-invalid',
);

/** Codes with the code of the parent, where there is one. */
type Parents = Map<string, string | null>;

/** Follows the categories of the catalog; resolves even when the catalog is away, which is asked again when needed. */
export async function followCategoryCodes({
  bus,
  log,
  clock,
}: {
  bus: Bus;
  log: Logger;
  clock: Clock;
}): Promise<CategoryCodes> {
  let codes: Parents | undefined;
  let isStale = true;
  let gaps = 0;
  let loading: Promise<void> | undefined;
  let patience: Promise<void> | undefined;
  const ending = new AbortController();
  const missed: Change[] = [];

  /** One load at a time; what changes meanwhile is applied on top of what it answers. */
  function load(ctx: Context): Promise<void> {
    loading ??= (async () => {
      missed.length = 0;
      const gapsBefore = gaps;
      const loaded = await readCodes(bus, ctx);
      for (const change of missed) apply(loaded, change);
      codes = loaded;
      isStale = gaps !== gapsBefore;
    })().finally(() => {
      loading = undefined;
    });
    return loading;
  }

  async function tryToLoad(ctx: Context): Promise<void> {
    await load(ctx).catch(({ message: reason }: Error) =>
      log.warn({ reason }, 'the categories could not be loaded from the catalog; asking again'),
    );
  }

  /** In the background, until it succeeds; who needs the categories meanwhile asks at once. */
  async function loadPatiently(): Promise<void> {
    for (let failures = 1; isStale && !ending.signal.aborted; failures += 1) {
      await tryToLoad(ownContext(log, clock));
      if (isStale) await pause(backoffMs(failures, RETRY), ending.signal);
    }
  }

  const listening = await bus.listen({
    subjects: [bus.names.changesOf('catalog', 'category')],
    onChange: (change) => {
      if (loading) missed.push(change);
      if (codes) apply(codes, change);
    },
    onGap: () => {
      gaps += 1;
      isStale = true;
      patience ??= loadPatiently().finally(() => {
        patience = undefined;
      });
    },
    log,
  });
  await loading?.catch(() => undefined);

  async function current(ctx: Context): Promise<Parents> {
    if (isStale) await tryToLoad(ctx);
    if (codes) return codes;
    throw AppError.unavailable('categories.unknown', 'The categories are not known yet: the catalog does not answer.');
  }

  return {
    known: async (ctx) => new Set((await current(ctx)).keys()),
    withChildren: async (ctx, asked) => {
      const parents = [...(await current(ctx))];
      const children = parents.filter(([, parent]) => parent !== null && asked.includes(parent));
      return [...new Set([...asked, ...children.map(([code]) => code)])];
    },
    stop: async () => {
      ending.abort();
      await listening.stop();
      await patience;
    },
  };
}

function ownContext(log: Logger, clock: Clock): Context {
  return serviceContext({
    log,
    service: 'news',
    requestId: newRequestId(),
    traceparent: newTraceparent(),
    deadlineMs: clock.nowMs() + LOAD_DEADLINE_MS,
  });
}

/** Page by page to the end; the caller's deadline bounds it. */
async function readCodes(bus: Bus, ctx: Context): Promise<Parents> {
  const codes: Parents = new Map();
  let after: { after?: SortValues } = {};
  for (;;) {
    const request = { filter: {}, limit: PAGE_LIMIT, view: 'public', lang: 'en', ...after } as const;
    const { body, meta } = await bus.callBytes(ctx, 'rpc.catalog.category.list', { ...request, fields: ['parent'] });
    for (const { id, parent } of parseItems(decodeJson(body))) codes.set(id, parent);
    if (meta.next === undefined) return codes;
    after = { after: JSON.parse(meta.next) };
  }
}

function apply(codes: Parents, { data }: Change): void {
  const { id, live, state } = data;
  if (live) codes.set(id, isRecord(state) && typeof state.parent === 'string' ? state.parent : null);
  else codes.delete(id);
}
