import type { CompanyInput } from '@ortoo/shared/contracts';
import { createSeededRandom, type Random } from '@ortoo/shared/kernel';
import { drawForm, drawName, drawPerson, type Form, type Name } from './company-name.ts';
import { companyKey, drawPhone } from './numbers.ts';
import { jobs, remarks, streets } from './phrases.ts';
import { drawPlace, type Place } from './places.ts';
import { registrationNumber } from './registration-number.ts';
import { romanisations, romanise } from './romanise.ts';
import { createShares } from './shares.ts';
import { drawTrade, type Trade } from './trades.ts';

type Location = NonNullable<CompanyInput['locations']>[number];
type Band = NonNullable<CompanyInput['employeeBand']>;

/** Companies are told apart from real ones by an external id of this system; offerings name their company by its value. */
export const GENERATED_SYSTEM = 'ortoo-generated';

/** The share of each size, and how many places such a company may have. */
const drawSize = createShares<[band: Band, places: number]>([
  [['1-9', 1], 62],
  [['10-49', 2], 25],
  [['50-249', 3], 9],
  [['250-999', 4], 3],
  [['1000+', 6], 1],
]);
const drawScripts = createShares<'both' | 'mn' | 'en'>([
  ['both', 72],
  ['mn', 15],
  ['en', 13],
]);
const drawBranchKind = createShares<Location['kind']>([
  ['branch', 60],
  ['warehouse', 25],
  ['site', 15],
]);
const drawMarkets = createShares<string[]>([
  [['CN'], 50],
  [['CN', 'RU'], 20],
  [['RU', 'KZ'], 10],
  [['KR', 'JP'], 15],
  [['DE', 'IT', 'US'], 5],
]);

/** What is decided once for a company and known to its offerings. */
type CompanySeed = { key: string; trade: Trade; place: Place; isPublished: boolean; random: Random };

/** The beginning of company `index`: the same for its own body and for those of its offerings. */
export function seedCompany(seed: number, index: number): CompanySeed {
  const random = createSeededRandom(seed, index, 1);
  return {
    key: companyKey(random, index),
    trade: drawTrade(random),
    place: drawPlace(random),
    isPublished: random.chance(0.97),
    random,
  };
}

/** Builds the create body of company `index`, which follows from the seed and the index alone. */
export function buildCompany(seed: number, index: number): CompanyInput {
  const { key, trade, place, isPublished, random } = seedCompany(seed, index);
  const form = drawForm(random, trade);
  const name = drawName(random, trade);
  const [employeeBand, placesMax] = drawSize(random);
  const host = `${romanise(name.mn, 'informal')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '')}-${index.toString(36)}.example`;
  return {
    ...names(random, name, form),
    ...(random.chance(0.96) ? { registrationNumber: registrationNumber(seed, index) } : {}),
    legalForm: form.code as NonNullable<CompanyInput['legalForm']>,
    foundedYear: 2024 - Math.floor(33 * random.next() ** 1.6),
    employeeBand,
    supplierTypes: supplierTypes(random, trade),
    categories: categories(random, trade),
    ...words(random, trade, place),
    locations: locations(random, place, 1 + random.whole(placesMax)),
    contacts: contacts(random, host),
    ...(random.chance(0.6) ? { websites: [`https://${host}`] } : {}),
    languages: random.chance(0.3) ? ['mn', 'en', 'zh'] : random.chance(0.5) ? ['mn', 'en'] : ['mn'],
    ...(trade.supplierTypes.includes('exporter') && random.chance(0.5) ? { exportMarkets: drawMarkets(random) } : {}),
    externalIds: [{ system: GENERATED_SYSTEM, value: key }],
    status: isPublished ? 'published' : 'draft',
  };
}

/** Most companies have a name in both scripts, the English one either translated or spelled in Latin letters. */
function names(random: Random, name: Name, form: Form): Pick<CompanyInput, 'displayName' | 'legalName' | 'altNames'> {
  const mn = `${name.mn} ${form.mn}`;
  const en = `${random.chance(0.45) ? name.en : name.latin} ${form.en}`;
  const scripts = drawScripts(random);
  const other = romanise(name.mn, random.pick(romanisations));
  return {
    displayName: scripts === 'both' ? { mn, en } : scripts === 'mn' ? { mn } : { en },
    ...(form.legalMn && random.chance(0.4) ? { legalName: { mn: `${name.mn} ${form.legalMn}` } } : {}),
    ...(random.chance(0.3) ? { altNames: [{ en: other }] } : {}),
  };
}

function supplierTypes(random: Random, trade: Trade): NonNullable<CompanyInput['supplierTypes']> {
  const types = trade.supplierTypes as NonNullable<CompanyInput['supplierTypes']>;
  return types.slice(0, 1 + random.whole(types.length));
}

function categories(random: Random, { category }: Trade): CompanyInput['categories'] {
  const more = [drawTrade(random), drawTrade(random)].slice(0, random.whole(3)).map((trade) => trade.category);
  const secondary = [...new Set(more)].filter((code) => code !== category);
  return { primary: category, ...(secondary.length > 0 ? { secondary } : {}) };
}

function words(random: Random, { goods }: Trade, { regionName }: Place): Pick<CompanyInput, 'summary' | 'description'> {
  const first = random.pick(goods);
  const second = random.pick(goods);
  const isOne = first === second;
  const summary = {
    mn: isOne ? `${first.mn}, ${regionName.mn}.` : `${first.mn}, ${lowerFirst(second.mn)}, ${regionName.mn}.`,
    en: `${first.en}${isOne ? '' : ` and ${lowerFirst(second.en)}`} in ${regionName.en}.`,
  };
  if (random.chance(0.4)) return { summary };
  const said = [random.pick(remarks), random.pick(remarks)];
  const description = (lang: 'mn' | 'en') => [...new Set(said.map((remark) => remark[lang]))].join(' ');
  return { summary, description: { mn: description('mn'), en: description('en') } };
}

/** An abbreviation such as LED stays one. */
function lowerFirst(text: string): string {
  const second = text.charAt(1);
  return second === second.toUpperCase() && second.trim() !== '' ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

function locations(random: Random, home: Place, count: number): Location[] {
  return Array.from({ length: count }, (_, at) => {
    const place = at === 0 ? home : drawPlace(random);
    const street = random.pick(streets);
    const house = 1 + random.whole(90);
    const near = (centre: number) => Number((centre + place.spread * random.normal()).toFixed(5));
    return {
      kind: at === 0 ? 'hq' : drawBranchKind(random),
      address: {
        country: 'MN',
        region: place.region,
        district: place.district.en,
        freeform: {
          mn: `${place.regionName.mn}, ${place.district.mn}, ${street.mn} ${house}`,
          en: `${street.en} ${house}, ${place.district.en}, ${place.regionName.en}`,
        },
      },
      ...(random.chance(0.85) ? { geo: { lat: near(place.lat), lon: near(place.lon) } } : {}),
      phones: Array.from({ length: 1 + random.whole(2) }, () => drawPhone(random)),
    };
  });
}

function contacts(random: Random, host: string): NonNullable<CompanyInput['contacts']> {
  return Array.from({ length: random.whole(3) }, () => ({
    name: drawPerson(random),
    role: random.pick(jobs),
    phone: drawPhone(random),
    email: `${random.pick(['info', 'sales', 'office', 'contact'])}@${host}`,
    public: random.chance(0.7),
  }));
}
