import { gtinCheckDigit, type OfferingInput, type RuleFault } from '@ortoo/shared/contracts';

type WithCodes = Pick<OfferingInput, 'gtin' | 'hsCode'>;

/** The last chapter of the Harmonized System; 98 and 99 are left to countries. */
const HS_CHAPTER_MAX = 99;
/** Reserved for use to come: no goods are in it. */
const HS_CHAPTER_RESERVED = 77;

/** Whether the last digit of a GTIN-8, -12, -13 or -14 is the one that the others make. */
export function isGtin(digits: string): boolean {
  return gtinCheckDigit(digits.slice(0, -1)) === Number(digits.at(-1));
}

/** The codes in the form in which they are stored, and the faults of those that cannot be. */
export function settleCodes({ gtin, hsCode }: WithCodes): { codes: WithCodes; faults: RuleFault[] } {
  const faults: RuleFault[] = [];
  if (gtin !== undefined && !isGtin(gtin)) {
    faults.push({
      pointer: '/gtin',
      message: 'has a last digit that does not fit the others',
      expected: 'a GTIN with its check digit',
      reason: 'offering.gtin-invalid',
    });
  }
  const plain = hsCode?.replaceAll('.', '');
  if (plain !== undefined && !isInHarmonizedSystem(plain)) {
    faults.push({
      pointer: '/hsCode',
      message: `begins with ${plain.slice(0, 2)}, which is no chapter`,
      expected: 'a chapter from 01 to 99, and not 77',
      reason: 'offering.hs-code-invalid',
    });
  }
  return {
    codes: { ...(gtin === undefined ? {} : { gtin }), ...(plain === undefined ? {} : { hsCode: plain }) },
    faults,
  };
}

function isInHarmonizedSystem(code: string): boolean {
  const chapter = Number(code.slice(0, 2));
  return chapter >= 1 && chapter <= HS_CHAPTER_MAX && chapter !== HS_CHAPTER_RESERVED;
}
