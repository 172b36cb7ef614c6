import {
  beginLife,
  Company,
  CompanyInput,
  type CompanyState,
  createEditReader,
  type EditRequest,
  firstSlugs,
  isSameJson,
  type Judging,
  lifeOf,
  nextSlugs,
  type Relation,
  type RuleFault,
  regionFaults,
  requireNoFaults,
  type Stamp,
  slugKeys,
  touch,
} from '@ortoo/shared/contracts';
import { categoryFaults, codesOf } from '../categories/category-codes.rules.ts';
import { credentialFaults } from './company-credentials.rules.ts';
import { matchKeysOf } from './company-duplicates.rules.ts';
import { mergeOf } from './company-merge.rules.ts';
import { settlePhones } from './company-phones.rules.ts';
import { buildQuality } from './company-quality.rules.ts';
import { type RelationsAround, relationFaults } from './company-relations.rules.ts';
import { companySlug } from './company-slug.rules.ts';
import { settleUrls } from './company-urls.rules.ts';
import { settleVerification } from './company-verification.rules.ts';

const readEdit = createEditReader({ input: CompanyInput, view: Company }, 'company.invalid');

/** What decisions about a company need to know beside what every kind needs. */
export type CompanyLookUps = {
  /** Whether the caller may say how well it is verified. */
  isVerifier: boolean;
  /** What the relations in the body are judged by; absent when it names none. */
  around?: RelationsAround;
};
type CompanyJudging = Judging & CompanyLookUps;

/**
 * The first state of a company. Throws VALIDATION_FAILED naming every member that breaks a rule, and FORBIDDEN for a
 * verification that the caller may not give.
 */
export function openCompany({ slug, status, ...members }: CompanyInput, judging: CompanyJudging): CompanyState {
  const { settled, faults } = settle(members, judging, judging.knownCategories);
  requireNoFaults(faults);
  return {
    ...settled,
    ...beginLife(status ?? 'draft', judging.stamp),
    ...firstSlugs(slug, companySlug(members.displayName) + judging.suffix),
  };
}

/**
 * The state after a merge or a replacement; the state itself when nothing changes. Throws VALIDATION_FAILED naming
 * every member that breaks the schema or a rule, and FORBIDDEN for a verification that the caller may not change.
 */
export function reviseCompany(state: CompanyState, request: EditRequest, judging: CompanyJudging): CompanyState {
  const { input, wish, faults } = readEdit(state, withVerification(state, request));
  const { slug: _slug, status: _status, ...members } = input;
  const known = new Set([...judging.knownCategories, ...codesOf(state.categories)]);
  const { settled, faults: broken } = settle(members, judging, known, state);
  requireNoFaults([...broken, ...faults]);
  const name = companySlug(members.displayName);
  const isRenamed = name !== companySlug(state.displayName);
  return touch(
    state,
    {
      ...settled,
      ...lifeOf(state),
      ...mergeOf(state),
      ...nextSlugs(state, { wish, made: name + judging.suffix, isRenamed }),
    },
    judging.stamp,
  );
}

/** The unique keys: slugs past and present, the registration number, the ids in other systems, the merge. */
export function companyKeys(state: CompanyState): string[] {
  const registration = state.registrationNumber ? [`reg:${state.registrationNumber}`] : [];
  const external = (state.externalIds ?? []).map(({ system, value }) => `ext:${system}:${value}`);
  const merge = state.mergePair ? [`merge:${state.mergePair}`] : [];
  return [...slugKeys(state), ...registration, ...external, ...merge];
}

export function isCompanyVisible({ status }: CompanyState): boolean {
  return status === 'published';
}

type Members = Omit<CompanyInput, 'slug' | 'status'>;

/** A replacement that does not name the verification keeps it: it is seldom the caller's to give. */
function withVerification({ verification }: CompanyState, { mode, body }: EditRequest): EditRequest {
  const isKept = mode === 'replace' && body.verification === undefined && verification !== undefined;
  return { mode, body: isKept ? { ...body, verification } : body };
}

function settle(members: Members, judging: CompanyJudging, known: ReadonlySet<string>, before?: CompanyState) {
  const { stamp, isVerifier } = judging;
  const { verification: _asked, ...rest } = members;
  const { phones, faults: phoneFaults } = settlePhones(members);
  const { urls, faults: urlFaults } = settleUrls(members);
  const { verification, faults: verificationFaults } = settleVerification(members.verification, {
    before: before?.verification,
    isAllowed: isVerifier,
    now: stamp.now,
  });
  const next = { ...rest, ...phones, ...urls, ...(verification ? { verification } : {}) };
  const faults = [
    ...phoneFaults,
    ...urlFaults,
    ...categoryFaults(members.categories, known, 'company.category-unknown'),
    ...foundedFaults(members, stamp),
    ...placeFaults(members),
    ...credentialFaults(members),
    ...verificationFaults,
    ...newRelationFaults(members.relations, before?.relations, judging),
  ];
  return { settled: { ...next, quality: buildQuality(next), matchKeys: matchKeysOf(next) }, faults };
}

function placeFaults({ locations = [] }: Members): RuleFault[] {
  return locations.flatMap(({ address }, place) =>
    regionFaults(address, `/locations/${place}/address`, 'company.region-unknown'),
  );
}

/** Relations that stay as they are were judged when they were written. */
function newRelationFaults(
  relations: Relation[] = [],
  before: Relation[] = [],
  { around }: CompanyLookUps,
): RuleFault[] {
  return around && !isSameJson(relations, before) ? relationFaults(relations, before, around) : [];
}

function foundedFaults({ foundedYear = 0 }: Members, { now }: Stamp): RuleFault[] {
  const thisYear = Number(now.slice(0, 4));
  if (foundedYear <= thisYear) return [];
  const message = 'lies in the future';
  return [{ pointer: '/foundedYear', message, expected: `at most ${thisYear}`, reason: 'company.founded-in-future' }];
}
