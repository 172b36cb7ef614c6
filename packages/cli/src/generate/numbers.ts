import { gtinCheckDigit } from '@ortoo/shared/contracts';
import type { Random } from '@ortoo/shared/kernel';

const MOBILE_PREFIXES = ['99', '95', '94', '85', '88', '89', '86', '80', '96', '91', '90', '83'];
const LANDLINE_PREFIXES = ['70', '75', '76', '77', '72', '78'];

/** A number as people write it, with or without the country: 8 digits, a prefix that is in use. */
export function drawPhone(random: Random): { raw: string; kind: 'mobile' | 'landline' } {
  const isMobile = random.chance(0.55);
  const prefix = random.pick(isMobile ? MOBILE_PREFIXES : LANDLINE_PREFIXES);
  const national = prefix + drawDigits(random, 6);
  const [head, tail] = [national.slice(0, 4), national.slice(4)];
  const raw = random.pick([`${head} ${tail}`, `${head}-${tail}`, national, `+976 ${head} ${tail}`]);
  return { raw, kind: isMobile ? 'mobile' : 'landline' };
}

/** A GTIN-13 with a prefix of 20 to 29: such numbers are left to each company's own use and name no product of others. */
export function drawGtin(random: Random): string {
  const digits = `2${drawDigits(random, 1)}${drawDigits(random, 5)}${drawDigits(random, 5)}`;
  return `${digits}${gtinCheckDigit(digits)}`;
}

const drawDigits = (random: Random, count: number) => String(random.whole(10 ** count)).padStart(count, '0');

/** An amount around the middle price, log-normal with deviation `spread`, to two significant digits and at least one. */
export function drawAmount(random: Random, middle: number, spread = 0.45): number {
  const amount = Math.max(1, middle * Math.exp(spread * random.normal()));
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(amount)) - 1);
  return Math.round(amount / unit) * unit;
}

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';
/** 2020-01-01 in milliseconds: generated companies are dated one millisecond apart from here on. */
const FIRST_MS = 1_577_836_800_000n;

/** The TypeID of a generated company: a UUIDv7 whose time is its index, so that no two are alike. Source: RFC 9562, TypeID 0.3. */
export function companyKey(random: Random, index: number): string {
  const bits = (count: number) => BigInt(random.whole(2 ** count));
  const time = FIRST_MS + BigInt(index);
  let uuid = (time << 16n) | 0x7000n | bits(12);
  uuid = (uuid << 64n) | (0b10n << 62n) | (bits(31) << 31n) | bits(31);
  let text = '';
  for (let place = 125n; place >= 0n; place -= 5n) text += CROCKFORD[Number((uuid >> place) & 31n)];
  return `company_${text}`;
}
