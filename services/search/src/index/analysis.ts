import {
  irregularForms,
  latinMappings,
  lightRewrites,
  mongolianRewrites,
  mongolianStopWords,
  type Rewrite,
  skeletonRewrites,
} from '@ortoo/shared/contracts';

/** The longest prefix that is indexed, in letters. */
const PREFIX_LETTERS_MAX = 15;

const filtersOf = (prefix: string, rewrites: Rewrite[]) =>
  Object.fromEntries(
    rewrites.map(({ name, pattern, replacement }) => [
      `${prefix}_${name}`,
      { type: 'pattern_replace', pattern, replacement },
    ]),
  );
const namesOf = (prefix: string, rewrites: Rewrite[]) => rewrites.map(({ name }) => `${prefix}_${name}`);
const analyzer = (filter: string[], charFilter: string[] = []) => ({
  type: 'custom',
  tokenizer: 'standard',
  char_filter: charFilter,
  filter,
});

const latin = ['lowercase', 'asciifolding'];

/**
 * Analysis of names and texts from the engine's stock filters only: no plugin, and no synonyms, which live in memory
 * (a rename is right at once and no rule can break the making of an index).
 */
export const analysis = {
  char_filter: {
    to_latin: { type: 'mapping', mappings: latinMappings() },
    ru_yo: { type: 'mapping', mappings: ['ё=>е', 'Ё=>Е'] },
  },
  filter: {
    ...filtersOf('mn', mongolianRewrites),
    ...filtersOf('light', lightRewrites),
    ...filtersOf('skeleton', skeletonRewrites),
    mn_irregular: { type: 'stemmer_override', rules: [...irregularForms].map((forms) => forms.join(' => ')) },
    mn_stop: { type: 'stop', stopwords: mongolianStopWords },
    en_possessive: { type: 'stemmer', language: 'possessive_english' },
    en_stop: { type: 'stop', stopwords: '_english_' },
    en_stemmer: { type: 'stemmer', language: 'porter2' },
    ru_stop: { type: 'stop', stopwords: '_russian_' },
    ru_stemmer: { type: 'stemmer', language: 'russian' },
    edges: { type: 'edge_ngram', min_gram: 1, max_gram: PREFIX_LETTERS_MAX },
    word_ends: { type: 'pattern_replace', pattern: '^(.+)$', replacement: '_$1_' },
    trigrams: { type: 'ngram', min_gram: 3, max_gram: 3 },
    edge_cut: { type: 'truncate', length: PREFIX_LETTERS_MAX },
  },
  analyzer: {
    exact: analyzer(['lowercase']),
    mn: analyzer(['lowercase', 'mn_stop', 'mn_irregular', ...namesOf('mn', mongolianRewrites)]),
    en: analyzer(['en_possessive', 'lowercase', 'en_stop', 'en_stemmer']),
    ru: analyzer(['lowercase', 'ru_stop', 'ru_stemmer'], ['ru_yo']),
    cjk: analyzer(['cjk_width', 'lowercase', 'cjk_bigram']),
    skeleton: analyzer([...latin, ...namesOf('skeleton', skeletonRewrites)], ['to_latin']),
    // Beginnings are cut before they are folded: `yurt` begins `yurts`, whose last two letters fold to one.
    prefix: analyzer([...latin, 'edges', ...namesOf('light', lightRewrites), 'remove_duplicates'], ['to_latin']),
    prefix_search: analyzer([...latin, 'edge_cut', ...namesOf('light', lightRewrites)], ['to_latin']),
    tri: analyzer([...latin, ...namesOf('skeleton', skeletonRewrites), 'word_ends', 'trigrams'], ['to_latin']),
    opening: analyzer([...latin, 'edges', ...namesOf('skeleton', skeletonRewrites), 'remove_duplicates'], ['to_latin']),
    opening_search: analyzer([...latin, 'edge_cut', ...namesOf('skeleton', skeletonRewrites)], ['to_latin']),
  },
  normalizer: { lowercase: { type: 'custom', filter: ['lowercase'] } },
};
