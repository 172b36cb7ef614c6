import {
  Company,
  type CompanyFilter,
  CompanyInput,
  type CreateRequest,
  type ListRequest,
} from '@ortoo/shared/contracts';
import type { Clock, Context } from '@ortoo/shared/kernel';
import { createDocumentActions, createRevisionActions } from '@ortoo/shared/outbox';
import type { CategoryStore } from '../categories/category.store.ts';
import { categoryCodesIn } from '../categories/category-codes.rules.ts';
import type { OfferingStore } from '../offerings/offering.store.ts';
import { type CompanyLookUps, openCompany, reviseCompany } from './company.rules.ts';
import type { CompanyStore } from './company.store.ts';
import { createCrossingCheck } from './company-crossing.ts';
import { createDuplicateSearch } from './company-duplicates.ts';
import { forgetMerge, requireUnmerged } from './company-merge.rules.ts';
import { createMerging } from './company-merge.ts';
import { requireNoOfferings } from './company-offerings.rules.ts';
import { relationsIn } from './company-relations.rules.ts';
import { mayVerify } from './company-verification.rules.ts';

type CompanyDeps = { companies: CompanyStore; offerings: OfferingStore; categories: CategoryStore; clock: Clock };
export type CompanyActions = ReturnType<typeof createCompanyActions>;

/** What can be done with companies. */
export function createCompanyActions({ companies, offerings, categories, clock }: CompanyDeps) {
  const { get, merge, heirsOf } = createMerging({ companies, clock });
  const { duplicates, beside } = createDuplicateSearch({ companies, clock });
  const documents = createDocumentActions({
    kind: 'company',
    store: companies,
    clock,
    open: openCompany,
    revise: reviseCompany,
    requireMovable: async (_ctx, state, move) => requireUnmerged(state, move),
    afterMove: forgetMerge,
    requireRemovable: async (ctx, id) => requireNoOfferings(id, await offerings.countOf(ctx, id)),
    knownCategories: (ctx, body) => categories.known(ctx, categoryCodesIn(body)),
    lookUp: async (ctx, body, id): Promise<CompanyLookUps> => {
      const relations = relationsIn(body);
      const around = relations.length > 0 ? { around: await companies.around(ctx, id, relations) } : {};
      return { isVerifier: mayVerify(ctx.actor.scopes), ...around };
    },
  });

  const change = createCrossingCheck({ companies, clock })(documents.change);

  return {
    ...documents,
    change,
    ...createRevisionActions({
      kind: 'company',
      store: companies,
      shapes: { view: Company, input: CompanyInput },
      change,
    }),
    get,
    merge,
    duplicates,

    /** As of any document, with the companies that may be the same. They never stand in its way. */
    create: async (ctx: Context, request: CreateRequest<CompanyInput>) => {
      const made = await documents.create(ctx, request);
      return { ...made, possibleDuplicates: await beside(ctx, made, request.lang) };
    },

    list: async (ctx: Context, request: ListRequest<CompanyFilter>) => {
      const [filter, heirs] = await Promise.all([categories.widen(ctx, request.filter), heirsOf(ctx, request.filter)]);
      return await companies.list(ctx, { ...request, filter }, heirs);
    },
  };
}
