import {
  beginLife,
  Company,
  CompanyInput,
  type CompanyState,
  createEditReader,
  type EditRequest,
  firstSlugs,
  type Judging,
  lifeOf,
  nextSlugs,
  type RuleFault,
  requireNoFaults,
  type Stamp,
  slugKeys,
  touch,
} from '@ortoo/shared/contracts';
import { categoryFaults, codesOf } from '../categories/category-codes.rules.ts';
import { settlePhones } from './company-phones.rules.ts';
import { buildQuality } from './company-quality.rules.ts';
import { companySlug } from './company-slug.rules.ts';
import { settleUrls } from './company-urls.rules.ts';

const readEdit = createEditReader({ input: CompanyInput, view: Company }, 'company.invalid');

/** The first state of a company. Throws VALIDATION_FAILED naming every member that breaks a rule. */
export function openCompany({ slug, status, ...members }: CompanyInput, judging: Judging): CompanyState {
  const { settled, faults } = settle(members, judging.knownCategories, judging.stamp);
  requireNoFaults(faults);
  return {
    ...settled,
    ...beginLife(status ?? 'draft', judging.stamp),
    ...firstSlugs(slug, companySlug(members.displayName) + judging.suffix),
  };
}

/**
 * The state after a merge or a replacement; the state itself when nothing changes. Throws VALIDATION_FAILED naming
 * every member that breaks the schema or a rule.
 */
export function reviseCompany(state: CompanyState, request: EditRequest, judging: Judging): CompanyState {
  const { input, wish, faults } = readEdit(state, request);
  const { slug: _slug, status: _status, ...members } = input;
  const known = new Set([...judging.knownCategories, ...codesOf(state.categories)]);
  const { settled, faults: broken } = settle(members, known, judging.stamp);
  requireNoFaults([...broken, ...faults]);
  const name = companySlug(members.displayName);
  const isRenamed = name !== companySlug(state.displayName);
  return touch(
    state,
    { ...settled, ...lifeOf(state), ...nextSlugs(state, { wish, made: name + judging.suffix, isRenamed }) },
    judging.stamp,
  );
}

/** The unique keys: slugs past and present, the registration number, the ids in other systems. */
export function companyKeys(state: CompanyState): string[] {
  const registration = state.registrationNumber ? [`reg:${state.registrationNumber}`] : [];
  const external = (state.externalIds ?? []).map(({ system, value }) => `ext:${system}:${value}`);
  return [...slugKeys(state), ...registration, ...external];
}

export function isCompanyVisible({ status }: CompanyState): boolean {
  return status === 'published';
}

type Members = Omit<CompanyInput, 'slug' | 'status'>;

function settle(members: Members, known: ReadonlySet<string>, stamp: Stamp) {
  const { phones, faults: phoneFaults } = settlePhones(members);
  const { urls, faults: urlFaults } = settleUrls(members);
  const own = [
    ...categoryFaults(members.categories, known, 'company.category-unknown'),
    ...foundedFaults(members, stamp),
  ];
  const faults = [...phoneFaults, ...urlFaults, ...own];
  return { settled: { ...members, ...phones, ...urls, quality: buildQuality(members) }, faults };
}

function foundedFaults({ foundedYear = 0 }: Members, { now }: Stamp): RuleFault[] {
  const thisYear = Number(now.slice(0, 4));
  if (foundedYear <= thisYear) return [];
  const message = 'lies in the future';
  return [{ pointer: '/foundedYear', message, expected: `at most ${thisYear}`, reason: 'company.founded-in-future' }];
}
