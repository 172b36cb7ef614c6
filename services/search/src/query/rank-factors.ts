import type { Query } from '../index/engine-documents.ts';

type QueryFactors = NonNullable<Query['function_score']>;

/**
 * What a document gets beside what its texts earn, at most 0.9 together: less than the 6 for holding all that was
 * typed, so that no factor puts a hit that lacks a word before one that lacks none and earns as much by its texts.
 */
export const FACTOR_MAX = { recency: 0.3, quality: 0.4, verification: 0.2 };

/** Half of it is left after so long. The origin is the day, so that pages of one query agree. */
const RECENCY_HALF = '90d';
/** News and dates age; companies, offerings and categories do not. */
const AGEING = ['article', 'event'];
/** By how a company was verified. */
const VERIFIED = { email: 0.05, phone: 0.1, document: 0.15, onsite: FACTOR_MAX.verification };

/** A clause that adds to the score and matches everything; without a script. */
export function buildRankFactors() {
  const { recency, quality } = FACTOR_MAX;
  const decay = { newestAt: { origin: 'now/d', scale: RECENCY_HALF, decay: 0.5 } };
  return {
    query: { match_all: {} },
    functions: [
      { filter: { terms: { kind: AGEING } }, exp: decay, weight: recency },
      { field_value_factor: { field: 'quality', missing: 0 }, weight: quality },
      ...Object.entries(VERIFIED).map(([level, weight]) => ({ filter: { term: { verification: level } }, weight })),
    ],
    score_mode: 'sum',
    boost_mode: 'replace',
    max_boost: 0.9,
  } satisfies QueryFactors;
}
