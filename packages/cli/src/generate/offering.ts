import type { OfferingInput } from '@ortoo/shared/contracts';
import { createSeededRandom, type Random } from '@ortoo/shared/kernel';
import { GENERATED_SYSTEM, seedCompany } from './company.ts';
import { drawAmount, drawGtin } from './numbers.ts';
import { remarks } from './phrases.ts';
import { createShares } from './shares.ts';
import type { Good } from './trades.ts';

/** Tögrögs for one of each currency, a rough rate that does not move. */
const RATES = { MNT: 1, USD: 3500, CNY: 490 };
/** Above this a foreign price is a likely one. */
const DEAR_MNT = 5_000_000;

const drawCurrency = createShares<keyof typeof RATES>([
  ['MNT', 80],
  ['USD', 14],
  ['CNY', 6],
]);
const drawPricing = createShares<'price' | 'range' | 'onRequest'>([
  ['price', 74],
  ['range', 14],
  ['onRequest', 12],
]);
const drawGrade = createShares<{ mn: string; en: string }>([
  [{ mn: '', en: '' }, 40],
  [{ mn: 'А зэрэг', en: 'grade A' }, 20],
  [{ mn: 'стандарт', en: 'standard' }, 20],
  [{ mn: 'өвлийн нөхцөлд', en: 'for winter' }, 12],
  [{ mn: 'хүчитгэсэн', en: 'reinforced' }, 8],
]);
const drawAvailability = createShares<NonNullable<OfferingInput['availability']>>([
  ['in_stock', 60],
  ['made_to_order', 22],
  ['limited', 12],
  ['out_of_stock', 6],
]);

/**
 * Builds the create body of offering `place` of company `index`, which follows from the seed and both numbers alone. Its
 * `companyId` is the value of its company's external id in the system of its own: a loading looks the company up by it.
 */
export function buildOffering(seed: number, index: number, place: number): OfferingInput {
  const { key, trade, isPublished } = seedCompany(seed, index);
  const random = createSeededRandom(seed, index, 2, place);
  const good = random.pick(trade.goods);
  const grade = drawGrade(random);
  const remark = random.pick(remarks);
  return {
    offeringKind: good.hsCode ? 'product' : 'service',
    companyId: key,
    name: { mn: joined(good.mn, grade.mn), ...(random.chance(0.85) ? { en: joined(good.en, grade.en) } : {}) },
    summary: { mn: remark.mn, en: remark.en },
    categories: { primary: trade.category },
    ...(good.hsCode ? product(random, good.hsCode) : {}),
    ...pricing(random, good),
    unit: good.unit,
    ...(random.chance(0.3) ? { minOrderQty: 10 ** random.whole(4) } : {}),
    ...(random.chance(0.6) ? { leadTimeDays: Math.round(drawAmount(random, 12, 0.9)) } : {}),
    externalIds: [{ system: GENERATED_SYSTEM, value: `${key}-${place + 1}` }],
    status: isPublished && random.chance(0.97) ? 'published' : 'draft',
  };
}

function product(random: Random, hsCode: string): Partial<OfferingInput> {
  return {
    ...(random.chance(0.7) ? { gtin: drawGtin(random) } : {}),
    hsCode,
    ...(random.chance(0.25) ? { incoterm: random.pick(['EXW', 'FCA', 'CPT', 'DAP'] as const) } : {}),
    ...(random.chance(0.5) ? { originCountry: random.pick(['MN', 'CN', 'RU', 'KR', 'DE', 'JP']) } : {}),
    availability: drawAvailability(random),
    condition: random.chance(0.94) ? 'new' : 'used',
  };
}

function pricing(random: Random, { price }: Good): Partial<OfferingInput> {
  const way = drawPricing(random);
  const drawn = drawCurrency(random);
  const currency = price >= DEAR_MNT || drawn !== 'USD' ? drawn : 'MNT';
  if (way === 'onRequest') return { onRequest: true };
  const middle = drawAmount(random, price) / RATES[currency];
  if (way === 'price') return { price: { amount: amountOf(middle, currency), currency } };
  return { priceRange: { min: amountOf(middle * 0.8, currency), max: amountOf(middle * 1.25, currency), currency } };
}

/** Tögrögs are whole; others have two decimals. */
function amountOf(value: number, currency: keyof typeof RATES): string {
  return currency === 'MNT' ? String(Math.max(1, Math.round(value))) : Math.max(0.01, value).toFixed(2);
}

const joined = (name: string, grade: string) => (grade ? `${name}, ${grade}` : name);
