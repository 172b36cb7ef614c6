/**
 * `npm run bench:relevance -- --eval DIR [--only movies,names] [--sample N] [--ablation] [--engines] [--latency]`: how well
 * search finds, on sets that are not part of the project, through the product's own projections, index and actions. Needs
 * ELASTICSEARCH_URL. Prints figures and keeps them, no texts, in bench/results/relevance.json, and as tables in
 * docs/search.md; those of a sample are printed alone. `--tables` writes the tables from what is kept.
 */
import { parseArgs } from 'node:util';
import { elasticsearchUrl } from './config.ts';
import { measureWithDictionary } from './dictionary.ts';
import { isKeptElsewhere, missingFiles, type SetName, setNames } from './eval-files.ts';
import { readSet } from './eval-sets.ts';
import { measureSet } from './measure-set.ts';
import { openEngine } from './patient-engine.ts';
import { keepResults, readResults } from './report.ts';
import { sampleOf } from './score.ts';
import { printTables } from './tables.ts';
import { measureTwins } from './twins.ts';

const { values } = parseArgs({
  options: {
    eval: { type: 'string' },
    only: { type: 'string' },
    sample: { type: 'string' },
    ablation: { type: 'boolean' },
    engines: { type: 'boolean' },
    latency: { type: 'boolean' },
    tables: { type: 'boolean' },
  },
});
const startedMs = performance.now();
const say = (line: string) => process.stdout.write(`${line}\n`);
const seconds = () => Math.round((performance.now() - startedMs) / 1_000);

function refuse(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

function requireSets(): { dir: string; sets: SetName[] } {
  const asked = values.only?.split(',') ?? setNames;
  const unknown = asked.filter((set) => !(setNames as readonly string[]).includes(set));
  if (unknown.length > 0) refuse(`There is no set ${unknown.join(', ')}; there are ${setNames.join(', ')}.`);
  const sets = setNames.filter((set) => asked.includes(set));
  const dir = values.eval ?? (isKeptElsewhere(sets) ? refuse('Say where the evaluation data are: --eval DIR') : '.');
  const missing = missingFiles(dir, sets);
  if (missing.length > 0) refuse(`In ${dir} there is no ${missing.join(', no ')}.`);
  return { dir, sets };
}

function readSample(): number | undefined {
  if (values.sample === undefined) return undefined;
  const count = Number(values.sample);
  return Number.isInteger(count) && count > 0 ? count : refuse('--sample takes a number of queries from 1 on.');
}

async function measure(): Promise<void> {
  const { dir, sets } = requireSets();
  const sample = readSample();
  const url = elasticsearchUrl ?? refuse('ELASTICSEARCH_URL says which engine to use.');
  const engine = openEngine(url);
  const results = sample === undefined ? readResults() : {};
  const { ablation = false, engines = false, latency = false } = values;
  try {
    for (const set of sets) {
      const tell = (line: string) => say(`${String(seconds()).padStart(5)} s  ${set}: ${line}`);
      if (set === 'twins') {
        results.twins = await measureTwins(engine, dir);
        tell(JSON.stringify(results.twins));
      } else {
        const evalSet = readSet(dir, set);
        const queries = sampleOf(evalSet.queries, sample);
        const options = { ablation, engines, latency, set, url, say: tell };
        const measured = await measureSet(engine, { ...evalSet, queries }, options);
        results[set] = measured;
        const asked = { set, evalSet: { ...evalSet, queries }, without: measured.ours };
        const withDictionary = await measureWithDictionary(engine, asked, tell);
        if (withDictionary) results.dictionary = { ...results.dictionary, [set]: withDictionary };
      }
      if (sample === undefined) keepResults(results);
    }
  } finally {
    await engine.close();
  }
  say(`\n${printTables(results)}\n`);
  say(sample === undefined ? `Kept after ${seconds()} s.` : 'Of a sample: printed alone, nothing was kept.');
}

if (values.tables) keepResults(readResults());
else await measure();
