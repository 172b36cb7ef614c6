import type { CompanyState } from '@ortoo/shared/contracts';
import type { Context } from '@ortoo/shared/kernel';
import type { Stored } from '@ortoo/shared/outbox';
import type { CompanyStore } from '../companies/company.store.ts';
import { findHeir } from '../companies/company-heir.ts';
import { type CompanyFacts, factsOf } from './offering-company.rules.ts';

/** What an offering has to know of a company that was read, with where that was merged into, as it is now. */
export async function lookUpFacts(
  companies: CompanyStore,
  ctx: Context,
  company: Stored<CompanyState>,
): Promise<CompanyFacts> {
  const { end } = company.state.mergedInto === undefined ? {} : await findHeir(companies, ctx, company);
  return factsOf(company, end);
}

/** The same by its id; undefined when there is no such company. */
export async function findFacts(
  companies: CompanyStore,
  ctx: Context,
  companyId: string,
): Promise<CompanyFacts | undefined> {
  const found = await companies.find(ctx, companyId);
  return found && (await lookUpFacts(companies, ctx, found));
}
