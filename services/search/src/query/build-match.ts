import { localeTags } from '@ortoo/shared/contracts';
import type { CategoryWords } from '../categories/category-words.ts';
import type { Query } from '../index/engine-documents.ts';
import { buildQuery, type SearchPlan } from './build-query.ts';
import { readQuery } from './read-query.ts';

/**
 * When a saved query fires for a document: when the first pass of a search finds it, and finds it for each word alone
 * too, since a search shows what has some of the words further down, where an alert would cry wolf. A whole code, and a
 * category that all words name, need no words beside. Pure.
 */
export function buildMatch(plan: SearchPlan, words: Pick<CategoryWords, 'find'>): Query {
  const ofKinds: Query[] = plan.kinds ? [{ terms: { kind: plan.kinds } }] : [];
  return { bool: { filter: [buildQuery(plan), ...ofKinds, ...allWords(plan, words)] } };
}

function allWords(plan: SearchPlan, words: Pick<CategoryWords, 'find'>): Query[] {
  const { query, intent, view, staffOf, texts } = plan;
  if (query.words.length < 2) return [];
  const named = intent.filter(({ weight }) => weight === 1);
  const whole: Query[] = [
    { terms: { codes: query.codes } },
    ...named.flatMap(({ code, codes }): Query[] => [{ term: { id: code } }, { terms: { categories: codes } }]),
  ];
  const each = query.words.map((word): Query => {
    const alone = { query: readQuery(word), intent: words.find([word]), view, texts, limit: 1, sort: [] };
    const found = buildQuery({ ...alone, ...(staffOf ? { staffOf } : {}) });
    return { bool: { should: [found, ...stopWord(word)], minimum_should_match: 1 } };
  });
  return [{ bool: { should: [{ bool: { filter: each } }, ...whole], minimum_should_match: 1 } }];
}

/** A word that a language's analysis drops asks for nothing. */
function stopWord(word: string): Query[] {
  return localeTags.map((tag) => ({ match: { [`title.${tag}`]: { query: word, zero_terms_query: 'all' } } }));
}
