import type { Query } from '../index/engine-documents.ts';
import type { explained } from './explain.ts';
import type { TypedQuery } from './read-query.ts';
import type { TextFields } from './text-fields.ts';

/** Below the words as they were typed. */
const SYNONYM_BOOST = 0.8;
/** Less than a word: where and in which form a company is settles what else is alike. */
const ABOUT_BOOST = 1;

/** Each other way to say it, as a phrase. */
export function synonymClauses({ also }: TypedQuery, { whole }: TextFields, tell: typeof explained): Query[] {
  const fields = ['name_all^2', ...whole];
  return also.texts.map((text, place): Query => {
    const clause = {
      multi_match: { query: text, type: 'phrase' as const, slop: 1, fields, boost: SYNONYM_BOOST },
    };
    return tell({ field: 'text', form: 'synonym', boost: SYNONYM_BOOST }, clause, String(place));
  });
}

/** The region and the legal form that were named: they find nothing by themselves. */
export function aboutClauses({ also }: TypedQuery): Query[] {
  const about = { region: also.regions, legalForm: also.legalForms };
  return Object.entries(about)
    .filter(([, codes]) => codes.length > 0)
    .map(([field, codes]) => ({ constant_score: { filter: { terms: { [field]: codes } }, boost: ABOUT_BOOST } }));
}
