import type { Bus } from '@ortoo/shared/bus';
import { CategoryCode, type Change, createParser, type SortValues } from '@ortoo/shared/contracts';
import {
  AppError,
  type Clock,
  type Context,
  type Logger,
  newRequestId,
  newTraceparent,
  serviceContext,
} from '@ortoo/shared/kernel';
import { Type } from 'typebox';

/** A projection of the catalog's category codes: loaded when it began, kept right by changes. */
export type CategoryCodes = {
  /**
   * The codes of all categories. While the catalog is away the last known ones are answered; throws UNAVAILABLE
   * `categories.unknown` when none were ever loaded.
   */
  known(ctx: Context): Promise<ReadonlySet<string>>;
  stop(): Promise<void>;
};

const LOAD_DEADLINE_MS = 2_000;
const PAGE_LIMIT = 100;
const parseItems = createParser(Type.Array(Type.Object({ id: CategoryCode })), 'categories.reply-invalid');

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
  let codes: Set<string> | undefined;
  let isStale = true;
  let gaps = 0;
  let loading: Promise<void> | undefined;
  const missed: Change[] = [];

  /** One load at a time; what changes meanwhile is applied on top of what it answers. */
  function load(ctx: Context): Promise<void> {
    loading ??= (async () => {
      missed.length = 0;
      const gapsBefore = gaps;
      const loaded = new Set(await readCodes(bus, ctx));
      for (const change of missed) apply(loaded, change);
      codes = loaded;
      isStale = gaps !== gapsBefore;
    })().finally(() => {
      loading = undefined;
    });
    return loading;
  }

  const ownContext = () =>
    serviceContext({
      log,
      service: 'news',
      requestId: newRequestId(),
      traceparent: newTraceparent(),
      deadlineMs: clock.nowMs() + LOAD_DEADLINE_MS,
    });

  async function tryToLoad(ctx: Context): Promise<void> {
    await load(ctx).catch(({ message: reason }: Error) =>
      log.warn({ reason }, 'the categories could not be loaded from the catalog; asking again when they are needed'),
    );
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
      void tryToLoad(ownContext());
    },
    log,
  });
  await loading?.catch(() => undefined);

  return {
    async known(ctx) {
      if (isStale) await tryToLoad(ctx);
      if (codes) return codes;
      throw AppError.unavailable(
        'categories.unknown',
        'The categories are not known yet: the catalog does not answer.',
      );
    },
    stop: () => listening.stop(),
  };
}

/** Page by page to the end; the caller's deadline bounds it. */
async function readCodes(bus: Bus, ctx: Context): Promise<string[]> {
  const codes: string[] = [];
  let after: { after?: SortValues } = {};
  for (;;) {
    const request = { filter: {}, limit: PAGE_LIMIT, view: 'public', lang: 'en', ...after } as const;
    const { body, meta } = await bus.callBytes(ctx, 'rpc.catalog.category.list', { ...request, fields: ['id'] });
    codes.push(...parseItems(JSON.parse(Buffer.from(body).toString())).map(({ id }) => id));
    if (meta.next === undefined) return codes;
    after = { after: JSON.parse(meta.next) };
  }
}

function apply(codes: Set<string>, { data }: Change): void {
  if (data.live) codes.add(data.id);
  else codes.delete(data.id);
}
