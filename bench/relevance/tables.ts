import type { Half } from './eval-files.ts';
import type { Results, SetResult } from './results.ts';
import type { Forms } from './score.ts';
import { type Line, lines } from './table-lines.ts';

const ABLATED = 'Without one part at a time, on a sample of the half for tuning';
const NOT_MEASURED = '–';
/** What the fields for other spellings may cost where there are none. */
const COST_MAX = 0.005;
const RATIO_MAX = 6;

/** The tables of docs/search.md: what was reached, also with a dictionary, what each part is good for, other engines, the time taken, and
 * whether the evaluator agrees with the engine's. */
export function printTables(results: Results): string {
  return [
    measuredOn(results),
    reached(results),
    dictionary(results),
    ablated(results),
    engines(results),
    latencies(results),
    evaluator(results),
    ...slowness(results),
  ].join('\n\n');
}

function measuredOn(results: Results): string {
  const days = Object.values(results as Record<string, Partial<SetResult>>).flatMap(({ at }) => at ?? []);
  const [first, last] = [days.toSorted()[0], days.toSorted().at(-1)];
  return first === last
    ? `All queries of each set, ${first ?? 'never measured'}:`
    : `All queries of each set, ${first} to ${last}:`;
}

const table = (head: string[], rows: string[][]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const shown = (value: number | undefined) => (value === undefined ? NOT_MEASURED : String(value));

/** The figures of a line in one half; nothing of a form or half that was not asked. */
function valuesOf({ form, figures }: Line, half: Half, forms: Forms | string | undefined): (number | undefined)[] {
  const row = typeof forms === 'object' ? forms[form]?.[half] : undefined;
  return figures.map((figure) => (row && row.queries > 0 ? row[figure] : undefined));
}

const cell = (line: Line, half: Half, forms: Forms | string | undefined) =>
  valuesOf(line, half, forms).map(shown).join(' / ');

function reached(results: Results): string {
  const rows = lines.map((line) => {
    const own = results[line.set];
    const isMissed = valuesOf(line, 'test', own?.ours).some((value, place) => (value ?? 1) < (line.floors[place] ?? 0));
    const floor = line.floors.join(' / ') + (isMissed ? ', missed' : '');
    return [
      line.label,
      cell(line, 'tune', own?.ours),
      cell(line, 'test', own?.ours),
      cell(line, 'test', own?.plain),
      floor,
    ];
  });
  const { twins } = results;
  const counted = twins ? `${twins.right} of ${twins.topics}` : NOT_MEASURED;
  const twinRow = ['twins in two languages: topics counted right', '', counted, '', 'all'];
  const guards = ['trigrams', 'skeleton'].map((part) => [
    `movies nDCG@10 that ${part} cost, on a sample`,
    shown(costOf(part, 'tune', results.movies)),
    shown(costOf(part, 'test', results.movies)),
    '',
    `≤ ${COST_MAX}${(costOf(part, 'test', results.movies) ?? 0) > COST_MAX ? ', missed' : ''}`,
  ]);
  return table(['set, figure', 'tune', 'test', 'plain BM25, test', 'floor'], [...rows, twinRow, ...guards]);
}

function costOf(part: string, half: Half, movies: SetResult | undefined): number | undefined {
  const [line] = lines;
  if (!line) return undefined;
  const [ours] = valuesOf(line, half, movies?.ablation?.ours);
  const [without] = valuesOf(line, half, movies?.ablation?.others[part]);
  return ours === undefined || without === undefined ? undefined : Math.round((without - ours) * 1_000) / 1_000;
}

function dictionary({ dictionary: measured = {} }: Results): string {
  const rows = lines.flatMap((line) => {
    const own = measured[line.set];
    if (!own) return [];
    const cells = (['tune', 'test'] as const).flatMap((half) => [
      cell(line, half, own.without),
      cell(line, half, own.with),
    ]);
    return [[line.label, ...cells, line.floorWithDictionary === undefined ? '' : String(line.floorWithDictionary)]];
  });
  if (rows.length === 0) return 'With a Hunspell dictionary: not measured.';
  const head = ['with a Hunspell dictionary', 'tune, without', 'with', 'test, without', 'with', 'floor with'];
  return table(head, rows);
}

function ablated(results: Results): string {
  const compared = lines.map((line) => ({ line, ablation: results[line.set]?.ablation }));
  const measured = compared.filter(({ ablation }) => ablation !== undefined);
  if (measured.length === 0) return `${ABLATED}: not measured.`;
  const parts = [...new Set(measured.flatMap(({ ablation }) => Object.keys(ablation?.others ?? {})))];
  const all = ['(nothing)', ...measured.map(({ line, ablation }) => cell(line, 'tune', ablation?.ours))];
  const rows = parts.map((part) => [
    part,
    ...measured.map(({ line, ablation }) => cell(line, 'tune', ablation?.others[part])),
  ]);
  return `${ABLATED}:\n\n${table(['without', ...measured.map(({ line }) => line.short)], [all, ...rows])}`;
}

function engines(results: Results): string {
  const compared = lines.map((line) => ({ line, engines: results[line.set]?.engines }));
  const measured = compared.filter((one) => one.engines !== undefined);
  if (measured.length === 0) return 'Other engines: not measured.';
  const named = [...new Set(measured.flatMap((one) => Object.keys(one.engines?.others ?? {})))];
  const rows = measured.map(({ line, engines: own }) => [
    line.label,
    cell(line, 'test', own?.ours),
    ...named.map((engine) => cell(line, 'test', own?.others[engine])),
  ]);
  const reasons = named.flatMap((engine) => {
    const reason = measured.map((one) => one.engines?.others[engine]).find((one) => typeof one === 'string');
    return reason ? [`${engine}: not measured: ${reason}.`] : [];
  });
  return [table(['test half, a sample', 'Ortoo', ...named], rows), ...reasons].join('\n\n');
}

function latencies(results: Results): string {
  const sets = Object.entries(results as Record<string, Partial<SetResult>>);
  const rows = sets.flatMap(([set, { latency }]) => {
    if (!latency) return [];
    const { search, match, ratio } = latency;
    const most = set === 'names' ? `≤ ${RATIO_MAX}${ratio > RATIO_MAX ? ', missed' : ''}` : '';
    return [[set, `${search.p50Ms} / ${search.p95Ms}`, `${match.p50Ms} / ${match.p95Ms}`, String(ratio), most]];
  });
  if (rows.length === 0) return 'Time beside a bare `match`: not measured.';
  return table(['set', 'search, p50 / p95 ms', 'bare `match`, p50 / p95 ms', 'p95 over p95', 'at most'], rows);
}

function evaluator({ movies }: Results): string {
  const checked = movies?.rankEval;
  const what = 'nDCG@10 held against `_rank_eval` of the engine';
  if (typeof checked !== 'object') return `${what}: not measured${checked === undefined ? '' : `: ${checked}`}.`;
  return `${what}: the same for each of ${checked.queries} queries of movies.`;
}

/** Said only where it was so: a machine that was too busy finds less. */
function slowness(results: Results): string[] {
  const sets = Object.entries(results as Record<string, Partial<SetResult>>);
  const failed = sets.flatMap(([set, { failedLooks = 0 }]) => (failedLooks > 0 ? [`${failedLooks} of ${set}`] : []));
  return failed.length === 0 ? [] : [`Second looks that failed or took too long meanwhile: ${failed.join(', ')}.`];
}
