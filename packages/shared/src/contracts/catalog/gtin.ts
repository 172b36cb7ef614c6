/**
 * The last digit of a GTIN-8, -12, -13 or -14, made of the others. Source: GS1 General Specifications 7.9.1: from the
 * right, the others weigh 3 and 1 in turn, and the check digit fills their sum up to a multiple of ten.
 */
export function gtinCheckDigit(others: string): number {
  const sum = Array.from(others)
    .toReversed()
    .reduce((total, digit, place) => total + Number(digit) * (place % 2 ? 1 : 3), 0);
  return (10 - (sum % 10)) % 10;
}
