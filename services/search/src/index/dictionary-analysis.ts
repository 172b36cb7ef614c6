import { analysis } from './analysis.ts';

/** The folder of the dictionary below `config/hunspell/` of a node. */
export const DICTIONARY = 'mn_MN';

/** Of several stems the longest: as good as all of them, in a smaller index. */
export const dictionaryFilter = { type: 'hunspell', locale: DICTIONARY, dedup: true, longest_only: true };

const { mn } = analysis.analyzer;
const stripping = mn.filter.filter((name) => name !== 'mn_stop');

/**
 * The same analysis where the node has the dictionary: each Mongolian word stands as its stem by the dictionary, which
 * knows irregular ones, and as the key of the stripper beside it, which knows the words that no dictionary has. The
 * dictionary is asked before the lower case: it knows names by their capital.
 */
export const analysisWithDictionary = {
  ...analysis,
  filter: {
    ...analysis.filter,
    mn_stop: { ...analysis.filter.mn_stop, ignore_case: true },
    mn_dictionary: dictionaryFilter,
    mn_forms: {
      type: 'multiplexer',
      preserve_original: false,
      filters: ['mn_dictionary,lowercase', stripping.join(',')],
    },
  },
  analyzer: { ...analysis.analyzer, mn: { ...mn, filter: ['mn_stop', 'mn_forms'] } },
};
