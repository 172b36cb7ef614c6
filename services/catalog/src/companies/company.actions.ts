import {
  type ChangeRequest,
  type CompanyFilter,
  type CompanyInput,
  type CreateRequest,
  type ListRequest,
  writeWithFreeSlug,
} from '@ortoo/shared/contracts';
import type { Clock, Context } from '@ortoo/shared/kernel';
import { actorName, createDocumentActions } from '@ortoo/shared/outbox';
import type { CategoryStore } from '../categories/category.store.ts';
import { categoryCodesIn, openCompany, reviseCompany } from './company.rules.ts';
import type { CompanyStore } from './company.store.ts';

type CompanyDeps = { companies: CompanyStore; categories: CategoryStore; clock: Clock };
export type CompanyActions = ReturnType<typeof createCompanyActions>;

/** What can be done with companies. Every write is one versioned document; its change is published by the relay. */
export function createCompanyActions({ companies, categories, clock }: CompanyDeps) {
  const judgingOf = async (ctx: Context, body: Record<string, unknown>) => ({
    stamp: { now: clock.now(), actorId: actorName(ctx) },
    knownCategories: await categories.known(ctx, categoryCodesIn(body)),
  });

  return {
    ...createDocumentActions({ kind: 'company', store: companies, clock }),

    list: (ctx: Context, request: ListRequest<CompanyFilter>) => companies.list(ctx, request),

    create: async (ctx: Context, { id, input, requestKey }: CreateRequest<CompanyInput>) => {
      const judging = await judgingOf(ctx, input);
      return await writeWithFreeSlug(id, (suffix) =>
        companies.create(ctx, { id, state: openCompany(input, { ...judging, suffix }), requestKey }),
      );
    },

    change: async (ctx: Context, { id, v, mode, body, requestKey }: ChangeRequest) => {
      const judging = await judgingOf(ctx, body);
      return await writeWithFreeSlug(id, (suffix) =>
        companies.change(ctx, {
          id,
          v,
          type: 'updated',
          decide: (state) => reviseCompany(state, { mode, body }, { ...judging, suffix }),
          requestKey,
        }),
      );
    },
  };
}
