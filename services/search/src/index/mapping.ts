import { type LocaleTag, localeTags } from '@ortoo/shared/contracts';

const keyword = { type: 'keyword', ignore_above: 256 };
const date = { type: 'date' };

/** Which analyzer reads which language. */
const analyzers: Record<LocaleTag, string> = { mn: 'mn', en: 'en', ru: 'ru', ko: 'cjk', zh: 'cjk' };

/** How whole texts are weighed (`definition.ts`). */
export const WHOLE_TEXT = 'whole_text';

const byLanguage = (field: (tag: LocaleTag) => object) => ({
  properties: Object.fromEntries(
    localeTags.map((tag) => [tag, { type: 'text', analyzer: analyzers[tag], ...field(tag) }]),
  ),
});
/** A part of a text, which is looked for in the whole; an earlier release, which may still answer, looks for phrases here. */
const partByLanguage = byLanguage((tag) => ({ copy_to: `text.${tag}` }));

/** Every name of a document, without legal forms: whole, as words, as phonetic keys, as trigrams, as beginnings of words and of keys. */
const names = {
  type: 'text',
  analyzer: 'exact',
  fields: {
    keyword: { type: 'keyword', normalizer: 'lowercase', ignore_above: 256 },
    skeleton: { type: 'text', analyzer: 'skeleton' },
    tri: { type: 'text', analyzer: 'tri', index_options: 'freqs' },
    prefix: { type: 'text', analyzer: 'prefix', search_analyzer: 'prefix_search', index_options: 'docs' },
    opening: {
      type: 'text',
      analyzer: 'opening',
      search_analyzer: 'opening_search',
      norms: false,
      index_options: 'docs',
    },
  },
};

/** Fields of an index document (`IndexDocument`). A member that is not named here is refused by the engine. */
export const properties = {
  kind: keyword,
  id: keyword,
  v: { type: 'integer' },
  check: { type: 'integer' },
  live: { type: 'boolean' },
  visible: { type: 'boolean' },
  status: keyword,
  changedAt: date,
  updatedAt: date,
  publishedAt: date,
  newestAt: date,
  quality: { type: 'double' },
  name_all: names,
  nameFold: keyword,
  title: partByLanguage,
  summary: partByLanguage,
  body: partByLanguage,
  text: byLanguage(() => ({ similarity: WHOLE_TEXT })),
  codes: { type: 'keyword', normalizer: 'lowercase', ignore_above: 256 },
  categories: keyword,
  region: keyword,
  district: keyword,
  legalForm: keyword,
  supplierTypes: keyword,
  verification: keyword,
  location: { type: 'geo_point' },
  companyId: keyword,
  companyName: { type: 'text', analyzer: 'exact', fields: { skeleton: { type: 'text', analyzer: 'skeleton' } } },
  offeringKind: keyword,
  availability: keyword,
  price: { properties: { currency: keyword, min: { type: 'double' }, max: { type: 'double' } } },
  articleKind: keyword,
  eventKind: keyword,
  occurrences: { type: 'date_range' },
  starts: date,
  source: keyword,
  language: keyword,
  sortName: keyword,
  display: { type: 'object', enabled: false },
};
