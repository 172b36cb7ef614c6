import type { SetName } from './eval-files.ts';
import type { Latency } from './latency.ts';
import type { Checked } from './rank-eval.ts';
import type { Forms } from './score.ts';

/** Figures of the same queries: all of the product, and each of the others; a text says why one was not measured. */
export type Compared = { ours: Forms; others: Record<string, Forms | string> };

/** One run over a set. What was not asked for is absent. */
export type SetResult = {
  at: string;
  documents: number;
  ours: Forms;
  plain: Forms;
  /** How likely it is that the product is not better than plain BM25, on the half for testing. */
  p: number;
  /** How many second looks failed or took too long while the product was asked; absent where nobody counted. */
  failedLooks?: number;
  /** Without one part at a time. */
  ablation?: Compared;
  engines?: Compared;
  latency?: Latency;
  rankEval?: Checked | string;
};
/** The same queries in one run over two indexes, of which one was analysed with a dictionary. */
export type WithDictionary = { at: string; without: Forms; with: Forms };
type Twins = { topics: number; right: number };

/** What bench/results/relevance.json holds. */
export type Results = Partial<Record<Exclude<SetName, 'twins'>, SetResult>> & {
  twins?: Twins;
  /** Kept when a later run meets an engine that has no dictionary. */
  dictionary?: Partial<Record<string, WithDictionary>>;
};
