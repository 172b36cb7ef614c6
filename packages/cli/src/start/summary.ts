import { relative } from 'node:path';
import { type Servers, serverNames } from '@ortoo/stack';
import { maskUrl } from '../screen/mask-url.ts';
import { buildTable } from '../screen/table.ts';

export type SummaryFacts = {
  url: string;
  publicUrl: string | undefined;
  services: { name: string; opsUrl: string }[];
  servers: Servers;
  projectDir: string;
  dataDir: string;
  adminKeyFile: string;
  /** The key kept here, shown in full only by the start that made it; undefined when none is kept. */
  adminKey: { isNew: boolean; value: string } | undefined;
};

/** The lines that `ortoo start` ends its start with: what runs where, what to try, how to stop and to wipe. Pure. */
export function buildSummary(facts: SummaryFacts): string[] {
  const { url, publicUrl, services, servers } = facts;
  return [
    '',
    `Ortoo runs at ${url}${publicUrl && publicUrl !== url ? ` (public: ${publicUrl})` : ''}`,
    '',
    buildTable(services.map(({ name, opsUrl }) => [`  ${name}`, `ops ${opsUrl}`])),
    '',
    buildTable(
      serverNames.map((name) => [
        `  ${name}`,
        `${servers[name].version}, ${servers[name].way}`,
        maskUrl(servers[name].url),
      ]),
    ),
    '',
    ...describeData(facts),
    ...describeKey(facts),
    '',
    `  try   curl '${url}/v1/search?q=mongolia'`,
    `  docs  ${url}/docs`,
    '  stop  Ctrl-C',
    '',
  ];
}

function describeData({ servers, projectDir, dataDir }: SummaryFacts): string[] {
  const embedded = serverNames.filter((name) => servers[name].way === 'embedded');
  const outside = embedded
    .flatMap((name) => servers[name].data ?? [])
    .filter((folder) => !folder.startsWith(`${dataDir}/`));
  const folders = [dataDir, ...outside];
  const lines = [
    `  data  ${folders.join(', ')} (to wipe it: stop, then rm -rf ${folders.map((folder) => shorten(projectDir, folder)).join(' ')})`,
  ];
  const volumes = serverNames.flatMap((name) => /^volume (.+)$/.exec(servers[name].data ?? '')?.[1] ?? []);
  if (volumes.length > 0) lines.push(`        and in the volumes of Docker: docker volume rm ${volumes.join(' ')}`);
  if (embedded.length > 0) lines.push(`  embedded servers (${embedded.join(', ')}): not for production`);
  return lines;
}

function describeKey({ adminKey, adminKeyFile, projectDir }: SummaryFacts): string[] {
  if (adminKey === undefined) return ['  key   made earlier and not kept here'];
  const where = shorten(projectDir, adminKeyFile);
  return [
    adminKey.isNew
      ? `  key   ${adminKey.value} (first admin key, shown once, kept in ${where})`
      : `  key   the first admin key is in ${where}`,
  ];
}

function shorten(projectDir: string, path: string): string {
  const short = relative(projectDir, path);
  return short.startsWith('..') ? path : short;
}
