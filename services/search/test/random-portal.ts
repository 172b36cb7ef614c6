import type {
  ArticleState,
  CalendarEventState,
  CategoryState,
  CompanyState,
  LocaleTag,
  OfferingState,
  SearchFilters,
  SearchKind,
  SearchRequest,
} from '@ortoo/shared/contracts';
import type { Neighbours } from './neighbours.ts';
import { article, category, company } from './states.ts';

/** A document of a random portal with all that filters and facets may know of it, kept apart from its state. */
export type Fact = {
  id: string;
  kind: SearchKind;
  isVisible: boolean;
  name: string;
  values: Partial<Record<keyof SearchFilters | 'month', string[]>>;
  publishedAt?: string;
  updatedAt: string;
  quality: number;
  places: { lat: number; lon: number }[];
  /** When an event begins next. */
  nextStart?: string;
  price?: { currency: string; min: number; max: number };
};

/** Numbers from 0 to 1, the same for the same seed. Source: mulberry32. */
export function createRandom(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)] as T;
  const some = <T>(values: readonly T[], most: number): T[] => [
    ...new Set(Array.from({ length: Math.floor(next() * (most + 1)) }, () => pick(values))),
  ];
  return { next, pick, some };
}
type Random = ReturnType<typeof createRandom>;

/** Sub-categories with their parent; the others stand alone. */
export const families: Record<string, string[]> = {
  mining: ['mining', 'coal', 'gold'],
  construction: ['construction', 'cement'],
  travel: ['travel'],
};
const categories = Object.values(families).flat();

/** What each filter may be asked for; the last one is of no document. */
export const choices = {
  category: categories,
  region: ['MN-1', 'MN-053', 'MN-035', 'MN-999'],
  district: ['Khanbogd', 'Khan-Uul', 'Nowhere'],
  legalForm: ['llc', 'jsc', 'ngo', 'coop'],
  supplierType: ['manufacturer', 'importer', 'exporter', 'contractor'],
  verification: ['none', 'email', 'document', 'onsite'],
  language: ['mn', 'en', 'ru', 'ko', 'zh'],
  source: ['a.example', 'b.example', 'c.example'],
  articleKind: ['news', 'analysis', 'interview', 'notice'],
  offeringKind: ['product', 'service'],
  eventKind: ['expo', 'forum', 'tender'],
  availability: ['in_stock', 'limited', 'discontinued'],
  status: ['published', 'draft', 'archived'],
} as const satisfies Partial<Record<keyof SearchFilters, readonly string[]>>;
/** All but the last, which no document has. */
const real = <T>(values: readonly T[]): readonly T[] => values.slice(0, -1);

const words = ['говь', 'алтан', 'steel', 'bridge', 'нүүрс', 'cement', 'барилга'];
const numbered = (kind: string, n: number) => `${kind}_01h455vb4pex5vsknk${String(n).padStart(8, '0')}`;

/** Stores a few hundred documents of all kinds, most of them published, and answers what is true of them. */
export function storeRandomPortal(neighbours: Neighbours, { seed, count }: { seed: number; count: number }): Fact[] {
  const random = createRandom(seed);
  const facts: Fact[] = Object.entries(families).flatMap(([parent, codes]) =>
    codes.map((code) => {
      const state: CategoryState = category({ en: `Kind ${code}` }, { parent: code === parent ? null : parent });
      neighbours.store('category', code, { state });
      const rest = { updatedAt: state.updatedAt, quality: 0, places: [], values: {} };
      return { id: code, kind: 'category' as const, isVisible: true, name: `Kind ${code}`, ...rest };
    }),
  );
  const makers = { company: makeCompany, offering: makeOffering, article: makeArticle, event: makeEvent };
  for (let n = 0; n < count; n += 1) {
    const kind = random.pick(['company', 'offering', 'article', 'event'] as const);
    const { state, ...fact } = makers[kind](random, n);
    neighbours.store(kind, fact.id, { visible: fact.isVisible, state });
    facts.push(fact);
  }
  return facts;
}

