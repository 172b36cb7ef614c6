import type { Freshness } from './freshness.ts';
import type { Indexing } from './indexing.ts';
import type { Pair } from './pair.ts';

/** One run: what was measured where, as it is kept in bench/results. */
export type Report = {
  at: string;
  mode: 'quick' | 'full';
  node: string;
  servers: Record<string, string>;
  cpus: number;
  durability: string;
  pairs: Pair[];
  groupCommit: number;
  freshness: Freshness;
  indexing: Indexing;
};

/** The report as a table for people: ratios first, absolute figures beside them. */
export function printReport(report: Report): string {
  const rows = report.pairs.map(({ what, against, ratio, ours, theirs }) => [
    what,
    against,
    `${ratio.median} (${ratio.min}–${ratio.max})`,
    `${ours.perSecond}/s, p50 ${ours.p50Ms} ms, p99 ${ours.p99Ms} ms`,
    `${theirs.perSecond}/s, p50 ${theirs.p50Ms} ms`,
    Object.entries(ours.cpuUs)
      .map(([name, us]) => `${name} ${us}`)
      .join(', '),
  ]);
  const head = ['what', 'against', 'ratio (least–most)', 'ours', 'theirs', 'our CPU µs per request'];
  const { freshness, indexing } = report;
  return [
    `Ortoo bench, ${report.mode}, Node ${report.node}, ${Object.entries(report.servers)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}, ${report.cpus} CPUs, ${report.durability}`,
    '',
    table([head, ...rows]),
    '',
    `create, 32 clients over 1 client: ${report.groupCommit}×`,
    `write → searchable with waitFor: p50 ${freshness.p50Ms} ms, p99 ${freshness.p99Ms} ms (${freshness.writes} writes at 20/s)`,
    `write to indexed, ${indexing.documents} documents through the API: ${indexing.oursPerSecond}/s; raw _bulk alone: ${indexing.rawPerSecond}/s; ratio ${indexing.ratio}`,
  ].join('\n');
}

function table(rows: string[][]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
