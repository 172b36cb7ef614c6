import {
  type AttributeSchema,
  attributeFaults,
  beginLife,
  createEditReader,
  type EditRequest,
  firstSlugs,
  isSameJson,
  type Judging,
  type LocalizedText,
  lifeOf,
  nextSlugs,
  Offering,
  OfferingInput,
  type OfferingState,
  pickText,
  type RuleFault,
  requireNoFaults,
  slugKeys,
  slugOf,
  touch,
} from '@ortoo/shared/contracts';
import { categoryFaults, codesOf } from '../categories/category-codes.rules.ts';
import { settleCodes } from './offering-codes.rules.ts';
import { type CompanyFacts, keptCopies, requirePublishedCompany, settleCompany } from './offering-company.rules.ts';
import { priceFaults } from './offering-price.rules.ts';
import { settleUrls } from './offering-urls.rules.ts';

/** The slug of an offering whose name has neither letters nor digits. */
const NAMELESS = 'offering';

const readEdit = createEditReader({ input: OfferingInput, view: Offering }, 'offering.invalid');

/**
 * What was looked up for a decision about an offering: the company that the body names, and what the category asks of
 * attributes; each undefined when there is none.
 */
export type OfferingFacts = {
  company: CompanyFacts | undefined;
  attributeSchema: AttributeSchema | undefined;
};

/**
 * The first state of an offering. Throws VALIDATION_FAILED naming every member that breaks a rule, and CONFLICT
 * `offering.company-not-published` when it is to start published.
 */
export function openOffering(
  { slug, status, ...members }: OfferingInput,
  { company, attributeSchema, ...judging }: Judging & OfferingFacts,
): OfferingState {
  const { settled, faults } = settle(members, judging.knownCategories);
  const { copies, faults: companyFaults } = settleCompany(members.companyId, company);
  requireNoFaults([...faults, ...attributeFaults(attributeSchema, members.attributes), ...companyFaults]);
  const state = {
    ...settled,
    ...copies,
    ...beginLife(status ?? 'draft', judging.stamp),
    ...firstSlugs(slug, offeringSlug(members.name) + judging.suffix),
  };
  requirePublishedCompany(state);
  return state;
}

/**
 * The state after a merge or a replacement; the state itself when nothing changes. The company is judged when another
 * one is named, the attributes when they or the first category change. Throws as `openOffering`.
 */
export function reviseOffering(
  state: OfferingState,
  request: EditRequest,
  { company, attributeSchema, ...judging }: Judging & OfferingFacts,
): OfferingState {
  const { input, wish, faults } = readEdit(state, request);
  const { slug: _slug, status: _status, ...members } = input;
  const known = new Set([...judging.knownCategories, ...codesOf(state.categories)]);
  const { settled, faults: broken } = settle(members, known);
  const isSameCompany = members.companyId === state.companyId;
  const { copies, faults: companyFaults } = isSameCompany
    ? { copies: keptCopies(state), faults: [] }
    : settleCompany(members.companyId, company);
  const ofAttributes = areJudged(state, members) ? attributeFaults(attributeSchema, members.attributes) : [];
  requireNoFaults([...broken, ...ofAttributes, ...companyFaults, ...faults]);
  const name = offeringSlug(members.name);
  const isRenamed = name !== offeringSlug(state.name);
  const slugs = nextSlugs(state, { wish, made: name + judging.suffix, isRenamed });
  const next = touch(state, { ...settled, ...copies, ...lifeOf(state), ...slugs }, judging.stamp);
  if (!isSameCompany) requirePublishedCompany(next);
  return next;
}

/** The unique keys: slugs past and present, the ids in other systems. */
export function offeringKeys(state: OfferingState): string[] {
  return [...slugKeys(state), ...(state.externalIds ?? []).map(({ system, value }) => `ext:${system}:${value}`)];
}

/** The public sees what is published by a company that it sees; that its time is over does not hide an offering. */
export function isOfferingVisible({ status, companyVisible }: OfferingState): boolean {
  return status === 'published' && companyVisible;
}

/** English first, else Mongolian, else what is there. */
function offeringSlug(name: LocalizedText): string {
  return slugOf(pickText(name, 'en')?.text ?? '') || NAMELESS;
}

type Members = Omit<OfferingInput, 'slug' | 'status'>;

function settle(members: Members, known: ReadonlySet<string>) {
  const { codes, faults: codeFaults } = settleCodes(members);
  const { urls, faults: urlFaults } = settleUrls(members);
  const faults = [
    ...categoryFaults(members.categories, known, 'offering.category-unknown'),
    ...codeFaults,
    ...priceFaults(members),
    ...urlFaults,
    ...validityFaults(members),
  ];
  return { settled: { ...members, ...codes, ...urls }, faults };
}

/** What was right stays so: a category that asks for more later does not stop other changes. */
function areJudged(state: OfferingState, { attributes, categories }: Members): boolean {
  return !isSameJson([state.attributes, state.categories.primary], [attributes, categories.primary]);
}

/** Days of this form sort as text. */
function validityFaults({ validFrom, validTo }: Members): RuleFault[] {
  if (validFrom === undefined || validTo === undefined || validFrom <= validTo) return [];
  const expected = `${validFrom} or later`;
  return [{ pointer: '/validTo', message: 'lies before validFrom', expected, reason: 'offering.validity-reversed' }];
}
