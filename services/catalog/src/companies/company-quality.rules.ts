import type { CompanyInput, CompanyState } from '@ortoo/shared/contracts';

/** Hundredths of completeness that each known fact is worth; they add up to 100. */
const weights: [points: number, isKnown: (company: CompanyInput) => boolean][] = [
  [10, ({ displayName }) => Object.keys(displayName).length > 1],
  [15, ({ registrationNumber }) => registrationNumber !== undefined],
  [5, ({ legalForm }) => legalForm !== undefined],
  [15, ({ summary }) => summary !== undefined],
  [15, ({ description }) => description !== undefined],
  [10, ({ locations = [] }) => locations.length > 0],
  [5, ({ locations = [] }) => locations.some(({ geo }) => geo !== undefined)],
  [10, ({ locations = [], contacts = [] }) => hasPhone(locations) || contacts.some(({ phone }) => phone !== undefined)],
  [5, ({ websites = [] }) => websites.length > 0],
  [5, ({ logoUrl }) => logoUrl !== undefined],
  [5, ({ foundedYear, employeeBand }) => foundedYear !== undefined || employeeBand !== undefined],
];

/** What the two parts count for in the score. */
const COMPLETENESS_SHARE = 0.7;
const VERIFICATION_SHARE = 0.3;

function hasPhone(locations: NonNullable<CompanyInput['locations']>): boolean {
  return locations.some(({ phones = [] }) => phones.length > 0);
}

/**
 * How much is known of a company, 0 to 1: completeness is the sum of `weights`, the score is
 * 0.7 × completeness + 0.3 × verification. Nothing is verified yet, so that part is 0.
 */
export function buildQuality(company: CompanyInput): CompanyState['quality'] {
  const points = weights.reduce((sum, [worth, isKnown]) => sum + (isKnown(company) ? worth : 0), 0);
  const completeness = points / 100;
  const verification = 0;
  const score = round(COMPLETENESS_SHARE * completeness + VERIFICATION_SHARE * verification);
  return { score, parts: { completeness, verification } };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
