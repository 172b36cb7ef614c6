import {
  type AttributeSchema,
  isRecord,
  type ListRequest,
  type MoveRequest,
  Offering,
  type OfferingFilter,
  OfferingInput,
} from '@ortoo/shared/contracts';
import type { Clock, Context } from '@ortoo/shared/kernel';
import { createDocumentActions, createRevisionActions } from '@ortoo/shared/outbox';
import type { CategoryStore } from '../categories/category.store.ts';
import { categoryCodesIn } from '../categories/category-codes.rules.ts';
import type { CompanyStore } from '../companies/company.store.ts';
import { openOffering, reviseOffering } from './offering.rules.ts';
import type { OfferingStore } from './offering.store.ts';
import { companyNotPublished, ownerOf } from './offering-company.rules.ts';
import { findFacts } from './offering-company-facts.ts';
import type { OfferingCopies } from './offering-copies.actions.ts';

type OfferingDeps = {
  offerings: OfferingStore;
  companies: CompanyStore;
  categories: CategoryStore;
  copies: OfferingCopies;
  clock: Clock;
};
export type OfferingActions = ReturnType<typeof createOfferingActions>;

/** What can be done with offerings. */
export function createOfferingActions({ offerings, companies, categories, copies, clock }: OfferingDeps) {
  const currentCategory = async (ctx: Context, id: string) => (await offerings.find(ctx, id))?.state.categories.primary;

  const documents = createDocumentActions({
    kind: 'offering',
    store: offerings,
    clock,
    open: openOffering,
    revise: reviseOffering,
    knownCategories: (ctx, body) => categories.known(ctx, categoryCodesIn(body)),
    lookUp: async (ctx, body, id) => {
      const category = categoryIn(body) ?? ('attributes' in body ? await currentCategory(ctx, id) : undefined);
      const companyId = companyIdIn(body);
      const [company, attributeSchema] = await Promise.all([
        companyId === undefined ? undefined : findFacts(companies, ctx, companyId),
        findSchema(categories, ctx, category),
      ]);
      return { company, attributeSchema };
    },
    requireMovable: async (ctx, { companyId }, move) => {
      if (move !== 'publish') return;
      const company = await findFacts(companies, ctx, companyId);
      if (!company || !ownerOf(company).visible) throw companyNotPublished(companyId);
    },
  });

  return {
    ...documents,
    ...createRevisionActions({
      kind: 'offering',
      store: offerings,
      shapes: { view: Offering, input: OfferingInput },
      change: documents.change,
    }),

    /** As every document; published just after its company was, it is at once as visible as that. */
    async move(ctx: Context, request: MoveRequest) {
      const moved = await documents.move(ctx, request);
      const { status, companyVisible } = moved.state;
      return status === 'published' && !companyVisible ? await copies.settle(ctx, moved) : moved;
    },

    list: async (ctx: Context, request: ListRequest<OfferingFilter>) =>
      offerings.list(ctx, { ...request, filter: await categories.widen(ctx, request.filter) }),
  };
}

/** The company that an unchecked body names. */
function companyIdIn(body: { companyId?: unknown }): string | undefined {
  return typeof body.companyId === 'string' ? body.companyId : undefined;
}

/** The first category that an unchecked body names. */
function categoryIn(body: { categories?: unknown }): string | undefined {
  const primary = isRecord(body.categories) ? body.categories.primary : undefined;
  return typeof primary === 'string' ? primary : undefined;
}

/** What a category asks of attributes; a sub-category without a schema of its own, what its parent does. */
async function findSchema(
  categories: CategoryStore,
  ctx: Context,
  code: string | undefined,
): Promise<AttributeSchema | undefined> {
  const found = code === undefined ? undefined : await categories.find(ctx, code);
  if (!found) return undefined;
  const { attributeSchema, parent } = found.state;
  return attributeSchema ?? (parent === null ? undefined : findSchema(categories, ctx, parent));
}
