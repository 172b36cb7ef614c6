import { createHash } from 'node:crypto';
import { PROJECTION_VERSION } from '../projections/index-document.ts';
import { analysis } from './analysis.ts';
import { analysisWithDictionary, DICTIONARY } from './dictionary-analysis.ts';
import { properties, WHOLE_TEXT } from './mapping.ts';

/**
 * Version of the index. It rises whenever settings, mappings or projections change what an index holds: services that
 * find a lower one fill a new index. `definition.test.ts` holds it against the hash.
 */
export const INDEX_VERSION = 11;

const settings = {
  number_of_shards: 1,
  auto_expand_replicas: '0-1',
  refresh_interval: '1s',
  'index.mapping.coerce': false,
  'index.mapping.total_fields.limit': 200,
  // A word that comes often counts longer than by default, and a long text less against it: tuned in bench/relevance.
  similarity: { [WHOLE_TEXT]: { type: 'BM25', k1: 1.8, b: 0.5 } },
  analysis,
};

const mappings = { dynamic: 'strict', properties };

/** Settings and mappings of a physical index; what stands in `_meta` is added by the one who makes it. */
export const indexDefinition = { settings, mappings };

/** A fingerprint of everything that decides what an index holds; 12 hex digits. */
const fingerprint = (parts: unknown) => createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);

export const INDEX_HASH = fingerprint([settings, mappings, PROJECTION_VERSION]);

/** What an index is made of. Both of a release hold the same documents under the same version, analysed otherwise. */
export type IndexDefinition = {
  settings: object;
  mappings: object;
  hash: string;
  /** The dictionary without which a node cannot open the index. */
  dictionary?: string;
};

const withDictionary = { ...settings, analysis: analysisWithDictionary };

export const definitions: Record<'plain' | 'withDictionary', IndexDefinition> = {
  plain: { settings, mappings, hash: INDEX_HASH },
  withDictionary: {
    settings: withDictionary,
    mappings,
    hash: fingerprint([withDictionary, mappings, PROJECTION_VERSION]),
    dictionary: DICTIONARY,
  },
};
