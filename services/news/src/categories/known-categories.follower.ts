import { type Bus, decodeJson } from '@ortoo/shared/bus';
import {
  CategoryCode,
  CategoryState,
  type Change,
  createParser,
  isRecord,
  type SortValues,
} from '@ortoo/shared/contracts';
import {
  AppError,
  backoffMs,
  type Clock,
  type Context,
  type Logger,
  pause,
  serviceContext,
} from '@ortoo/shared/kernel';
import { type Static, Type } from 'typebox';

/** What a category is called, as the catalog keeps it. */
export type CategoryNames = Pick<CategoryState, 'name' | 'synonyms'>;

/** A projection of the catalog's categories, their names and who is whose sub-category: loaded when it began, kept right by changes. */
export type KnownCategories = {
  /**
   * The codes of all categories. While the catalog is away the last known ones are answered; throws UNAVAILABLE
   * `categories.unknown` when none were ever loaded.
   */
  known(ctx: Context): Promise<ReadonlySet<string>>;
  /** The codes and those of their sub-categories. Throws as `known`. */
  withChildren(ctx: Context, codes: string[]): Promise<string[]>;
  /** What each category is called, by its code. Throws as `known`. */
  names(ctx: Context): Promise<ReadonlyMap<string, CategoryNames>>;
  stop(): Promise<void>;
};

const LOAD_DEADLINE_MS = 2_000;
const PAGE_LIMIT = 100;
const RETRY = { firstMs: 250, maxMs: 5_000 };
const Kept = Type.Pick(CategoryState, ['parent', 'name', 'synonyms']);
const parseItems = createParser(
  Type.Array(Type.Object({ id: CategoryCode, ...Kept.properties })),
  'categories.reply-invalid',
);

/** Each category by its code: the code of its parent, where there is one, and the names. */
type Known = Map<string, Static<typeof Kept>>;

/** Follows the categories of the catalog; resolves even when the catalog is away, which is asked again when needed. */
export async function followCategories({
  bus,
  log,
  clock,
}: {
  bus: Bus;
  log: Logger;
  clock: Clock;
}): Promise<KnownCategories> {
  let categories: Known | undefined;
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
      const loaded = await readCategories(bus, ctx);
      for (const change of missed) apply(loaded, change);
      categories = loaded;
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
      if (categories) apply(categories, change);
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

  async function current(ctx: Context): Promise<Known> {
    if (isStale) await tryToLoad(ctx);
    if (categories) return categories;
    throw AppError.unavailable('categories.unknown', 'The categories are not known yet: the catalog does not answer.');
  }

  return {
    known: async (ctx) => new Set((await current(ctx)).keys()),
    withChildren: async (ctx, asked) => {
      const all = [...(await current(ctx))];
      const children = all.filter(([, { parent }]) => parent !== null && asked.includes(parent));
      return [...new Set([...asked, ...children.map(([code]) => code)])];
    },
    names: current,
    stop: async () => {
      ending.abort();
      await listening.stop();
      await patience;
    },
  };
}

function ownContext(log: Logger, clock: Clock): Context {
  return serviceContext({ log, service: 'news', clock, forMs: LOAD_DEADLINE_MS });
}

/** Page by page to the end; the caller's deadline bounds it. */
async function readCategories(bus: Bus, ctx: Context): Promise<Known> {
  const categories: Known = new Map();
  let after: { after?: SortValues } = {};
  for (;;) {
    const request = { filter: {}, limit: PAGE_LIMIT, view: 'public', lang: 'en', ...after } as const;
    const { body, meta } = await bus.callBytes(ctx, 'rpc.catalog.category.list', {
      ...request,
      fields: Object.keys(Kept.properties),
    });
    for (const { id, ...kept } of parseItems(decodeJson(body))) categories.set(id, kept);
    if (meta.next === undefined) return categories;
    after = { after: JSON.parse(meta.next) };
  }
}

function apply(categories: Known, { data }: Change): void {
  const { id, live, state } = data;
  if (live) categories.set(id, isRecord(state) ? keptOf(state) : (categories.get(id) ?? { parent: null, name: {} }));
  else categories.delete(id);
}

/** What a state says; what it lacks is nothing that a page could be matched by. */
function keptOf({ parent, name, synonyms }: Record<string, unknown>): Static<typeof Kept> {
  return {
    parent: typeof parent === 'string' ? parent : null,
    name: isRecord(name) ? name : {},
    ...(isRecord(synonyms) ? { synonyms } : {}),
  };
}
