export type Action = 'create' | 'change' | 'remove';
/**
 * `ok`: acknowledged. `refused`: answered 4xx or 503, so it must not have happened. `unknown`: 504, another 5xx, or no
 * answer at all; it may have happened once.
 */
export type Outcome = 'ok' | 'refused' | 'unknown';

/** One write as its caller saw it. Attempts that repeat a write carry the same marker. */
export type Write = {
  action: Action;
  kind: 'company' | 'article';
  /** Stands in what is written and nowhere else. */
  marker: string;
  /** Known beforehand except for a create. */
  id?: string;
  outcome: Outcome;
  /** HTTP status; 0 when no answer came. */
  status: number;
  /** Version that was acknowledged. */
  v?: number;
  /** Milliseconds of the process's clock when the answer came. */
  atMs: number;
};

/** The fate of a write by the status of its answer. */
export function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return 'ok';
  return (status >= 400 && status < 500) || status === 503 ? 'refused' : 'unknown';
}

export type Counts = Record<Outcome, number>;

export function countOutcomes(writes: Write[]): Counts {
  const counts: Counts = { ok: 0, refused: 0, unknown: 0 };
  for (const { outcome } of writes) counts[outcome] += 1;
  return counts;
}
