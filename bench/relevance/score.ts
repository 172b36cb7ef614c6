import type { LocaleTag } from '@ortoo/shared/contracts';
import { type Half, halves } from './eval-files.ts';
import type { Asked, EvalSet } from './eval-set.ts';
import { type Figures, mean, ndcg, pairedBootstrap, recall, reciprocalRank, success } from './metrics.ts';
import type { Question } from './product-search.ts';

type Ask = (question: Question) => Promise<string[]>;
type Row = Figures & { queries: number };
/** Figures by form and half, and each query's main figure, in the order asked. */
export type Scores = { forms: Record<string, Record<Half, Row>>; perQuery: number[] };

const ASKED_AT_ONCE = 4;
const DEEP = 100;

/** Asks every query and says how good the answers are: known items by success, others by nDCG, MRR and recall. */
export async function score(ask: Ask, { queries, kind }: Pick<EvalSet, 'queries' | 'kind'>): Promise<Scores> {
  const lang: LocaleTag = kind === 'company' ? 'mn' : 'en';
  const answers = await eachOf(queries, ({ q }) => ask({ q, kind, lang, limit: kind === 'company' ? 10 : DEEP }));
  const figures = queries.map(({ judged }, place) => figuresOf(answers[place] ?? [], judged, kind));
  const forms = [...new Set(queries.map(({ form }) => form))].map((form) => {
    const rows = halves.map((half) => [half, rowOf(queries, figures, { form, half })] as const);
    return [form, Object.fromEntries(rows) as Record<Half, Row>] as const;
  });
  return { forms: Object.fromEntries(forms), perQuery: figures.map((one) => one['success@1'] ?? one['nDCG@10'] ?? 0) };
}

function figuresOf(ranking: string[], judged: Asked['judged'], kind: EvalSet['kind']): Figures {
  if (kind === 'company')
    return { 'success@1': success(ranking, judged, 1), 'success@10': success(ranking, judged, 10) };
  return {
    'nDCG@10': ndcg(ranking, judged),
    'MRR@10': reciprocalRank(ranking, judged),
    'R@100': recall(ranking, judged),
    empty: ranking.length === 0 ? 1 : 0,
  };
}

function rowOf(queries: Asked[], figures: Figures[], { form, half }: { form: string; half: Half }): Row {
  const own = figures.filter((_, place) => queries[place]?.form === form && queries[place]?.half === half);
  const names = Object.keys(figures[0] ?? {});
  const means = names.map((name) => [name, round3(mean(own.map((one) => one[name] ?? 0)))] as const);
  return { queries: own.length, ...Object.fromEntries(means) };
}

/** How surely the first is better than the second on the half that nothing was tuned on: p of the paired bootstrap. */
export function compare(ours: Scores, theirs: Scores, queries: Asked[]): number {
  const isTest = (_: number, place: number) => queries[place]?.half === 'test';
  return pairedBootstrap(ours.perQuery.filter(isTest), theirs.perQuery.filter(isTest));
}

async function eachOf<T, R>(items: T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async () => {
    for (let place = next++; place < items.length; place = next++) results[place] = await work(items[place] as T);
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
