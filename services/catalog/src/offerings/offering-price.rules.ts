import { compareAmounts, isCurrency, type OfferingInput, type RuleFault } from '@ortoo/shared/contracts';

const ways = ['price', 'priceRange', 'onRequest'] as const;
type WithPrice = Pick<OfferingInput, (typeof ways)[number]>;

const expectedWay = `exactly one of ${ways.join(', ')}`;

/** The faults of what an offering says of its price: one way of saying it, a currency that exists, a range that goes up. */
export function priceFaults(offering: WithPrice): RuleFault[] {
  const { price, priceRange } = offering;
  return [
    ...wayFaults(ways.filter((way) => offering[way] !== undefined)),
    ...(price ? currencyFaults(price.currency, '/price/currency') : []),
    ...(priceRange ? currencyFaults(priceRange.currency, '/priceRange/currency') : []),
    ...(priceRange && compareAmounts(priceRange.min, priceRange.max) > 0 ? [descending(priceRange)] : []),
  ];
}

function wayFaults([first, ...others]: (typeof ways)[number][]): RuleFault[] {
  if (first === undefined) {
    return [{ pointer: '/price', message: 'is missing', expected: expectedWay, reason: 'offering.price-missing' }];
  }
  return others.map((other) => ({
    pointer: `/${other}`,
    message: `stands beside ${first}`,
    expected: expectedWay,
    reason: 'offering.price-ambiguous',
  }));
}

function currencyFaults(code: string, pointer: string): RuleFault[] {
  if (isCurrency(code)) return [];
  const expected = 'a currency of ISO 4217';
  return [{ pointer, message: `there is no currency ${code}`, expected, reason: 'offering.currency-unknown' }];
}

function descending({ min }: { min: string }): RuleFault {
  return {
    pointer: '/priceRange/max',
    message: 'is less than the minimum',
    expected: `at least ${min}`,
    reason: 'offering.price-range-descending',
  };
}
