import { systemClock } from '@ortoo/shared/kernel';
import { ablations } from './ablation.ts';
import type { SetName } from './eval-files.ts';
import type { Asked, EvalSet } from './eval-set.ts';
import { measureLatency } from './latency.ts';
import { openMiniSearch } from './mini-search.ts';
import type { openEngine } from './patient-engine.ts';
import { rankByTrigrams } from './pg-trgm.ts';
import { loadProduct } from './product-search.ts';
import { checkEvaluator } from './rank-eval.ts';
import type { Compared, SetResult } from './results.ts';
import { compare, type Forms, formsOfSome, questionOf, type Scores, sampleOf, score, scoresOf } from './score.ts';

type Measured = Exclude<SetName, 'twins'>;
type Engine = ReturnType<typeof openEngine>;
type Product = Awaited<ReturnType<typeof loadProduct>>;
/** What is measured besides how well the product and plain BM25 find. */
type Besides = { ablation?: boolean; engines?: boolean; latency?: boolean };
type Options = Besides & { set: Measured; url: string; say(line: string): void };

/** What plain BM25 and other engines look into: where the texts and names of a set are, the name first. */
const plainFields: Record<Measured, string[]> = {
  movies: ['title.en', 'summary.en', 'body.en'],
  cranfield: ['title.en', 'body.en'],
  vaswani: ['body.en'],
  names: ['name_all'],
  mentions: ['body.mn'],
  portal: ['name_all', 'title.mn', 'summary.mn', 'body.mn', 'title.en', 'summary.en', 'body.en'],
  questions: ['name_all', 'title.mn', 'summary.mn', 'body.mn', 'title.en', 'summary.en', 'body.en'],
};

/** How many queries of each form and half are enough to see what a part, or another engine, is worth. */
const sampled = (set: Measured) => (set === 'names' ? 100 : 300);
const TIMED_QUERIES = 200;
const CHECKED_QUERIES = 100;

/** Loads a set into an index of its own, asks all that was asked for, and drops the index. */
export async function measureSet(engine: Engine, evalSet: EvalSet, options: Options): Promise<SetResult> {
  const { set, say } = options;
  const { documents, queries } = evalSet;
  say(`loading ${documents.length} documents`);
  const { categories } = evalSet;
  const product = await loadProduct(engine, documents, categories ? { categories } : {});
  try {
    const plainAsk = product.plain(plainFields[set]);
    const ours = await score(product.asker(), evalSet, say);
    print(say, 'Ortoo', ours.forms);
    const failedLooks = product.failedLooks();
    if (failedLooks > 0) say(`${failedLooks} second looks failed or took too long: their first answers are judged`);
    const plain = await score(plainAsk, evalSet, say);
    print(say, 'plain BM25', plain.forms);
    const scores = { ours, plain };
    return {
      at: systemClock.now().slice(0, 10),
      documents: documents.length,
      ours: ours.forms,
      plain: plain.forms,
      p: compare(ours, plain, queries),
      failedLooks,
      ...(options.latency ? { latency: await timeSet(product, evalSet, options) } : {}),
      ...(set === 'movies' ? { rankEval: await checkOn(product, evalSet, options) } : {}),
      ...(options.ablation ? { ablation: await ablate(product, evalSet, ours, options) } : {}),
      ...(options.engines && (set === 'names' || set === 'movies')
        ? { engines: await compareEngines(evalSet, scores, options) }
        : {}),
    };
  } finally {
    await product.drop();
  }
}

function print(say: Options['say'], title: string, forms: Forms): void {
  for (const [form, halves] of Object.entries(forms))
    for (const [half, row] of Object.entries(halves)) {
      if (row.queries === 0) continue;
      const cells = Object.entries(row).map(([name, value]) => `${name} ${value}`);
      say(`${form.padEnd(24)}${half.padEnd(6)}${title.padEnd(46)}${cells.join('  ')}`);
    }
}

function timeSet(product: Product, evalSet: EvalSet, { set }: Options) {
  const asked = spread(evalSet.queries, TIMED_QUERIES);
  return measureLatency(product.asker(), product.plain(plainFields[set]), { ...evalSet, queries: asked });
}

/** So many queries from all places of the list, and so of all forms. */
function spread(queries: Asked[], count: number): Asked[] {
  const step = Math.max(1, Math.floor(queries.length / count));
  return queries.filter((_, place) => place % step === 0).slice(0, count);
}

async function checkOn(product: Product, { queries }: EvalSet, { set, url, say }: Options) {
  const asked = { index: product.name, fields: plainFields[set], queries: spread(queries, CHECKED_QUERIES) };
  const checked = await checkEvaluator(url, asked);
  if (typeof checked === 'string') say(`the evaluator was not held against _rank_eval: ${checked}`);
  else say(`nDCG@10 of ${checked.queries} plain queries: here ${checked.ours}, by _rank_eval ${checked.engine}`);
  return checked;
}

/**
 * Without one part at a time, on a sample of the half to tune on, where it is decided what stays; of movies on the
 * other half too, since what a part may cost there is a floor. A set without categories has no words of theirs to lose.
 */
async function ablate(product: Product, evalSet: EvalSet, ours: Scores, { set, say }: Options): Promise<Compared> {
  const { queries } = evalSet;
  const some = sampleOf(queries, sampled(set)).filter(({ half }) => half === 'tune' || set === 'movies');
  const others: Record<string, Forms> = {};
  const possible = ablations.filter((one) => !one.hasNoCategoryWords || evalSet.categories);
  for (const ablation of possible) {
    const { forms } = await score(product.asker(ablation), { ...evalSet, queries: some }, say);
    print(say, `without ${ablation.name}`, forms);
    others[ablation.name] = forms;
  }
  return { ours: formsOfSome(ours, queries, some), others };
}

async function compareEngines(
  evalSet: EvalSet,
  { ours, plain }: { ours: Scores; plain: Scores },
  { set, say }: Options,
): Promise<Compared> {
  const { documents, queries } = evalSet;
  const some = sampleOf(queries, sampled(set)).filter(({ half }) => half === 'test');
  const asked = { ...evalSet, queries: some };
  const others: Record<string, Forms | string> = { 'plain BM25': formsOfSome(plain, queries, some) };
  say(`MiniSearch: loading ${documents.length} documents`);
  const miniSearch = openMiniSearch(documents, plainFields[set]);
  others.MiniSearch = (await score(miniSearch.ask, asked, say)).forms;
  print(say, 'MiniSearch', others.MiniSearch);
  if (set === 'names') {
    say(`pg_trgm: loading ${documents.length} names and asking ${some.length} queries`);
    const rankings = await rankByTrigrams(
      documents,
      some.map(({ q }) => questionOf(evalSet, q)),
    );
    others.pg_trgm = typeof rankings === 'string' ? rankings : scoresOf(asked, rankings).forms;
    if (typeof others.pg_trgm === 'string') say(`pg_trgm: not measured: ${others.pg_trgm}`);
    else print(say, 'pg_trgm', others.pg_trgm);
  }
  return { ours: formsOfSome(ours, queries, some), others };
}
