import { readFileSync } from 'node:fs';
import {
  ArticleInput,
  CategoryEdit,
  CompanyInput,
  createParser,
  localeTags,
  type Parser,
} from '@ortoo/shared/contracts';
import { describe, expect, it } from 'vitest';

type SeedCategory = CategoryEdit & { id: string; ordinal: number };

const read = <T>(file: string): T[] => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as T[];
const categories = read<SeedCategory>('categories.json');
const companies = read<CompanyInput>('companies.json');
const articles = read<ArticleInput>('articles.json');
const codes = new Set(categories.map(({ id }) => id));

/** The portal's wording, its odd spaces and commas included. */
const PORTAL_NAMES = [
  'Agriculture',
  'Automobiles and Machinery',
  'Bank, non banking financing, investment',
  'Blasting',
  'Construction',
  'Consumables',
  'Education',
  'Energy',
  'Engineer , Architecture and Geodesy',
  'Finance, Audit,Accounting and Brokerage',
  'Food',
  'Foreign Trade',
  'Geology Exploration',
  'Health',
  'Information Technology',
  'Insurance',
  'Labor Safety',
  'Legal and Business consulting',
  'Lighting',
  'Mining equipment',
  'Mining Services',
  'Other product and service',
  'Road',
  'Sewing and textile products',
  'Transportations',
  'Travel',
];

/** ISO 3166-2: the capital and the 21 aimags. */
const REGIONS = [
  ...['MN-1', 'MN-035', 'MN-037', 'MN-039', 'MN-041', 'MN-043', 'MN-046', 'MN-047', 'MN-049', 'MN-051', 'MN-053'],
  ...['MN-055', 'MN-057', 'MN-059', 'MN-061', 'MN-063', 'MN-064', 'MN-065', 'MN-067', 'MN-069', 'MN-071', 'MN-073'],
];

/** Who a failing record is, for the message of an assert. */
const labelOf = ({ externalIds }: CompanyInput | ArticleInput) => externalIds?.[0]?.value ?? 'without an external id';
const repeated = (values: readonly unknown[]) => values.filter((value, at) => values.indexOf(value) !== at);
const unknownCodes = (used: readonly string[] = []) => used.filter((code) => !codes.has(code));

/** The records that a contract's guard refuses, each with its faults. */
function refusedBy<T>(parse: Parser<unknown>, records: readonly T[]) {
  return records.flatMap((record) => {
    try {
      parse(record);
      return [];
    } catch (error) {
      return [{ record, error }];
    }
  });
}

describe('categories', () => {
  it('are the 26 of the portal, in its order and its wording to the byte', () => {
    expect(categories.map(({ name }) => name.en)).toEqual(PORTAL_NAMES);
    expect(categories.map(({ ordinal }) => ordinal)).toEqual(PORTAL_NAMES.map((_, at) => at + 1));
  });

  it('have kebab-case codes of their own, mining-equipment being the twentieth', () => {
    expect(codes.size).toBe(26);
    for (const code of codes) expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(categories[19]?.id).toBe('mining-equipment');
  });

  it('have a Mongolian name, and names and synonyms in all five languages', () => {
    for (const { name } of categories) expect(name.mn).toMatch(/^[А-Яа-яЁёӨөҮү ,]+$/u);
    const poor = categories.flatMap(({ id, name, synonyms }) =>
      localeTags.filter((tag) => !name[tag] || (synonyms?.[tag] ?? []).length < 2).map((tag) => `${id} ${tag}`),
    );
    expect(poor).toEqual([]);
  });

  it('are accepted by the contract', () => {
    const inputs = categories.map(({ id: _id, ordinal: _ordinal, ...input }) => input);
    expect(refusedBy(createParser(CategoryEdit), inputs)).toEqual([]);
  });
});

