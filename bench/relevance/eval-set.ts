import type { Half } from './eval-files.ts';
import type { Judged } from './metrics.ts';
import type { Document } from './to-states.ts';

/** A query with what is right for it; `form` is how it is typed, or the name of its set. */
export type Asked = { q: string; judged: Judged; half: Half; form: string };
export type EvalSet = { documents: Document[]; queries: Asked[]; kind: 'company' | 'offering' | 'article' };
