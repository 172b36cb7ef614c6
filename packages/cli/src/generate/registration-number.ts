/** Generated registration numbers lie in 1,000,000 … 6,999,999; those of the samples in `data/` begin with 7 or more. */
const REGISTRATION_FIRST = 1_000_000;
/** Seven digits hold no more companies than this without a number twice. */
export const COMPANIES_MAX = 6_000_000;

/** A step that has no divisor in common with COMPANIES_MAX (2^7 × 3 × 5^6) visits each number once. */
const STEP = 3_644_797;

/** The registration number of a company: seven digits, another one for each index below COMPANIES_MAX. */
export function registrationNumber(seed: number, index: number): string {
  const place = (index * STEP + (seed % COMPANIES_MAX)) % COMPANIES_MAX;
  return String(REGISTRATION_FIRST + place);
}
