import { ask } from '../speed/elastic.ts';
import type { Asked } from './eval-set.ts';
import { mean, ndcg } from './metrics.ts';
import { cutLong, plainQuery } from './product-search.ts';

/** nDCG@10 of the same rankings, by this bench and by the engine's own `_rank_eval`. */
export type Checked = { queries: number; ours: number; engine: number };
/** What the engine tells of each request, by its id. */
export type Details = Record<string, { metric_score: number; hits: { hit: { _id: string } }[] }>;

const CUT = 10;
const DIFFERENCE_MAX = 0.000_001;

/**
 * Holds the evaluator against the engine's on plain BM25. Throws where the two differ; a text says why nothing was
 * compared.
 */
export async function checkEvaluator(
  url: string,
  { index, fields, queries }: { index: string; fields: string[]; queries: Asked[] },
): Promise<Checked | string> {
  const modules = JSON.stringify(await ask(url, 'GET', '/_nodes/plugins?filter_path=nodes.*.modules.name'));
  if (!modules.includes('"rank-eval"')) return 'this engine has no module rank-eval';
  const requests = queries.map(({ q, judged }, place) => ({
    id: String(place),
    request: { query: plainQuery(cutLong(q), fields) },
    ratings: [...judged].map(([_id, rating]) => ({ _index: index, _id, rating })),
  }));
  const metric = { dcg: { k: CUT, normalize: true } };
  const { details } = (await ask(url, 'POST', `/${index}/_rank_eval`, { requests, metric })) as { details: Details };
  return compareWith(details, queries);
}

/** Queries with fewer than ten hits are left out: there the engine takes as best what fits into so few. */
export function compareWith(details: Details, queries: Pick<Asked, 'judged'>[]): Checked {
  const pairs = Object.entries(details)
    .filter(([, { hits }]) => hits.length >= CUT)
    .map(([place, { metric_score: theirs, hits }]) => {
      const ranking = hits.map(({ hit }) => hit._id);
      return { theirs, own: ndcg(ranking, queries[Number(place)]?.judged ?? new Map()) };
    });
  const wrong = pairs.filter(({ own, theirs }) => Math.abs(own - theirs) > DIFFERENCE_MAX);
  if (wrong.length > 0) throw new Error(`nDCG differs from _rank_eval for ${wrong.length} of ${pairs.length} queries.`);
  const [ours, engine] = [mean(pairs.map(({ own }) => own)), mean(pairs.map(({ theirs }) => theirs))];
  return { queries: pairs.length, ours, engine };
}