describe('companies', () => {
  it('are at least 60, each accepted by the contract', () => {
    expect(companies.length).toBeGreaterThanOrEqual(60);
    expect(refusedBy(createParser(CompanyInput), companies)).toEqual([]);
  });

  it('name known categories and leave none without a published company', () => {
    for (const { categories: named } of companies) {
      expect(unknownCodes([named.primary, ...(named.secondary ?? [])])).toEqual([]);
      expect(named.secondary ?? []).not.toContain(named.primary);
    }
    const published = companies.filter(({ status }) => status === 'published');
    expect(new Set(published.map((company) => company.categories.primary))).toEqual(codes);
  });

  it('are told apart by registration number, sample id and web site', () => {
    expect(companies.every(({ registrationNumber }) => /^\d{7}$/.test(registrationNumber ?? ''))).toBe(true);
    expect(repeated(companies.map(({ registrationNumber }) => registrationNumber))).toEqual([]);
    expect(repeated(companies.map(labelOf))).toEqual([]);
    expect(repeated(companies.flatMap(({ websites }) => websites ?? []))).toEqual([]);
  });

  it('are marked as samples and use reserved addresses only', () => {
    for (const company of companies) {
      expect(company.externalIds?.map(({ system }) => system)).toEqual(['ortoo-sample']);
      for (const url of company.websites ?? []) expect(url).toMatch(/^https:\/\/[a-z]+\.example$/);
      for (const { email } of company.contacts ?? []) expect(email).toMatch(/@[a-z]+\.example$/);
    }
  });

  it('have short summaries in Mongolian and English', () => {
    const fits = (text = '') => text.length > 0 && text.length <= 300;
    const unfit = companies.filter(({ summary }) => !fits(summary?.mn) || !fits(summary?.en));
    expect(unfit.map(labelOf)).toEqual([]);
  });

  it('lie in Mongolia and reach every region', () => {
    const places = companies.flatMap(({ locations }) => locations ?? []);
    expect(new Set(places.map(({ address }) => address.region))).toEqual(new Set(REGIONS));
    for (const { geo } of places) {
      expect(geo?.lat).toSatisfy((lat: number) => lat > 41.5 && lat < 52.2);
      expect(geo?.lon).toSatisfy((lon: number) => lon > 87.7 && lon < 119.95);
    }
  });

  it('include what is easily done wrong: one-script names, private contacts, drafts', () => {
    expect(companies.filter(({ displayName }) => !displayName.en).length).toBeGreaterThan(0);
    expect(companies.filter(({ displayName }) => !displayName.mn).length).toBeGreaterThan(0);
    expect(companies.flatMap(({ contacts }) => contacts ?? []).some((contact) => contact.public === false)).toBe(true);
    expect(companies.filter(({ status }) => status === 'draft')).toHaveLength(3);
  });

  it('say of some what was granted to them, for how long, and whether they still work', () => {
    const granted = companies.flatMap(({ certificates = [], licences = [] }) => [...certificates, ...licences]);
    expect(granted.length).toBeGreaterThan(20);
    expect(granted.every(({ number }) => number?.startsWith('SMP-'))).toBe(true);
    expect(granted.some(({ validUntil }) => validUntil === undefined)).toBe(true);
    expect(new Set(companies.map(({ operatingStatus }) => operatingStatus)).size).toBe(4);
  });

  it('include Gobi Cement under both of its names', () => {
    expect(companies.map(({ displayName }) => displayName)).toContainEqual({
      mn: 'Говь Цемент ХХК',
      en: 'Gobi Cement LLC',
    });
  });
});

describe('articles', () => {
  it('are at least 8 in Mongolian and English, each accepted by the contract', () => {
    expect(articles.length).toBeGreaterThanOrEqual(8);
    expect(refusedBy(createParser(ArticleInput), articles)).toEqual([]);
    expect(new Set(articles.map(({ language }) => language))).toEqual(new Set(['mn', 'en']));
    expect(repeated(articles.map(labelOf))).toEqual([]);
  });

  it('name known categories', () => {
    const unplaced = articles.filter(
      (article) => !article.categories?.length || unknownCodes(article.categories).length,
    );
    expect(unplaced.map(labelOf)).toEqual([]);
  });

  it('give the seed article as facts, as an excerpt with one heading', () => {
    const seed = articles.find(({ source }) => source?.domain === 'www.nknews.org');
    expect(seed).toMatchObject({
      language: 'en',
      headline: 'Why the Yoon administration sees a powerful partner in Mongolia',
      source: { name: 'NK News', domain: 'www.nknews.org' },
      editor: 'Bryan Betts',
      sourcePublishedAt: { date: '2022-09-21', precision: 'day' },
      categories: ['foreign-trade'],
      rights: { excerptOnly: true },
      status: 'published',
    });
    expect(seed?.body?.filter(({ type }) => type === 'heading')).toEqual([
      { type: 'heading', level: 2, text: 'FRIENDS WITH NORTH AND SOUTH', anchor: 'friends-with-north-and-south' },
    ]);
    // Ours is a summary: a body as long as an article's would be somebody else's text.
    expect(JSON.stringify(seed?.body).length).toBeLessThan(900);
  });

  it('are marked as samples of our own desk, all but the seed article', () => {
    expect(articles.every(({ externalIds }) => externalIds?.[0]?.system === 'ortoo-sample')).toBe(true);
    expect(articles.filter(({ source }) => source?.domain === 'ortoo.example')).toHaveLength(articles.length - 1);
    expect(articles.filter(({ status }) => status === 'draft')).toHaveLength(1);
  });
});
