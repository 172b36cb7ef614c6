import { type Static, Type } from 'typebox';
import { closed, Text } from './atoms.ts';

const DECIMALS_MAX = 4;

/** A decimal number as text, so that nobody's numbers round it; at most 15 digits before the point and 4 behind it. */
export const Amount = Type.String({
  pattern: `^(?:0|[1-9]\\d{0,14})(?:\\.\\d{1,${DECIMALS_MAX}})?$`,
  description: 'A decimal number as text, not negative.',
  examples: ['185000', '12.50'],
});
export const Currency = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217.', examples: ['MNT'] });

/** What one costs; `per` says one of what, where that is not the offering's unit. */
export const Price = Type.Object({ amount: Amount, currency: Currency, per: Type.Optional(Text(40)) }, closed);
export type Price = Static<typeof Price>;
export const PriceRange = Type.Object({ min: Amount, max: Amount, currency: Currency }, closed);
export type PriceRange = Static<typeof PriceRange>;

/** Negative when the first amount is less, positive when it is more, 0 when both are worth the same (`1.5` and `1.50`). */
export function compareAmounts(first: string, second: string): number {
  const [one, other] = [toSmallest(first), toSmallest(second)];
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function toSmallest(amount: string): bigint {
  const [whole = '', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.padEnd(DECIMALS_MAX, '0'));
}

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Whether ISO 4217 gives, or gave, a code to a currency. Source: Unicode CLDR, as Node has it. */
export function isCurrency(code: string): boolean {
  return currencies.has(code);
}
