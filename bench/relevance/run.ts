/**
 * `npm run bench:relevance -- --eval DIR [--only movies,names] [--sample N] [--ablation]`: how well search finds, on sets
 * that are not part of the project, through the product's own projections, index and actions. Needs ELASTICSEARCH_URL.
 * Prints a table and keeps the figures, no texts, in bench/results/relevance.json.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ablations } from './ablation.ts';
import { elasticsearchUrl } from './config.ts';
import { missingFiles, type SetName, setNames } from './eval-files.ts';
import { readSet } from './eval-sets.ts';
import { loadProduct, openEngine } from './product-search.ts';
import { compare, type Scores, sampleOf, score } from './score.ts';
import { measureTwins } from './twins.ts';

const resultFile = join(import.meta.dirname, '../results/relevance.json');
const { values } = parseArgs({
  options: {
    eval: { type: 'string' },
    only: { type: 'string' },
    sample: { type: 'string' },
    ablation: { type: 'boolean' },
  },
});
const say = (line: string) => process.stdout.write(`${line}\n`);

/** What plain BM25 looks into: where the texts and names of a set are. */
const plainFields: Record<Exclude<SetName, 'twins'>, string[]> = {
  movies: ['title.en', 'summary.en', 'body.en'],
  cranfield: ['title.en', 'body.en'],
  vaswani: ['body.en'],
  names: ['name_all'],
  mentions: ['body.mn'],
};

function refuse(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

function requireSets(): { dir: string; sets: SetName[] } {
  const dir = values.eval ?? refuse('Say where the evaluation data are: --eval DIR');
  const asked = values.only?.split(',') ?? setNames;
  const unknown = asked.filter((set) => !(setNames as string[]).includes(set));
  if (unknown.length > 0) refuse(`There is no set ${unknown.join(', ')}; there are ${setNames.join(', ')}.`);
  const sets = setNames.filter((set) => asked.includes(set));
  const missing = missingFiles(dir, sets);
  if (missing.length > 0) refuse(`In ${dir} there is no ${missing.join(', no ')}.`);
  return { dir, sets };
}

function print(title: string, { forms }: Pick<Scores, 'forms'>): void {
  for (const [form, halves] of Object.entries(forms))
    for (const [half, row] of Object.entries(halves)) {
      const cells = Object.entries(row).map(([name, value]) => `${name} ${value}`);
      say(`${form.padEnd(24)}${half.padEnd(6)}${title.padEnd(32)}${cells.join('  ')}`);
    }
}

async function measureSet(engine: ReturnType<typeof openEngine>, dir: string, set: Exclude<SetName, 'twins'>) {
  const { documents, queries: all, kind } = readSet(dir, set);
  const queries = sampleOf(all, values.sample === undefined ? undefined : Number(values.sample));
  const product = await loadProduct(engine, documents);
  try {
    const asked = { queries, kind };
    const ours = await score(product.asker(), asked);
    print('Ortoo', ours);
    const plain = await score(product.plain(plainFields[set]), asked);
    print('plain BM25', plain);
    const p = compare(ours, plain, queries);
    say(`${set}: better than plain BM25 on the test half, p = ${p}`);
    const without: Record<string, Scores['forms']> = {};
    for (const ablation of values.ablation ? ablations : []) {
      const cut = await score(product.asker(ablation), asked);
      print(ablation.name, cut);
      without[ablation.name] = cut.forms;
    }
    const parts = values.ablation ? { ablation: without } : {};
    return { documents: documents.length, ours: ours.forms, plain: plain.forms, p, ...parts };
  } finally {
    await product.drop();
  }
}

const { dir, sets } = requireSets();
const engine = openEngine(elasticsearchUrl ?? refuse('ELASTICSEARCH_URL says which engine to use.'));
const results = existsSync(resultFile) ? (JSON.parse(readFileSync(resultFile, 'utf8')) as Record<string, unknown>) : {};
try {
  for (const set of sets) {
    results[set] = set === 'twins' ? await measureTwins(engine, dir) : await measureSet(engine, dir, set);
    if (set === 'twins') say(`twins: ${JSON.stringify(results.twins)}`);
    writeFileSync(resultFile, `${JSON.stringify(results, null, 2)}\n`);
  }
} finally {
  await engine.close();
}
say('MiniSearch and pg_trgm: not measured by this bench.');
