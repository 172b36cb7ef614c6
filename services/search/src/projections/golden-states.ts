import type { ArticleState, CategoryState, CompanyState, OfferingState } from '@ortoo/shared/contracts';
import type { ChangeData } from './index-document.ts';

const times = { createdAt: '2026-01-02T03:04:05.006Z', updatedAt: '2026-02-03T04:05:06.007Z' };
const company: CompanyState = {
  ...times,
  publishedAt: '2026-02-02T00:00:00.000Z',
  slug: 'gobi-cement',
  status: 'published',
  isSlugPinned: false,
  oldSlugs: [],
  quality: { score: 0.62, parts: { completeness: 0.7, verification: 0 } },
  displayName: { mn: 'Говь Цемент ХХК', en: 'Gobi Cement LLC' },
  legalName: { mn: '"Говь Цемент" ХХК' },
  altNames: [{ en: 'GC' }],
  registrationNumber: '5123456',
  legalForm: 'llc',
  supplierTypes: ['manufacturer', 'exporter'],
  categories: { primary: 'construction', secondary: ['mining-equipment'] },
  summary: { en: 'Cement and ready-mix for mines and roads.' },
  description: { mn: 'Цементийн\u00AD үйлдвэр.' },
  locations: [
    {
      kind: 'hq',
      address: { country: 'MN', region: 'MN-053', district: 'Khanbogd' },
      geo: { lat: 43.2, lon: 107.2 },
      phones: [{ raw: '7012 3456', e164: '+97670123456' }],
    },
    { kind: 'branch', address: { region: 'MN-1' } },
  ],
  externalIds: [{ system: 'registry', value: '5123456' }],
  languages: ['mn', 'en'],
};
const offering: OfferingState = {
  ...times,
  publishedAt: '2026-02-02T00:00:00.000Z',
  slug: 'cement-42-5',
  status: 'published',
  isSlugPinned: false,
  oldSlugs: [],
  offeringKind: 'product',
  companyId: 'company_01h455vb4pex5vsknk084sn02q',
  companyName: { mn: 'Говь Цемент ХХК', en: 'Gobi Cement LLC' },
  companyVisible: true,
  companyV: 7,
  name: { mn: 'Цемент 42.5', en: 'Cement 42.5' },
  summary: { en: 'Portland cement in bags.' },
  description: { mn: 'Уутласан цемент.' },
  categories: { primary: 'construction', secondary: ['mining-equipment'] },
  brand: 'Gobi',
  model: 'GC-42.5N',
  sku: 'GC425',
  gtin: '4006381333931',
  hsCode: '252329',
  price: { amount: '185000', currency: 'MNT', per: 't' },
  availability: 'in_stock',
  externalIds: [{ system: 'erp', value: '77' }],
};
const article: ArticleState = {
  ...times,
  slug: 'a-partner',
  status: 'draft',
  isSlugPinned: false,
  oldSlugs: [],
  language: 'en',
  headline: 'A partner in Mongolia',
  summary: 'What was agreed.',
  plainText: 'FRIENDS\nAll of the text.',
  sections: [{ heading: 'FRIENDS', level: 2, anchor: 'friends' }],
  wordCount: 5,
  articleKind: 'news',
  source: { name: 'News', domain: 'news.example' },
  categories: ['foreign-trade'],
  mentions: [
    {
      companyId: 'company_01h455vb4pex5vsknk084sn02q',
      text: 'All of the text',
      span: [8, 23],
      confidence: 0.86,
      confirmed: true,
    },
  ],
  mentioned: [
    {
      id: 'company_01h455vb4pex5vsknk084sn02q',
      v: 7,
      visible: true,
      names: ['Говь Цемент ХХК', 'Gobi Cement LLC', '"Говь Цемент" ХХК'],
    },
    { id: 'company_01h455vb4pex5vsknk084sn02t', v: 3, visible: false, names: ['Hidden LLC'] },
  ],
};
const category: CategoryState = {
  ...times,
  name: { en: 'Construction', mn: 'Барилга' },
  synonyms: { mn: ['цемент', 'бетон'], ko: ['건설'] },
  description: { en: 'Building work.' },
  ordinal: 5,
  parent: null,
};

const data = { v: 7, live: true, visible: true, check: 42, changedAt: times.updatedAt, changes: [] };

/** One change of each sort that an index holds; goldens and the version of the index hang on them. */
export const goldenChanges = {
  company: { ...data, kind: 'company', id: 'company_01h455vb4pex5vsknk084sn02q', state: company },
  offering: { ...data, kind: 'offering', id: 'offering_01h455vb4pex5vsknk084sn02q', state: offering },
  article: { ...data, kind: 'article', id: 'article_01h455vb4pex5vsknk084sn02r', visible: false, state: article },
  excerpt: {
    ...data,
    kind: 'article',
    id: 'article_01h455vb4pex5vsknk084sn02s',
    state: { ...article, rights: { excerptOnly: true } },
  },
  category: { ...data, kind: 'category', id: 'construction', state: category },
  tombstone: { ...data, kind: 'company', id: 'company_01h455vb4pex5vsknk084sn02t', live: false, visible: false },
} satisfies Record<string, ChangeData>;
