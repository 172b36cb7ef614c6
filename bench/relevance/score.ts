import { type Half, halves } from './eval-files.ts';
import { type Asked, type EvalSet, isKnownItem } from './eval-set.ts';
import { type Figures, mean, ndcg, pairedBootstrap, recall, reciprocalRank, success } from './metrics.ts';
import type { Question } from './product-search.ts';

type Ask = (question: Question) => Promise<string[]>;
type Row = Figures & { queries: number };
/** Figures by form and half. */
export type Forms = Record<string, Record<Half, Row>>;
/** Figures by form and half, and those of each query, in the order asked. */
export type Scores = { forms: Forms; figures: Figures[] };

const ASKED_AT_ONCE = 4;
const DEEP = 100;
const KNOWN_ITEMS = 10;
const TOLD_EVERY_MS = 30_000;

type Set = Pick<EvalSet, 'queries' | 'kind'>;

/** Asks every query and says how good the answers are. `say` is told how far it is, twice a minute. */
export async function score(ask: Ask, set: Set, say?: (line: string) => void): Promise<Scores> {
  return scoresOf(set, await rankAll(ask, set, say));
}

/** The ids that each query finds, best first: as many as are looked at. */
function rankAll(ask: Ask, set: Set, say: (line: string) => void = () => undefined): Promise<string[][]> {
  return eachOf(set.queries, ({ q }) => ask(questionOf(set, q)), say);
}

export function questionOf(set: Pick<EvalSet, 'kind'>, q: string): Question {
  const isKnown = isKnownItem(set);
  const kind = set.kind ? { kind: set.kind } : {};
  return { q, ...kind, lang: isKnown ? 'mn' : 'en', limit: isKnown ? KNOWN_ITEMS : DEEP };
}

/** How good rankings are, in the order of the queries: known items by success, others by nDCG, MRR and recall. */
export function scoresOf({ queries, kind }: Set, rankings: string[][]): Scores {
  const isKnown = isKnownItem(kind ? { kind } : {});
  const figures = queries.map(({ judged }, place) => figuresOf(rankings[place] ?? [], judged, isKnown));
  return { forms: formsOf(queries, figures), figures };
}

function figuresOf(ranking: string[], judged: Asked['judged'], isKnown: boolean): Figures {
  const found = (cut: number) => success(ranking, judged, cut);
  if (isKnown) return { 'success@1': found(1), 'success@3': found(3), 'success@10': found(10) };
  return {
    'nDCG@10': ndcg(ranking, judged),
    'MRR@10': reciprocalRank(ranking, judged),
    'R@100': recall(ranking, judged),
    empty: ranking.length === 0 ? 1 : 0,
  };
}

function formsOf(queries: Asked[], figures: Figures[]): Forms {
  const forms = [...new Set(queries.map(({ form }) => form))].map((form) => {
    const rows = halves.map((half) => [half, rowOf(queries, figures, { form, half })] as const);
    return [form, Object.fromEntries(rows) as Record<Half, Row>] as const;
  });
  return Object.fromEntries(forms);
}

function rowOf(queries: Asked[], figures: Figures[], { form, half }: { form: string; half: Half }): Row {
  const own = figures.filter((_, place) => queries[place]?.form === form && queries[place]?.half === half);
  const names = Object.keys(figures[0] ?? {});
  const means = names.map((name) => [name, round3(mean(own.map((one) => one[name] ?? 0)))] as const);
  return { queries: own.length, ...Object.fromEntries(means) };
}

/** The same figures of some of the queries alone. */
export function formsOfSome(scores: Scores, queries: Asked[], some: Asked[]): Forms {
  const chosen = new Set(some);
  return formsOf(
    some,
    scores.figures.filter((_, place) => chosen.has(queries[place] as Asked)),
  );
}

/** How surely the first is better than the second on the half that nothing was tuned on: p of the paired bootstrap. */
export function compare(ours: Scores, theirs: Scores, queries: Asked[]): number {
  const onTest = ({ figures }: Scores) =>
    figures.filter((_, place) => queries[place]?.half === 'test').map((one) => one['success@1'] ?? one['nDCG@10'] ?? 0);
  return pairedBootstrap(onTest(ours), onTest(theirs));
}

async function eachOf<T, R>(items: T[], work: (item: T) => Promise<R>, say: (line: string) => void): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  let toldMs = performance.now();
  const lane = async () => {
    for (let place = next++; place < items.length; place = next++) {
      results[place] = await work(items[place] as T);
      if (performance.now() - toldMs < TOLD_EVERY_MS) continue;
      toldMs = performance.now();
      say(`${place} of ${items.length} asked`);
    }
  };
  await Promise.all(Array.from({ length: ASKED_AT_ONCE }, lane));
  return results;
}

const round3 = (value: number) => Math.round(value * 1_000) / 1_000;

/** At most so many queries of each form and half, the first. */
export function sampleOf(queries: Asked[], count: number | undefined): Asked[] {
  if (count === undefined) return queries;
  const seen = new Map<string, number>();
  return queries.filter(({ form, half }) => {
    const place = (seen.get(`${form} ${half}`) ?? 0) + 1;
    seen.set(`${form} ${half}`, place);
    return place <= count;
  });
}