function makeCommon(random: Random, kind: SearchKind, n: number) {
  const status = random.next() < 0.8 ? 'published' : random.pick(['draft', 'archived'] as const);
  const month = String(1 + Math.floor(random.next() * 12)).padStart(2, '0');
  const publishedAt = `${random.pick(['2024', '2025'])}-${month}-15T12:00:00.000Z`;
  const own = random.some(categories, 2);
  const name = [random.pick(words), random.pick(words), n].join(' ');
  const updatedAt = `2026-${month}-0${1 + (n % 9)}T00:00:00.000Z`;
  const when = status === 'published' ? { publishedAt } : {};
  const values = { status: [status], category: own, ...(when.publishedAt ? { month: [publishedAt.slice(0, 7)] } : {}) };
  const fact: Fact = {
    ...{
      id: numbered(kind, n),
      kind,
      isVisible: status === 'published',
      name,
      values,
      updatedAt,
      quality: 0,
      places: [],
    },
    ...when,
  };
  return { fact, own, life: { status, updatedAt, publishedAt: when.publishedAt }, name };
}

function makeCompany(random: Random, n: number): Fact & { state: CompanyState } {
  const { fact, own, life, name } = makeCommon(random, 'company', n);
  const regions = random.some(real(choices.region), 2);
  const district = random.some(real(choices.district), 1);
  const [primary = 'mining', ...secondary] = own;
  const legalForm = random.pick([undefined, ...real(choices.legalForm)]);
  const places = regions.map(() => ({ lat: 42 + random.next() * 9, lon: 88 + random.next() * 31 }));
  const types = random.some(real(choices.supplierType), 2);
  const level = random.pick([undefined, ...real(choices.verification)]);
  const languages = random.some(real(choices.language), 2) as LocaleTag[];
  const state = company({ en: name }, {
    ...life,
    categories: { primary, secondary },
    locations: regions.map((region, place) => ({
      kind: 'hq' as const,
      geo: places[place],
      address: { region, ...(place === 0 && district[0] ? { district: district[0] } : {}) },
    })),
    ...(legalForm ? { legalForm } : {}),
    ...(types.length > 0 ? { supplierTypes: types } : {}),
    ...(level ? { verification: { level } } : {}),
    ...(languages.length > 0 ? { languages } : {}),
  } as Partial<CompanyState>);
  const values = {
    ...fact.values,
    category: [primary, ...secondary],
    region: regions,
    district: regions.length > 0 ? district : [],
    legalForm: legalForm ? [legalForm] : [],
    supplierType: types,
    verification: [level ?? 'none'],
    language: languages,
  };
  return { ...fact, values, places, quality: 0.5, state };
}

function makeOffering(random: Random, n: number): Fact & { state: OfferingState } {
  const { fact, own, life, name } = makeCommon(random, 'offering', n);
  const [primary = 'mining', ...secondary] = own;
  const offeringKind = random.pick(choices.offeringKind);
  const availability = random.pick([undefined, ...real(choices.availability)]);
  const currency = random.pick(['MNT', 'USD']);
  const min = Math.floor(10 ** (random.next() * 7));
  const price = random.pick([
    undefined,
    { currency, min, max: min },
    { currency, min, max: Math.floor(min * (1 + random.next() * 20)) },
  ]);
  const companyId = numbered('company', n % 7);
  const state = {
    ...company({ en: name }, life as Partial<CompanyState>),
    name: { en: name },
    categories: { primary, secondary },
    ...{ offeringKind, companyId, companyName: { en: 'Owner' }, companyVisible: true, companyV: 1 },
    ...(availability ? { availability } : {}),
    ...(price
      ? price.min === price.max
        ? { price: { amount: String(min), currency } }
        : { priceRange: { min: String(price.min), max: String(price.max), currency } }
      : { onRequest: true as const }),
  } satisfies OfferingState as OfferingState;
  const values = {
    ...fact.values,
    category: [primary, ...secondary],
    offeringKind: [offeringKind],
    availability: availability ? [availability] : [],
    companyId: [companyId],
  };
  return { ...fact, values, ...(price ? { price } : {}), state };
}

