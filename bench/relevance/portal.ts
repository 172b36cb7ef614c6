import { readFileSync } from 'node:fs';
import { projectChange } from '../../services/search/src/projections/project-change.ts';
import type { CategoryWording } from '../../services/search/src/query/category-intent.ts';
import { readQueries, readQuestions, type Wanted } from '../../services/search/test/query-table.ts';
import { storeSamples } from '../../services/search/test/sample-portal.ts';
import type { EvalSet } from './eval-set.ts';
import { changeOf, type Document } from './to-states.ts';

const categoriesFile = new URL('../../data/categories.json', import.meta.url);

/** The samples in `data/` and the project's own queries over them, or its questions that mean a category. */
export function readPortal(set: 'portal' | 'questions'): EvalSet {
  const documents: Document[] = [];
  storeSamples({
    store: (kind, id, { visible = true, state = {} }) => {
      const change = changeOf(kind, id, { visible, state });
      documents.push(projectChange(change));
      return change;
    },
  });
  const listed = JSON.parse(readFileSync(categoriesFile, 'utf8')) as (Omit<CategoryWording, 'code'> & { id: string })[];
  const categories = listed.map(({ id, ...wording }) => ({ ...wording, code: id }));
  const wanted = set === 'portal' ? readQueries() : readQuestions();
  const queries = wanted.map((one) => askedOf(one, set));
  return { documents, queries, categories, ...(set === 'questions' ? { kind: 'category' as const } : {}) };
}

const askedOf = ({ q, ids, isHeldBack }: Wanted, form: string) => ({
  q,
  judged: new Map(ids.map((id) => [id, 1])),
  half: isHeldBack ? ('test' as const) : ('tune' as const),
  form,
});
