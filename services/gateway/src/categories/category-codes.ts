import { type BytesReply, type ListRequest, nearestName } from '@ortoo/shared/contracts';
import { AppError, type Context } from '@ortoo/shared/kernel';

export type CategoryCodes = {
  /** Throws VALIDATION_FAILED `category.unknown` for codes that no category has, each with the nearest that one has. */
  require(ctx: Context, codes: readonly string[] | undefined): Promise<void>;
};

type ListCategories = (ctx: Context, request: ListRequest<Record<never, never>>) => Promise<BytesReply>;

const PAGE_LIMIT = 100;
/** More than 26 categories with 100 sub-categories each, also where long schemas make short pages. */
const PAGES_MAX = 200;

/** All categories, in the order of the portal, page by page; each page is the owner's bytes of an array. */
export async function listAllCategories(
  list: ListCategories,
  ctx: Context,
  shown: Pick<ListRequest<never>, 'view' | 'lang' | 'fields'>,
): Promise<BytesReply[]> {
  const pages: BytesReply[] = [];
  let after: { after?: ListRequest<never>['after'] } = {};
  while (pages.length < PAGES_MAX) {
    const page = await list(ctx, { filter: {}, limit: PAGE_LIMIT, ...shown, ...after } as ListRequest<
      Record<never, never>
    >);
    pages.push(page);
    if (page.meta.next === undefined) return pages;
    after = { after: JSON.parse(page.meta.next) };
  }
  throw new Error(`there are more than ${PAGE_LIMIT * PAGES_MAX} categories`);
}

/**
 * Remembers which codes exist. A code that is not among them is looked for once more before it is refused, so that a
 * new category counts at once. When the owner does not answer, the code is let through: a list still answers.
 */
export function createCategoryCodes(list: ListCategories): CategoryCodes {
  let known: ReadonlySet<string> = new Set();

  async function refresh(ctx: Context): Promise<void> {
    const pages = await listAllCategories(list, ctx, { view: 'public', lang: 'en' });
    known = new Set(
      pages.flatMap(({ body }) => (JSON.parse(Buffer.from(body).toString()) as { id: string }[]).map(({ id }) => id)),
    );
  }

  return {
    async require(ctx, codes) {
      if (!codes || codes.every((code) => known.has(code))) return;
      const isKnowable = await refresh(ctx).then(
        () => true,
        (error: unknown) => {
          ctx.log.warn({ err: error }, 'category codes could not be checked');
          return false;
        },
      );
      if (isKnowable) requireKnown(codes, [...known]);
    },
  };
}

function requireKnown(codes: readonly string[], known: string[]): void {
  const faults = codes.flatMap((code, index) => {
    if (known.includes(code)) return [];
    const nearest = nearestName(code, known);
    const message = `is not a category${nearest ? `; did you mean ${nearest}?` : ''}`;
    return [{ pointer: `/category/${index}`, message, expected: 'the code of a category' }];
  });
  if (faults.length > 0) throw AppError.invalid('category.unknown', faults);
}
