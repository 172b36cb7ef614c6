import type { CompanyInput, CompanyState, VerificationLevel } from '@ortoo/shared/contracts';

type Weight = { worth: number; fact: string; isKnown: (company: CompanyInput) => boolean };

/** Hundredths of completeness that each known fact is worth; they add up to 100. */
export const completenessWeights: Weight[] = [
  { worth: 10, fact: 'a name in two languages', isKnown: ({ displayName }) => Object.keys(displayName).length > 1 },
  { worth: 15, fact: 'the registration number', isKnown: (company) => company.registrationNumber !== undefined },
  { worth: 5, fact: 'the legal form', isKnown: ({ legalForm }) => legalForm !== undefined },
  { worth: 15, fact: 'a summary', isKnown: ({ summary }) => summary !== undefined },
  { worth: 15, fact: 'a description', isKnown: ({ description }) => description !== undefined },
  { worth: 10, fact: 'a location', isKnown: ({ locations = [] }) => locations.length > 0 },
  { worth: 5, fact: 'the coordinates of one', isKnown: ({ locations = [] }) => locations.some(({ geo }) => geo) },
  { worth: 10, fact: 'a phone, of a location or a contact', isKnown: hasPhone },
  { worth: 5, fact: 'a website', isKnown: ({ websites = [] }) => websites.length > 0 },
  { worth: 5, fact: 'a logo', isKnown: ({ logoUrl }) => logoUrl !== undefined },
  {
    worth: 5,
    fact: 'the year it was founded, or its size',
    isKnown: ({ foundedYear, employeeBand }) => (foundedYear ?? employeeBand) !== undefined,
  },
];

/** Hundredths of the score that the two parts count for. */
const COMPLETENESS_SHARE = 70;
const VERIFICATION_SHARE = 30;

function hasPhone({ locations = [], contacts = [] }: CompanyInput): boolean {
  return locations.some(({ phones = [] }) => phones.length > 0) || contacts.some(({ phone }) => phone !== undefined);
}

/** Hundredths of verification that each level is worth. */
const levelWorth: Record<VerificationLevel, number> = { none: 0, email: 25, phone: 50, document: 75, onsite: 100 };

/**
 * How much is known of a company and how well it was checked, 0 to 1 in hundredths: completeness is the sum of
 * `completenessWeights`, verification the worth of its level, the score 0.7 × completeness + 0.3 × verification.
 * docs/companies.md says the same, and a test compares. How fresh it is, is weighed by who reads.
 */
export function buildQuality(company: CompanyInput): CompanyState['quality'] {
  const points = completenessWeights.reduce((sum, { worth, isKnown }) => sum + (isKnown(company) ? worth : 0), 0);
  const level = levelWorth[company.verification?.level ?? 'none'];
  const score = Math.round((COMPLETENESS_SHARE * points + VERIFICATION_SHARE * level) / 100); // whole numbers only
  return { score: score / 100, parts: { completeness: points / 100, verification: level / 100 } };
}
