import type { SearchKind } from '@ortoo/shared/contracts';
import type { CategoryWording } from '../../services/search/src/query/category-intent.ts';
import type { Half } from './eval-files.ts';
import type { Judged } from './metrics.ts';
import type { Document } from './to-states.ts';

/** A query with what is right for it; `form` is how it is typed, or the name of its set. */
export type Asked = { q: string; judged: Judged; half: Half; form: string };
export type EvalSet = {
  documents: Document[];
  queries: Asked[];
  /** What is searched for; all kinds where it is absent. */
  kind?: SearchKind;
  categories?: CategoryWording[];
};

/** One thing is looked for by its name, and not all that a text is about. */
export const isKnownItem = ({ kind }: Pick<EvalSet, 'kind'>) => kind !== 'offering' && kind !== 'article';
