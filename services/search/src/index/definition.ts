import { createHash } from 'node:crypto';
import { PROJECTION_VERSION } from '../projections/index-document.ts';
import { analysis } from './analysis.ts';
import { properties } from './mapping.ts';

/**
 * Version of the index. It rises whenever settings, mappings or projections change what an index holds: services that
 * find a lower one fill a new index. `definition.test.ts` holds it against the hash.
 */
export const INDEX_VERSION = 8;

const settings = {
  number_of_shards: 1,
  auto_expand_replicas: '0-1',
  refresh_interval: '1s',
  'index.mapping.coerce': false,
  'index.mapping.total_fields.limit': 200,
  analysis,
};

const mappings = { dynamic: 'strict', properties };

/** Settings and mappings of a physical index; what stands in `_meta` is added by the one who makes it. */
export const indexDefinition = { settings, mappings };

/** A fingerprint of everything that decides what an index holds; 12 hex digits. */
export const INDEX_HASH = createHash('sha256')
  .update(JSON.stringify([settings, mappings, PROJECTION_VERSION]))
  .digest('hex')
  .slice(0, 12);
