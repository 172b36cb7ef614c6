import type { Pair } from '../speed/pair.ts';
import type { FacetFigures } from './facets-part.ts';
import type { IndexFigures } from './index-part.ts';
import type { RebuildFigures } from './rebuild-part.ts';
import type { SearchFigures } from './search-part.ts';

/** One run, as it is kept in bench/results/scale.json; parts that were not asked for are absent. */
export type ScaleReport = {
  at: string;
  node: string;
  servers: Record<string, string>;
  cpus: number;
  engineHeapMaxMb: number;
  documents: number;
  names: number;
  seed: number;
  index?: IndexFigures;
  search?: SearchFigures;
  facets?: FacetFigures;
  gateway?: Pair & { queries: number };
  rebuild?: RebuildFigures;
};

/** The report as the table that docs/performance.md has. */
export function printScale(report: ScaleReport): string {
  const { documents, names, engineHeapMaxMb, index, search, facets, gateway, rebuild } = report;
  const rows = [
    ...(index ? indexRows(index) : []),
    ...(search ? searchRows(search) : []),
    ...(gateway ? gatewayRows(gateway) : []),
    ...(facets ? facetRows(facets) : []),
    ...(rebuild ? rebuildRows(rebuild) : []),
  ];
  const real = names > 0 ? ` and ${names} real names` : '';
  const head = `${documents} made-up documents${real}; the engine may use ${engineHeapMaxMb} MB of heap`;
  const lines = [['what', 'figure', 'aim'], ['---', '---', '---'], ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return [head, '', ...lines].join('\n');
}

function indexRows(index: IndexFigures): string[][] {
  return [
    ['filled from the owners', `${index.documents} in ${index.filledSeconds} s, ${index.perSecond}/s`, ''],
    [
      `indexing over a raw _bulk, first ${index.rawDocuments}`,
      `${index.ratio} (${index.oursPerSecond}/s, ${index.rawPerSecond}/s)`,
      '≥ 0.75',
    ],
    ['index on disk', `${index.megabytes} MB, ${index.bytesPerDocument} bytes a document`, ''],
    ['memory', `engine heap ${index.engineHeapMb} MB, search ${index.searchMb} MB (peak ${index.searchPeakMb})`, ''],
  ];
}

function searchRows({ search, match, ratio, byForm, suggest, suggestRatio }: SearchFigures): string[][] {
  return [
    ['known item over a bare match, p95', `${ratio} (${search.p95Ms} ms, ${match.p95Ms} ms)`, '≤ 6'],
    ...Object.entries(byForm).map(([form, own]) => [`– ${form}`, `${own.ratio} (${own.search.p95Ms} ms)`, '']),
    ['suggestions over search, p95', `${suggestRatio} (${suggest.p95Ms} ms)`, '< 1'],
  ];
}

function gatewayRows({ ratio, ours, theirs }: Pair): string[][] {
  const rounds = `${ratio.median} (${ratio.min}–${ratio.max})`;
  return [
    [
      'search through the gateway over Elasticsearch',
      `${rounds}, ${ours.perSecond}/s, ${theirs.perSecond}/s`,
      '≥ 0.85',
    ],
  ];
}

function facetRows(facets: FacetFigures): string[][] {
  return Object.entries(facets).flatMap(([what, byCount]) =>
    Object.entries(byCount).map(([count, { p50Ms, p95Ms }]) => [
      `${count} facets of ${what === 'everything' ? 'everything' : 'one word'}`,
      `p50 ${p50Ms} ms, p95 ${p95Ms} ms`,
      '',
    ]),
  );
}

function rebuildRows({
  failedSearches,
  idle,
  during,
  p99Ratio,
  unseenWrites,
  drift,
  ...rest
}: RebuildFigures): string[][] {
  const { missing, stale, extra, ahead, left } = drift;
  const searches = during.requests + idle.requests;
  return [
    ['rebuild under load', `${rest.documents} in ${rest.seconds} s, ${rest.perSecond}/s`, ''],
    ['– searches that failed', `${failedSearches} of ${searches + failedSearches}`, '0'],
    ['– p99 of a search over that without it', `${p99Ratio} (${during.p99Ms} ms, ${idle.p99Ms} ms)`, '≤ 2'],
    ['– writes that the index does not hold', `${unseenWrites} of ${rest.writes}`, '0'],
    ['– drift after it', `${missing + stale + extra + ahead + left} of ${drift.compared}`, '0'],
  ];
}
