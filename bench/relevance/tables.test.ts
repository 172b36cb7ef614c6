import { expect, test } from 'vitest';
import { readPage, readResults, withTables } from './report.ts';
import type { Results } from './results.ts';
import { printTables } from './tables.ts';

const row = (figures: Record<string, number>) => ({ queries: 10, ...figures });
const of = (form: string, value: number) => ({
  [form]: { tune: row({ 'nDCG@10': value }), test: row({ 'nDCG@10': value }) },
});
const measured = { at: '2026-11-24', documents: 10, plain: of('movies', 0.7), p: 0 };
const times = (p95Ms: number) => ({ requests: 10, p50Ms: 1, p95Ms });

test('docs/search.md shows what bench/results/relevance.json holds', () => {
  const page = readPage();
  expect(withTables(page, printTables(readResults()))).toBe(page);
});

test.each<[string, Results, string]>([
  ['reached', { movies: { ...measured, ours: of('movies', 0.87) } }, '| 0.87 | 0.87 | 0.7 | 0.865 |'],
  ['missed', { movies: { ...measured, ours: of('movies', 0.86) } }, '| 0.86 | 0.86 | 0.7 | 0.865, missed |'],
  ['not measured', {}, '| movies nDCG@10 | – | – | – | 0.865 |'],
  [
    'with a dictionary',
    { dictionary: { movies: { at: '2026-11-24', without: of('movies', 0.8), with: of('movies', 0.9) } } },
    '| movies nDCG@10 | 0.8 | 0.9 | 0.8 | 0.9 |  |',
  ],
  ['counted', { twins: { topics: 7, right: 6 } }, '| 6 of 7 |'],
  [
    'cost',
    {
      movies: {
        ...measured,
        ours: of('movies', 0.87),
        ablation: { ours: of('movies', 0.87), others: { trigrams: of('movies', 0.876), skeleton: of('movies', 0.87) } },
      },
    },
    '| movies nDCG@10 that trigrams cost, on a sample | 0.006 | 0.006 |  | ≤ 0.005, missed |',
  ],
  [
    'too slow',
    { names: { ...measured, ours: {}, latency: { search: times(70), match: times(10), ratio: 7 } } },
    '| names | 1 / 70 | 1 / 10 | 7 | ≤ 6, missed |',
  ],
  [
    'why another engine was not measured',
    { names: { ...measured, ours: {}, engines: { ours: {}, others: { pg_trgm: 'there is no psql' } } } },
    'pg_trgm: not measured: there is no psql.',
  ],
  ['of a busy machine', { names: { ...measured, ours: {}, failedLooks: 3 } }, 'too long meanwhile: 3 of names.'],
  [
    'held against the engine',
    { movies: { ...measured, ours: {}, rankEval: { queries: 100, ours: 0.7, engine: 0.7 } } },
    '`_rank_eval` of the engine: the same for each of 100 queries of movies.',
  ],
  [
    'measured on several days',
    { movies: { ...measured, ours: {} }, names: { ...measured, at: '2026-11-25', ours: {} } },
    'All queries of each set, 2026-11-24 to 2026-11-25:',
  ],
])('a figure is shown as %s', (_name, results, shown) => {
  expect(printTables(results)).toContain(shown);
});