function makeArticle(random: Random, n: number): Fact & { state: ArticleState } {
  const { fact, own, life, name } = makeCommon(random, 'article', n);
  const language = random.pick(real(choices.language)) as LocaleTag;
  const articleKind = random.pick([undefined, ...real(choices.articleKind)]);
  const domain = random.pick([undefined, ...real(choices.source)]);
  const state = article(name, {
    ...life,
    language,
    categories: own,
    ...(articleKind ? { articleKind } : {}),
    ...(domain ? { source: { domain } } : {}),
  } as Partial<ArticleState>);
  const values = {
    ...fact.values,
    language: [language],
    articleKind: articleKind ? [articleKind] : [],
    source: domain ? [domain] : [],
  };
  return { ...fact, values, state };
}

function makeEvent(random: Random, n: number): Fact & { state: CalendarEventState } {
  const { fact, own, life, name } = makeCommon(random, 'event', n);
  const eventKind = random.pick(real(choices.eventKind));
  const region = random.pick(real(choices.region));
  const day = `0${1 + (n % 7)}T02:00:00.000Z`;
  const ahead = n % 4 === 0 ? [] : [`2150-03-${day}`, `2100-03-${day}`];
  const occurrences = [...ahead, `2020-03-${day}`].map((start) => ({ start, end: start.replace('T02', 'T09') }));
  const state = {
    ...article(name, life as Partial<ArticleState>),
    ...{ name: { en: name }, categories: own, eventKind, venue: { address: { region } }, occurrences, uid: name },
  } as object as CalendarEventState;
  const values = { ...fact.values, eventKind: [eventKind], region: [region] };
  return { ...fact, values, ...(ahead[1] ? { nextStart: ahead[1] } : {}), state };
}

/** Filters as somebody may set them: one to three, of one or two values each, now and then times and prices. */
export function randomFilters(random: Random): SearchFilters {
  const names = random.some(Object.keys(choices) as (keyof typeof choices)[], 3);
  const byValue = names.map((name) => [name, [random.pick(choices[name]), ...random.some(choices[name], 1)]] as const);
  const filters = Object.fromEntries(byValue.map(([name, values]) => [name, [...new Set<string>(values)]]));
  const from = random.next() < 0.2 ? { publishedFrom: '2024-07-15T12:00:00.000Z' } : {};
  const to = random.next() < 0.2 ? { publishedTo: '2025-06-15T12:00:00.000Z' } : {};
  const currency = random.next() < 0.2 ? { currency: random.pick(['MNT', 'USD', 'EUR']) } : undefined;
  const price = currency ? random.pick([{}, { priceMin: '1000' }, { priceMax: '50000' }]) : {};
  return { ...filters, ...from, ...to, ...currency, ...price } as SearchFilters;
}

type Seer = Pick<SearchRequest, 'view' | 'staffOf'>;
export function randomSeer(random: Random): Seer {
  return random.pick<Seer>([
    { view: 'public' },
    { view: 'public' },
    { view: 'staff' },
    { view: 'public', staffOf: ['article'] },
  ]);
}

/** What a caller may find, judged document by document; `but` leaves one filter out. */
export function passes(fact: Fact, filters: SearchFilters, { view, staffOf = [] }: Seer, but?: string): boolean {
  if (view === 'public' && !fact.isVisible && !staffOf.includes(fact.kind)) return false;
  const { publishedFrom, publishedTo, from: _from, to: _to, priceMin, priceMax, currency, ...byValue } = filters;
  const isOne = Object.entries(byValue).every(([name, wanted]) => {
    if (name === but) return true;
    const allowed = name === 'category' ? wanted.flatMap((code) => families[code] ?? [code]) : wanted;
    const own = name === 'ids' ? [fact.id] : (fact.values[name as keyof SearchFilters] ?? []);
    return own.some((value) => (allowed as string[]).includes(value));
  });
  const { publishedAt, price } = fact;
  const isThen =
    but === 'published' ||
    ((publishedFrom === undefined || (publishedAt !== undefined && publishedAt >= publishedFrom)) &&
      (publishedTo === undefined || (publishedAt !== undefined && publishedAt < publishedTo)));
  const isPriced =
    but === 'price' ||
    currency === undefined ||
    (price?.currency === currency && price.max >= Number(priceMin ?? 0) && price.min <= Number(priceMax ?? Infinity));
  return isOne && isThen && isPriced;
}
